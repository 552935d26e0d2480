"""The form of the lexicon's YAML files: what may stand in them, checked by pydantic as they are read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ontology.office_words import OfficeKind

Merge = Literal["world", "lemma", "sentence"]
Pos = Literal["VERB", "NOUN", "ADJ", "ADV", "ADP", "NUM"]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Listed = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class RoleRow(BaseModel):
    """How one role is filled: where to look, and what may stand there.

    ``implied``: where nobody is named, the two states that the text is just about ("bilateral talks").
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Listed
    classes: Listed = Field(default=(), alias="class")
    each: bool = False
    literal: bool = False
    implied: bool = False


def _role(value: object) -> object:
    return {"path": value} if isinstance(value, str | list) else value


Roles = dict[str, Annotated[RoleRow, BeforeValidator(_role)]]


class FrameRow(BaseModel):
    """Everything but the words of a trigger; what is left out is taken from the frame that it is ``like``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    like: str | None = None
    pos: Annotated[tuple[Pos, ...], BeforeValidator(_listed)] = ()
    roles: Roles = {}
    require: Listed | None = None
    only_if: dict[str, Listed] = Field(default={}, alias="if")
    not_if: dict[str, Listed] = {}
    form: Listed = ()
    support: Listed = ()


class TriggerRow(FrameRow):
    """Words that share a frame. ``id`` is only needed where two rows of a file have the same words."""

    id: str | None = None
    frame: str | None = None
    words: Listed = Field(min_length=1)


class ExampleRow(BaseModel):
    """A sentence that must yield an event of the file's type with these roles."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    type: str | None = None
    initiator: Listed = ()
    recipient: Listed = ()
    participants: Listed = ()
    place: str | None = None
    about: Listed = ()


class FinerRow(BaseModel):
    """A class below that of a file: of events with one of its words, or of holders of such ``offices``.

    These are kinds of ``words/offices.yaml``; there must be no fewer ``holders``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str
    words: Listed = ()
    offices: tuple[OfficeKind, ...] = ()
    holders: int = Field(default=2, ge=1)


class EventsFile(BaseModel):
    """The triggers of one event class.

    ``merge`` says when two mentions with the same participants are one event: any of the class
    (``world``), those whose words are alike (``lemma``), or only those of one sentence
    (``sentence``). ``absorbs`` names classes whose events fall away beside one of this type by
    the same initiator in the same sentence. A ``setting`` is where other events take place;
    one that ``voices`` gives documents the actor who speaks in them. What is ``lasting`` is there
    besides what is done about it: its noun may be part of another type's words ("settled the dispute").
    ``finer`` is a class below that some of them have in the end; they merge with all of the type.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str
    merge: Merge = "lemma"
    absorbs: Listed = ()
    setting: bool = False
    voices: bool = False
    lasting: bool = False
    finer: FinerRow | None = None
    frames: dict[str, FrameRow] = {}
    triggers: tuple[TriggerRow, ...]
    examples: tuple[ExampleRow, ...] = ()
    none: Listed = ()


class FramesFile(BaseModel):
    """The frames that all event types share, and the nouns behind which an actor stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: dict[str, Listed]
    support: Listed
    stand_ins: Listed
    members: Listed
    groups: Listed
    likewise: dict[str, Listed]
    frames: dict[str, FrameRow]
