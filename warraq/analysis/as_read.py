"""An article as people read it after repair, outside of the index.

In the index a joined word keeps its letters and hides a mark between its parts, and boilerplate is
cut out of the body. Here joined words are parted by a space, and boilerplate is told of and stays.
The steps are the worker's own; each runs on the text so far as if that had come so, and what it
finds is known apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from warraq.analysis.pipeline import TEXT_STEPS, Pipeline, Step
from warraq.document import Document
from warraq.errors import Rejected
from warraq.text.edits import Edit, EditedText
from warraq.text.letters import PART_MARK


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """An edit of the field "title" or "body"."""

    field: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class AsRead:
    """What the text steps made of an article.

    title, body: of an HTML body the original is the text that was extracted from it (`is_html`).
    boilerplate: edits that would cut it, and bylines, out of the original; they are not made.
    failed_steps: names of steps that raised; the others ran.
    """

    title: EditedText
    body: EditedText
    is_html: bool
    boilerplate: tuple[FieldEdit, ...]
    failed_steps: tuple[str, ...]

    def edits(self) -> Iterator[FieldEdit]:
        """All edits, sorted: the title's, then the body's, each by its place."""
        yield from (FieldEdit("title", edit) for edit in self.title.edits)
        yield from (FieldEdit("body", edit) for edit in self.body.edits)


def as_read(document: Document, steps: Iterable[Step] = TEXT_STEPS) -> AsRead:
    """Runs `steps` on `document`; a step that raises is named in `failed_steps`, no other hurt."""
    boilerplate: list[FieldEdit] = []
    with suppress(Rejected):  # an article without a letter in it: nothing to repair, no fault here
        Pipeline(tuple(_apart(step, boilerplate) for step in steps)).run(document)
    return AsRead(
        document.title,
        document.body,
        document.html is not None,
        tuple(boilerplate),
        tuple(document.failed_steps),
    )


def _apart(step: Step, boilerplate: list[FieldEdit]) -> Step:
    """`step` on the text alone, without the edits before it, which might merge with its own."""

    def run(document: Document) -> None:
        title, body = document.title, document.body
        document.title, document.body = EditedText(title.text), EditedText(body.text)
        try:
            step.run(document)
        finally:
            for field, before, now in (
                ("title", title, document.title),
                ("body", body, document.body),
            ):
                boilerplate.extend(
                    FieldEdit(field, _in_original(edit, before))
                    for edit in now.edits
                    if edit.kind == "boilerplate"
                )
                setattr(document, field, _onto(before, now))

    return Step(step.name, run)


def _onto(before: EditedText, now: EditedText) -> EditedText:
    """`before` with what the step found in its text; `now` where the step read HTML anew."""
    if now.original != before.text:
        return now
    return before.edited(_shown(now.edits)) if now.edits else before


def _shown(edits: Iterable[Edit]) -> Iterator[Edit]:
    for edit in edits:
        if edit.kind == "joined-words":
            yield replace(edit, replacement=edit.replacement.replace(PART_MARK, " "))
        elif edit.kind != "boilerplate":
            yield edit


def _in_original(edit: Edit, text: EditedText) -> Edit:
    start, end = text.to_original(edit.start, edit.end)
    return replace(edit, start=start, end=end, original=text.original[start:end])
