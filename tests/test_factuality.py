"""What happened, what was planned, is possible, or did not happen: by sentences of many regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.components.happening.factuality import FactualityComponent, judge
from graph.model import Block, BlockKind, Document, Span, When
from graph.notes import EventNote, Notes
from ontology.modality import Effect, load_modality
from ontology.schema import load_schema

if TYPE_CHECKING:
    from spacy.language import Language

ISSUED = "2024-05-15"


def verdict(pipeline: Language, sentence: str, trigger: str, cls: str, when: When | None = None) -> str:
    """The factuality of one event, whose trigger is a word of the sentence."""
    document = Document("a.txt", sentence, (Block(0, len(sentence), BlockKind.BODY),), issued=ISSUED)
    doc = pipeline.make_doc(sentence)
    doc._.notes = Notes(document)
    doc = pipeline(doc)
    token = next(t for t in doc if t.text == trigger)
    event = EventNote("e1", cls, "by hand", [(token.i, token.i + 1)], when=when)
    doc._.notes.events = [event]
    FactualityComponent(load_modality())(doc)
    return event.factuality


@pytest.mark.parametrize(
    ("trigger", "cls", "sentence"),
    [
        ("visit", "Visit", "The Kenyan president plans to visit Addis Ababa in June."),
        ("expected", "Visit", "The chancellor is expected in Hanoi."),
        ("due", "Visit", "The king is due in Rabat."),
        ("talks", "Meeting", "The king is due in Rabat for talks with the sultan."),
        ("visit", "Visit", "Nepal invited the sultan to visit Kathmandu."),
        ("postponed", "LegalAction", "The court has postponed its judgment."),
        ("vote", "Election", "The vote was put off."),
        ("quitting", "Sanction", "Mali announced that it was quitting the bloc."),
        ("withdrawing", "MilitaryActivity", "France announced it was withdrawing its soldiers from Chad."),
        ("visit", "Visit", "President Macron is expected to visit Jakarta next month."),
        ("Talks", "Meeting", "Talks between Belgrade and Pristina are scheduled for Thursday."),
        ("talks", "Meeting", "Egypt will host talks on the dam."),
        ("sign", "Agreement", "The two ministers will sign a fisheries accord."),
        ("summit", "Conference", "The summit is due to be held in Nairobi."),
        ("held", "Conference", "The congress, to be held in Lima, has drawn protests."),
        ("work", "Cooperation", "Malawi is committed to continuing to work closely with Zambia."),
        ("visit", "Visit", "Preparations for the visit of the Indian prime minister are under way."),
        ("meet", "Meeting", "The leaders agreed to meet again in Astana."),
        ("talks", "Meeting", "Hanoi and Manila are ready to resume talks."),
        ("signing", "Agreement", "Chile and Peru hope for the signing of a border treaty."),
        ("treaty", "Agreement", "Negotiations for a treaty continue."),
        ("election", "Election", "Nigeria is preparing for an election."),
        ("summit", "Conference", "The planned summit drew criticism."),
        ("concluding", "Agreement", "Ankara worked with Baku with a view to concluding a gas deal."),
        ("visit", "Visit", "The envoy promised to visit the camps."),
        ("cooperation", "Cooperation", "Both sides intend to deepen cooperation on water."),
        ("meeting", "Meeting", "They postponed the meeting until autumn."),
        ("visit", "Visit", "The visit by the Lao defence minister had to be postponed."),
        ("visit", "Visit", "The minister said he would visit Cairo."),
        ("signed", "Agreement", "A new accord must be signed by the parties."),
        ("join", "Agreement", "Sweden has decided to join the alliance."),
        ("deploy", "MilitaryActivity", "Australia is set to deploy troops to the border."),
        ("withdraw", "MilitaryActivity", "France announced plans to withdraw its troops from Niger."),
        ("exercise", "MilitaryActivity", "The navies are to hold a joint exercise."),
        ("Elections", "Election", "Elections are due in October."),
        ("trip", "Visit", "The trip, planned for early March, will include a stop in Hanoi."),
        ("supply", "Aid", "Berlin has pledged to supply more ammunition."),
        ("aid", "Aid", "Oslo promised aid for the victims of the flood."),
        ("return", "Visit", "The pope hopes to return to Iraq."),
        ("election", "Election", "Voters will choose a new parliament in an election next month."),
        ("talks", "Meeting", "The prime minister is in Tokyo for talks that will begin on Monday."),
        ("ratify", "Agreement", "Parliament is likely to ratify the protocol this week."),
        ("establish", "Cooperation", "They signed a memorandum to establish a joint commission."),
        ("visit", "Visit", "An invitation to visit Dakar was accepted."),
        ("exercise", "MilitaryActivity", "The two navies agreed on a joint exercise in the strait."),
        ("open", "Cooperation", "Rwanda wants to open an embassy in Tbilisi."),
        ("cooperation", "Cooperation", "The new office will promote cooperation in health."),
        ("elections", "Election", "The junta has promised elections within two years."),
        ("attend", "Conference", "The sultan accepted an invitation to attend the summit."),
        (
            "strengthen",
            "Cooperation",
            "The president underlined his resolve to strengthen cooperation with the EU.",
        ),
        (
            "cooperation",
            "Cooperation",
            "The ministers reaffirmed their commitment to cooperation in the Arctic.",
        ),
        ("cooperation", "Cooperation", "The two leaders expressed their readiness to expand cooperation."),
    ],
)
def test_planned(pipeline: Language, trigger: str, cls: str, sentence: str) -> None:
    assert verdict(pipeline, sentence, trigger, cls) == "planned"


@pytest.mark.parametrize(
    ("trigger", "cls", "sentence"),
    [
        ("sanctions", "Sanction", "The European Union may impose sanctions on the generals."),
        ("war", "Conflict", "Observers warned of a war in the Horn of Africa."),
        ("attack", "Conflict", "If the rebels attack the capital, the army will respond."),
        ("visit", "Visit", "Tokyo is considering a visit by the envoy."),
        ("talks", "Meeting", "Ghana could host the talks."),
        ("sanctions", "Sanction", "Lawmakers discussed possible sanctions."),
        ("ceasefire", "Agreement", "Qatar called for a ceasefire in Gaza."),
        ("talks", "Meeting", "The African Union urged both sides to return to talks."),
        ("withdraw", "MilitaryActivity", "Jakarta demanded that the troops withdraw."),
        ("dialogue", "Meeting", "The minister stressed the importance of dialogue."),
        ("negotiations", "Meeting", "The council underlined the need for negotiations."),
        ("release", "Concession", "Canberra asked Yangon to release the prisoners."),
        ("meeting", "Meeting", "The possibility of a meeting was raised."),
        ("intervene", "Conflict", "The general threatened to intervene."),
        ("visit", "Visit", "Seoul would welcome a visit by the prime minister."),
        ("join", "Agreement", "Serbia might join the bloc by 2030."),
        ("attack", "Conflict", "In the event of an attack, the allies will consult."),
        ("agreement", "Agreement", "It is unclear whether the parties will reach an agreement."),
        ("strike", "Conflict", "Officials fear a strike on the port."),
        ("cooperation", "Cooperation", "The sides explored opportunities for cooperation."),
        ("restraint", "Agreement", "She called on the parties to agree a truce and urged restraint."),
        ("truce", "Agreement", "She called on the parties to agree a truce and urged restraint."),
        ("inquiry", "LegalAction", "Rights groups demanded an inquiry into the killings."),
        ("coup", "Conflict", "The junta fears a coup."),
        ("mediate", "Cooperation", "Oman offered to help, and Norway could mediate."),
        ("deal", "Agreement", "Both sides said a deal was possible by the weekend."),
        ("withdrawal", "MilitaryActivity", "The resolution calls for the withdrawal of foreign forces."),
        ("war", "Conflict", "They want to avoid steps that could lead to a war."),
        ("talks", "Meeting", "No date has been set, but talks could resume soon."),
        ("strikes", "Conflict", "Any further strikes would be met with force, the ministry warned."),
        (
            "strengthen",
            "Cooperation",
            "The president underlined the need to strengthen cooperation with the EU.",
        ),
        ("cooperation", "Cooperation", "They noted the potential for cooperation in solar energy."),
    ],
)
def test_possible(pipeline: Language, trigger: str, cls: str, sentence: str) -> None:
    assert verdict(pipeline, sentence, trigger, cls) == "possible"


@pytest.mark.parametrize(
    ("trigger", "cls", "sentence"),
    [
        ("signed", "Agreement", "No peace treaty has been signed."),
        ("attend", "Conference", "Venezuela will not attend the conference."),
        ("meet", "Meeting", "The presidents did not meet in Geneva."),
        ("sign", "Agreement", "Mali refused to sign the accord."),
        ("reach", "Agreement", "The delegations failed to reach an agreement."),
        ("talks", "Meeting", "The army rejected reports and held no talks with the rebels."),
        ("visit", "Visit", "The king cancelled his visit to Rabat."),
        ("recognized", "Agreement", "Spain has never recognized Kosovo."),
        ("meeting", "Meeting", "The session ended without a meeting of the two leaders."),
        ("sign", "Agreement", "Bolivia has yet to sign the convention."),
        ("visit", "Visit", "There are no plans to visit Taipei."),
        ("war", "Conflict", "The pact prevented a war."),
        ("ratified", "Agreement", "Neither country has ratified the treaty."),
        ("join", "Agreement", "Norway decided not to join the union."),
        ("election", "Election", "The election was cancelled because of the fighting."),
        ("support", "Cooperation", "We will never support such a resolution."),
        ("visit", "Visit", "The minister called off his visit to Harare."),
        ("halted", "Meeting", "Chad halted its talks with the rebels."),
        ("truce", "Agreement", "The talks failed to produce a truce."),
        ("involvement", "Conflict", "Iran ruled out any involvement in the war."),
        (
            "withdraw",
            "MilitaryActivity",
            "Moscow has ignored calls and not withdrawn: it did not withdraw its troops.",
        ),
        ("summit", "Conference", "The summit in Lomé needed to be cancelled."),
    ],
)
def test_negated(pipeline: Language, trigger: str, cls: str, sentence: str) -> None:
    assert verdict(pipeline, sentence, trigger, cls) == "negated"


@pytest.mark.parametrize(
    ("trigger", "cls", "sentence"),
    [
        ("met", "Meeting", "The foreign ministers of Oman and Iran met in Muscat on Monday."),
        ("visit", "Visit", "During his visit to Bogotá, the president praised the reforms."),
        ("signed", "Agreement", "The agreement signed in Kigali will enter into force next year."),
        ("proposed", "Proposal", "Leaders will discuss the plan proposed by Brazil in May."),
        ("war", "Conflict", "The council will discuss the war in Sudan."),
        ("sanctions", "Sanction", "Washington will lift the sanctions imposed last year."),
        ("attack", "Conflict", "The ministers condemned the attack and promised to help."),
        ("talks", "Meeting", "They held talks in Doha before they will travel to Ankara."),
        ("agreed", "Agreement", "Ethiopia and Eritrea agreed to open the border."),
        ("called", "Request", "Thailand called for restraint."),
        ("visit", "Visit", "He became the first Danish leader to visit Accra."),
        ("election", "Election", "The opposition rejected the result of the election in Benin."),
        ("offer", "Proposal", "Bolivia rejected an offer by Chile."),
        ("meeting", "Meeting", "The envoys failed to settle the row at a meeting in Doha."),
        ("talks", "Meeting", "The talks in Suva had to be moved to a hotel."),
        ("election", "Election", "The visit was put off because of the election in Malawi."),
        ("ruling", "LegalAction", "Fiji reaffirmed its support for the ruling of the court."),
        ("protest", "Criticism", "Egypt wrote to the council to protest against the dam."),
        ("met", "Meeting", "After they met, the leaders said they would sign a pact."),
        ("visited", "Visit", "The prime minister, who visited Seoul in May, will resign."),
        ("began", "Conflict", "Fighting began to spread after the army moved north."),
        ("talks", "Meeting", "The ministers continued their talks on Sunday."),
        ("dispute", "Dispute", "The dispute over the islands could be settled by the court."),
        ("thank", "Statement", "I would like to thank the people of Jordan."),
        ("urged", "Request", "The committee urged Manila to ratify the convention."),
        ("visit", "Visit", "The visit was welcomed by both parliaments, which hope for peace."),
        ("war", "Conflict", "The war must end."),
        ("flood", "Disaster", "Oslo promised aid for the victims of the flood."),
        ("fighting", "Conflict", "The election was cancelled because of the fighting."),
        ("visit", "Visit", "The leaders noted that the visit had strengthened ties."),
        ("signed", "Agreement", "They signed a memorandum to establish a joint commission."),
        ("met", "Meeting", "He met his counterpart to discuss the border dispute."),
        ("dispute", "Dispute", "He met his counterpart to discuss the border dispute."),
        ("war", "Conflict", "They discussed ways to end the war."),
        ("exercise", "MilitaryActivity", "The exercise, which involved 4,000 troops, ended on Friday."),
        ("cooperation", "Cooperation", "The report praised the cooperation between the two police forces."),
        ("strikes", "Conflict", "The ministry said the strikes killed six people."),
        ("attack", "Conflict", "Kigali denies any role in the attack."),
        ("intervention", "MilitaryActivity", "Ghana opposed the Saudi intervention in Yemen."),
        ("proposal", "Proposal", "Bolivia rejected the proposal of Chile."),
        ("arrest", "LegalAction", "The ministry announced the arrest of two men."),
        ("attack", "Conflict", "Rain halted the attack."),
        ("attacked", "Conflict", "The court ruled that the army had attacked the camp."),
        ("leaving", "Sanction", "Mali said why it was leaving the bloc."),
    ],
)
def test_actual(pipeline: Language, trigger: str, cls: str, sentence: str) -> None:
    assert verdict(pipeline, sentence, trigger, cls) == "actual"


def test_what_lies_after_the_day_of_issue_is_planned(pipeline: Language) -> None:
    sentence = "The two presidents meet in Almaty."
    ahead = When("2024-05-20", "2024-05-20", "2024-05-20", Span(0, 3))
    past = When("2024-05-10", "2024-05-10", "2024-05-10", Span(0, 3))
    assert verdict(pipeline, sentence, "meet", "Meeting", ahead) == "planned"
    assert verdict(pipeline, sentence, "meet", "Meeting", past) == "actual"


def test_a_present_on_the_day_of_issue_announces_what_is_by_appointment(pipeline: Language) -> None:
    sentence = "The president leaves this afternoon for Accra."
    today = When(ISSUED, ISSUED, ISSUED, Span(21, 35))
    assert verdict(pipeline, sentence, "leaves", "Visit", today) == "planned"
    assert verdict(pipeline, sentence.replace("leaves", "left"), "left", "Visit", today) == "actual"
    assert verdict(pipeline, "Ghana condemns this morning the attack.", "condemns", "Criticism", today) == (
        "actual"
    )


@pytest.mark.parametrize(
    ("trigger", "cls", "sentence", "expected"),
    [
        ("recognise", "Criticism", "Malawi does not recognise the claim of Tanzania.", "actual"),
        ("rule", "Statement", "The Finnish premier did not rule out new talks.", "actual"),
        ("accept", "Agreement", "Bolivia did not accept the invitation.", "negated"),
        ("criticise", "Criticism", "Denmark did not criticise the vote.", "negated"),
    ],
)
def test_who_denies_to_recognise_or_to_rule_out_does_so(
    pipeline: Language, trigger: str, cls: str, sentence: str, expected: str
) -> None:
    assert verdict(pipeline, sentence, trigger, cls) == expected


@pytest.mark.parametrize(
    ("effects", "expected"),
    [
        ([], "actual"),
        (["planned", "possible"], "possible"),
        (["possible", "planned"], "planned"),
        (["possible", "ahead"], "possible"),
        (["planned", "wished"], "planned"),
        (["wished"], "possible"),
        (["negated", "planned"], "negated"),
        (["actual", "negated"], "negated"),
    ],
)
def test_the_outermost_effect_decides_and_negation_stays(effects: list[Effect], expected: str) -> None:
    assert judge(iter(effects)) == expected


def test_the_words_name_classes_of_the_ontology() -> None:
    words = load_modality()
    assert len(words.governors) >= 60
    assert words.lasting | words.speech <= set(load_schema().classes)
