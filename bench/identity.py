"""How long it takes to tell who is who, and whether that grows no faster than n log n.

``python -m bench.identity [N …]`` makes N readings as of one agency's dispatches (10,000, 30,000 and 100,000,
where no number is given), identifies them, and prints CPU seconds, microseconds a reading, the growth of the
time against that of n log n since the smallest number, and memory. Names follow Zipf's law, as in texts: most
speak of the same few people, and there are ever more people, bodies and meetings as there are more texts.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from math import log

import click

from graph.identity import identify
from graph.iri import Namespace
from graph.model import Document, Entity, Event, Mention, Reading, Role, Span, Tenure, When

SIZES = (10_000, 30_000, 100_000)
STATES = tuple(f"state-{n}" for n in range(190))
TITLES = ("President", "Prime Minister", "Foreign Minister", "Ambassador", "Spokesman", "Defence Minister")
SYLLABLES = "ka ro mi ta ne shi lo va du pe zo ri ga be no sa li mo yu ke".split()
FIRST_DAY = date(2010, 1, 1)
TEXT = "Someone of somewhere met someone of elsewhere on a day of that year, and said so to the press. " * 2


def readings(count: int, seed: int = 1) -> Iterator[Reading]:
    """As many readings of invented dispatches: three people with offices, two bodies, four events in each."""
    draw = random.Random(seed)
    people = [_person(n) for n in range(count // 4 + 10)]
    weights = list(accumulate(1 / (n + 1) for n in range(len(people))))
    for number in range(count):
        day = FIRST_DAY + timedelta(days=draw.randrange(5 * 365))
        who = draw.choices(people, cum_weights=weights, k=3)
        yield _reading(f"d{number}.txt", day, list(dict.fromkeys(who)), draw)


def _person(number: int) -> tuple[str, str, str]:
    """A name, title and state, the same for the same number."""
    draw = random.Random(number)
    first, last = ("".join(draw.choices(SYLLABLES, k=k)).title() for k in (2, 3))
    return f"{first} {last}", draw.choice(TITLES), draw.choice(STATES)


def _reading(identifier: str, day: date, who: list[tuple[str, str, str]], draw: random.Random) -> Reading:
    states = {state: f"t{n}" for n, state in enumerate(dict.fromkeys(s for _, _, s in who))}
    entities = [Entity(key, "territory", "State", name.title(), known=name) for name, key in states.items()]
    tenures, mentions = [], []
    for n, (name, title, state) in enumerate(who):
        shown = name.split()[1] if draw.random() < 0.3 else name
        entities.append(Entity(f"p{n}", "person", "Person", shown))
        tenures.append(Tenure(f"p{n}", title, states[state], Span(0, 5), Span(0, 90), "bench"))
        mentions.append(Mention(Span(n, n + 1), f"p{n}", "name"))
    entities.append(Entity("i0", "institution", "Ministry", "Foreign Ministry", state="t0"))
    entities.append(Entity("i1", "institution", "Company", f"Works of {draw.choice(SYLLABLES).title()} Ltd"))
    events = [_event(n, cls, day, [f"p{i}" for i in range(len(who))], draw) for n, cls in enumerate(_CLASSES)]
    document = Document(identifier, TEXT, (), issued=day.isoformat())
    return Reading(
        document, (Span(0, 90),), tuple(entities), tuple(mentions), tuple(tenures), tuple(events), ()
    )


_CLASSES = ("Meeting", "Statement", "Visit", "Agreement")


def _event(number: int, cls: str, day: date, people: list[str], draw: random.Random) -> Event:
    iso = (day - timedelta(days=draw.randrange(3))).isoformat()
    when = When(iso, iso, iso, Span(0, 1)) if draw.random() < 0.7 else None
    roles = [Role("participant", Span(0, 1), key) for key in people[:2]]
    roles.append(Role("place", Span(0, 1), "t0"))
    roles.append(Role("about", Span(0, 1), literal=f"{draw.choice(SYLLABLES)} plan"))
    trigger = Span(number * 10, number * 10 + 5)
    return Event(f"e{number}", cls, trigger, (Span(0, 90),), tuple(roles), "actual", "bench", when)


@click.command()
@click.argument("sizes", nargs=-1, type=int)
def main(sizes: tuple[int, ...]) -> None:
    """Identify as many readings as SIZES say, and print what it takes."""
    first: tuple[int, float] | None = None
    for size in sizes or SIZES:
        told = list(readings(size))
        before = time.process_time()
        identity = identify(told, Namespace("https://example.org/"))
        seconds = time.process_time() - before
        first = first or (size, seconds)
        allowed = first[1] * size * log(size) / (first[0] * log(first[0]))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        click.echo(
            f"{size:>8,} readings  {seconds:7.1f} CPU s  {seconds / size * 1e6:6.0f} us each  "
            f"{seconds / allowed:5.2f} of n log n  {len(set(identity.iris.values())):>9,} things  "
            f"{len(identity.joins):>8,} joins  {len(identity.doubts):>8,} questions  {memory:6.0f} MB"
        )


if __name__ == "__main__":
    main()
