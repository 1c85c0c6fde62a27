"""The steps an article goes through, in order: adding one is a file and a line here.

A step is a function that reads a `Document` and writes what it found into it. A step that raises
is recorded on the document and the article is indexed without it: analysis may fail, delivery not.
`Rejected` is the one exception that goes through, for an article that is nothing at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from warraq.analysis.boilerplate import look_for_recurrable, mark_boilerplate
from warraq.analysis.dates.finding import find_dates
from warraq.analysis.duplicates import sign
from warraq.analysis.encoder import Encoder
from warraq.analysis.entities.finding import find_entities
from warraq.analysis.keywords import find_keywords
from warraq.analysis.language import detect_language, is_arabic
from warraq.analysis.measures import measure
from warraq.analysis.morphology import find_lemmas
from warraq.analysis.numbers.finding import find_quantities
from warraq.analysis.quotations.finding import find_quotations
from warraq.analysis.summary import summarise
from warraq.analysis.variety import detect_variety
from warraq.analysis.vectors import vector_by
from warraq.annotations import TextField
from warraq.document import Document
from warraq.errors import NeededStep, Rejected, UnknownStep
from warraq.text.edits import EditedText
from warraq.text.headings import run_in_headings
from warraq.text.html import html_to_text, is_html
from warraq.text.joins import RECOMMENDED, JoinedWords
from warraq.text.letters import TATWEEL
from warraq.text.repair import REPAIRS, Repair

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, as settings and `failed_steps` say it, and what it does.

    arabic_only: it is passed over where the step `language` found the article in another language.
    """

    name: str
    run: Callable[[Document], None]
    arabic_only: bool = False


def extract_text(document: Document) -> None:
    """An HTML body becomes its text; the HTML is kept apart, and spans count the text."""
    if is_html(document.body.original):
        document.html = document.body.original
        document.body = EditedText(html_to_text(document.html))


def _repair_step(repair: Repair) -> Callable[[Document], None]:
    def run(document: Document) -> None:
        document.title = document.title.edited(repair(document.title.text))
        document.body = document.body.edited(repair(document.body.text))

    return run


def part(document: Document) -> None:
    """Finds the tokens and sentences of title and body."""
    document.text_fields = tuple(
        TextField.read(name, text)
        for name, text in (("title", document.title.text), ("body", document.body.text))
    )


PARTING = Step("tokens", part)
"""All steps behind it read the words and sentences that it finds."""

BOILERPLATE = Step("boilerplate", mark_boilerplate)
"""Works on an article of its own; better, where somebody keeps count, between `Pipeline.begin` and
`Pipeline.finish`, of what recurs in its source."""


def part_headings(document: Document) -> None:
    """Gives run-in headings of the body lines of their own."""
    document.body = document.body.edited(run_in_headings(document.body.text))


# Built at import, so that the processes of a pool share its memory.
_joins = JoinedWords()


def _part_words(joins: JoinedWords) -> Callable[[Document], None]:
    """Marks joined words; title and body bear witness for each other."""

    def run(document: Document) -> None:
        in_title, in_body = joins.edits(document.title.text, document.body.text)
        document.title = document.title.edited(in_title)
        document.body = document.body.edited(in_body)

    return run


def text_steps(
    joins_confidence: float = RECOMMENDED, *, headings: bool = False, joins: JoinedWords = _joins
) -> tuple[Step, ...]:
    """Those that change the text: all that `warraq repair` runs.

    joins_confidence: 0 to 1, how sure to be of joined words. joins: what finds them.
    headings: whether to look for run-in headings, which too often are none.
    """
    return (
        Step("html", extract_text),
        *(Step(name, _repair_step(repair)) for name, repair in REPAIRS.items()),
        BOILERPLATE,
        *((Step("headings", part_headings),) if headings else ()),
        Step("joined-words", _part_words(joins.at(joins_confidence))),
    )


def steps(
    joins_confidence: float = RECOMMENDED, *, headings: bool = False, encoder: Encoder | None = None
) -> tuple[Step, ...]:
    """All steps, in order. encoder: of the dense view; the others are those of `text_steps`."""
    return (
        *text_steps(joins_confidence, headings=headings),
        Step("language", detect_language),
        PARTING,
        Step("variety", detect_variety, arabic_only=True),
        Step("morphology", find_lemmas, arabic_only=True),
        Step("entities", find_entities, arabic_only=True),
        Step("dates", find_dates, arabic_only=True),
        Step("quantities", find_quantities, arabic_only=True),
        Step("quotations", find_quotations, arabic_only=True),
        Step("keywords", find_keywords, arabic_only=True),
        Step("summary", summarise, arabic_only=True),
        Step("duplicates", sign),
        Step("measures", measure),
        *((Step("vector", vector_by(encoder)),) if encoder is not None else ()),
    )


TEXT_STEPS, STEPS = text_steps(), steps()


class Pipeline:
    """The steps that are switched on.

    off: names of steps not to run; "all" leaves none, so that delivery can be measured alone.
    Raises UnknownStep for a name that no step has, NeededStep for `PARTING` without all behind it.
    """

    def __init__(self, steps: tuple[Step, ...] = STEPS, off: Collection[str] = ()) -> None:
        names = [step.name for step in steps]
        if unknown := set(off) - {*names, "all"}:
            there_are = ", ".join(names)
            raise UnknownStep(
                f"no step is called {', '.join(sorted(unknown))}; there are: {there_are}"
            )
        self.steps = tuple(step for step in steps if step.name not in off and "all" not in off)
        on = [step.name for step in self.steps]
        behind = names[names.index(PARTING.name) + 1 :] if PARTING.name in off else []
        if needing := [name for name in behind if name in on]:
            raise NeededStep(
                f"{PARTING.name} cannot be off while these need it: {', '.join(needing)}; "
                "switch them off too, or all"
            )
        self._waits = on.index(BOILERPLATE.name) if BOILERPLATE.name in on else None

    def run(self, document: Document) -> Document:
        """Runs every step on `document`. Raises Rejected if there is no text in it at all."""
        return self.finish(self.begin(document))

    def begin(self, document: Document) -> Document:
        """Runs the steps before boilerplate and sets `document.recurrable`; none where that is off.

        Before `finish`, `document.recurring` may be set to what of it recurs. Raises Rejected.
        """
        if self._waits is not None:
            _run(self.steps[: self._waits], document)
            _run((Step(BOILERPLATE.name, look_for_recurrable),), document)
        return document

    def finish(self, document: Document) -> Document:
        """Runs the other steps. Raises Rejected if there is no text in `document` at all."""
        _run(self.steps[self._waits or 0 :], document)
        _refuse_empty(document)
        return document


def _run(steps: Iterable[Step], document: Document) -> None:
    for step in steps:
        if step.arabic_only and not is_arabic(document):
            continue
        try:
            step.run(document)
        except Rejected:
            raise
        except Exception:  # noqa: BLE001  whatever a step does, the article is delivered
            _log.exception("step %s failed on %s", step.name, document.id)
            document.failed_steps.append(step.name)


def _refuse_empty(document: Document) -> None:
    if document.article.deleted:
        return
    if not _says_something(document.title.text) and not _says_something(document.body.text):
        raise Rejected("text", "empty", "neither title nor body has a letter or digit in it")


def _says_something(text: str) -> bool:
    """Whether there is a letter or digit in it; Unicode counts tatweel among the letters."""
    return any(character.isalnum() and character != TATWEEL for character in text)
