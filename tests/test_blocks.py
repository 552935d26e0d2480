"""Segmentation of texts in many layouts: what is headline, caption, heading, prose and furniture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.documents.blocks import segment
from graph.documents.furniture import furniture
from graph.model import BlockKind
from ontology.layout import layout_words

HEADLINE, STANDFIRST, CAPTION, HEADING, BODY, FURNITURE = BlockKind


def kinds(text: str) -> list[tuple[BlockKind, str]]:
    """The kind of each block, with its first two words."""
    found = segment(text, layout_words())
    return [(one.block.kind, " ".join(one.words(text).split()[:2])) for one in found]


def test_agency_page_with_standfirst_and_caption() -> None:
    text = """All news

Peru and Chile reopen border crossing after two years

The crossing near Tacna was closed when the dispute over the maritime border broke out

Peru's Foreign Minister Rosa Quispe (left) AP Photo/Juan Perez
Peru's Foreign Minister Rosa Quispe (left)
© AP Photo/Juan Perez

LIMA, May 4 (Andina) - Peru reopened the crossing on Monday, the foreign ministry said in a statement.

What comes next

"We shall go on talking," Quispe told reporters in Lima after the ceremony.
"""
    assert kinds(text) == [
        (FURNITURE, "All news"),
        (HEADLINE, "Peru and"),
        (STANDFIRST, "The crossing"),
        (CAPTION, "Peru's Foreign"),
        (CAPTION, "Peru's Foreign"),
        (CAPTION, "© AP"),
        (BODY, "LIMA, May"),
        (HEADING, "What comes"),
        (BODY, '"We shall'),
    ]
    block = segment(text, layout_words())[6].block
    assert text[block.prose.begin : block.prose.end].startswith("Peru reopened")


def test_wire_copy_wrapped_at_seventy_columns_is_one_block_a_paragraph() -> None:
    text = """BC-ECUADOR-COLOMBIA
    QUITO, March 6 (Reuters) - Ecuador's president on Thursday accused
neighboring Colombia of violating its territory when it bombed a camp
last week, and said he would not restore ties.
    "We will not rest until the aggressor is condemned," he told
reporters in Managua, where he met the leader of Nicaragua.
    (Reporting by Ana Ruiz; Editing by Jane Doe)
"""
    assert kinds(text) == [
        (FURNITURE, "BC-ECUADOR-COLOMBIA"),
        (BODY, "QUITO, March"),
        (BODY, '"We will'),
        (FURNITURE, "(Reporting by"),
    ]


def test_press_release_with_letterhead_and_numbered_points() -> None:
    text = """Ministry of Foreign Affairs of the Republic of Kenya

PRESS RELEASE

FOR IMMEDIATE RELEASE

Kenya and Ethiopia Sign Agreement on Border Trade

Nairobi, Kenya, 12 May 2019

1. The Cabinet Secretary today held talks with her Ethiopian counterpart.

2. The two Ministers agreed:
(a) to open a border post at Moyale;
(b) to meet again in Addis Ababa.

Ends

Tel: +254 20 000
"""
    assert kinds(text) == [
        (HEADING, "Ministry of"),
        (FURNITURE, "PRESS RELEASE"),
        (FURNITURE, "FOR IMMEDIATE"),
        (HEADLINE, "Kenya and"),
        (FURNITURE, "Nairobi, Kenya,"),
        (BODY, "1. The"),
        (BODY, "2. The"),
        (BODY, "(a) to"),
        (BODY, "(b) to"),
        (FURNITURE, "Ends"),
        (FURNITURE, "Tel: +254"),
    ]


def test_yearbook_sections() -> None:
    text = """5. RELATIONS WITH LATIN AMERICA

5.1 Overview

In 2009, relations with Brazil grew closer, and the president visited New Delhi in January as chief guest.

5.2 Brazil

The 4th Joint Commission met in Brasilia.
The two leaders met on the margins of the summit.
5.3 Mexico
The minister visited Mexico City in June and signed an agreement on air services.
"""
    assert kinds(text) == [
        (HEADLINE, "5. RELATIONS"),
        (HEADING, "5.1 Overview"),
        (BODY, "In 2009,"),
        (HEADING, "5.2 Brazil"),
        (BODY, "The 4th"),
        (BODY, "The two"),
        (HEADING, "5.3 Mexico"),
        (BODY, "The minister"),
    ]


def test_communique_in_capitals_with_hanging_points() -> None:
    text = """               COMMUNIQUE OF THE 15TH EXTRAORDINARY
              SUMMIT OF THE ECONOMIC COMMUNITY

1.  The Summit of the Authority of Heads of State and Government of the
    Community was held on 25 February 2013 in Yamoussoukro under the
    chairmanship of the President.

2.  The following Heads of State were present:

        H.E. Blaise Compaore, President of Burkina Faso
        H.E. John Dramani Mahama, President of Ghana

3.  On Mali, the Authority welcomed the progress made by the forces of
    AFISMA and called on partners to deploy more means.

DONE AT YAMOUSSOUKRO, THIS 25TH DAY OF FEBRUARY 2013
"""
    assert kinds(text) == [
        (HEADLINE, "COMMUNIQUE OF"),
        (BODY, "1. The"),
        (BODY, "2. The"),
        (BODY, "H.E. Blaise"),
        (BODY, "H.E. John"),
        (BODY, "3. On"),
        (FURNITURE, "DONE AT"),
    ]


def test_entries_of_a_chronicle_keep_their_dates_in_the_prose() -> None:
    text = """Chronology of the conflict, 2008

1 August – South Ossetian militia open fire on a Georgian police vehicle near Tskhinvali.
7 August – Georgia launches an assault on Tskhinvali, and Russia sends its army over the border.
12 August – The French president negotiates a ceasefire in Moscow and then in Tbilisi.
"""
    found = segment(text, layout_words())
    assert [one.block.kind for one in found] == [HEADLINE, BODY, BODY, BODY]
    assert all(one.block.dateline is None for one in found)


def test_speakers_of_a_transcript_are_no_places() -> None:
    text = """Remarks to the press

New York, 5 March 2014

SECRETARY-GENERAL: Good morning, ladies and gentlemen, I have just come from the Security Council.

MODERATOR: The next question is from the back of the room, please go ahead.

SECRETARY-GENERAL: My message is that they must come back to the table in Addis Ababa.
"""
    found = segment(text, layout_words())
    assert [one.block.dateline is not None for one in found] == [False, True, False, False, False]


def test_script_marks_and_links_are_furniture() -> None:
    text = """Sudan and Chad sign accord

The foreign ministers of Sudan and Chad have met in Dakar to sign a peace accord, officials say.

/// BAN ACT ///

[SOUND BITE]

The secretary-general called the accord an important step towards peace in the region.

Related Stories

Chad recalls its ambassador
Sudan opens its border
"""
    found = kinds(text)
    assert [kind for kind, _ in found] == [HEADLINE, BODY, FURNITURE, FURNITURE, BODY, *[FURNITURE] * 3]


@pytest.mark.parametrize(
    "text",
    [
        "The two presidents met in Windhoek on Sunday.",
        "Presidents of Namibia and Angola meet in Windhoek",
    ],
)
def test_a_single_line_is_read(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == [BODY]


@pytest.mark.parametrize(
    "line",
    [
        "All news",
        "READ MORE",
        "Read more: Envoys leave for talks",
        "Home > World > Africa",
        "Share | Tweet | Email",
        "© 2014 The Daily Example. All rights reserved.",
        "By ANA RUIZ and Tom Mbeki",
        "3 min read",
        "—Agencies",
        "No. 045/PR/2013",
        "* * *",
        "https://example.org/a?b=c",
        "Published: 5 March 2014",
        "- 3 -",
    ],
)
def test_furniture(line: str) -> None:
    assert furniture(line, layout_words())


@pytest.mark.parametrize(
    "line",
    [
        "(c) to meet again in Addis Ababa.",
        "Source close to the talks said that the parties had shared their concerns in Bamako.",
        "Next year the two states will open embassies.",
        "By Friday all troops had left the town.",
        "No agreement was reached on 4 of the points.",
        "More talks are to follow in Maputo.",
        "- Energy and transport",
        "日本とロシア",
    ],
)
def test_prose_is_no_furniture(line: str) -> None:
    assert not furniture(line, layout_words())


LINES = st.lists(
    st.one_of(
        st.text(max_size=90),
        st.sampled_from(
            [
                "",
                " ",
                "All news",
                "LIMA, May 4 (Andina) - Peru said so.",
                "(a) to meet;",
                "Photo: UN",
                "# Title",
            ]
        ),
    ),
    max_size=12,
).map("\n".join)


@given(LINES)
def test_blocks_are_ordered_disjoint_and_hold_every_character_that_is_not_blank(text: str) -> None:
    blocks = [one.block for one in segment(text, layout_words())]
    at = 0
    for block in blocks:
        assert at <= block.begin < block.end <= len(text)
        assert not text[at : block.begin].strip()
        assert block.begin <= block.prose.begin <= block.prose.end == block.end
        at = block.end
    assert not text[at:].strip()
