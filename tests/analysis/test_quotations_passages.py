"""Quotations in passages of every kind of newspaper, marked as the gold set is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from training.measure_quotations import is_same
from warraq.analysis.quotations import quotations
from warraq.annotations import Entity, TextField
from warraq.text.tokens import sentences, tokens

_TYPES = {"P": "person", "O": "organization", "L": "place"}
_PART = re.compile(r"\{([POL]) |([\[\]}])|([^\[\]{}]+)")
_AROUND = "«»\"' .،"


def passages() -> list[tuple[str, list[str]]]:
    """Each marked passage of the file beside this one, with its lines of speaker and verb."""
    found: list[tuple[str, list[str]]] = []
    file = Path(__file__).with_name("quotations_passages.txt")
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


def read(marked: str) -> tuple[TextField, list[Entity], list[str]]:
    """The field, its entities and what is said in it."""
    name, passage = "body", marked.replace("¶", "\n")
    if passage.startswith("title: "):
        name, passage = "title", passage.removeprefix("title: ")
    text, said = "", []
    entities: list[Entity] = []
    opened: list[int] = []
    named: list[tuple[str, int]] = []
    for part in _PART.finditer(passage):
        if part[1]:
            named.append((_TYPES[part[1]], len(text)))
        elif part[2] == "[":
            opened.append(len(text))
        elif part[2] == "]":
            said.append(text[opened.pop() :])
        elif part[2] == "}":
            type_, start = named.pop()
            mention = text[start:]
            entities.append(Entity(name, start, len(text), mention, type_, mention))
        else:
            text += part[3]
    return TextField(name, text, tokens(text), sentences(text)), entities, said


@pytest.mark.parametrize(("marked", "expected"), passages())
def test_passage(marked: str, expected: list[str]) -> None:
    field, entities, said = read(marked)
    assert len(said) == len(expected)
    found = quotations(field, entities)
    assert [one.text.strip(_AROUND) for one in found] == [text.strip(_AROUND) for text in said]
    types = {one.text: one.type for one in entities}
    persons = [one.text for one in entities if one.type == "person"]
    for one, line in zip(found, expected, strict=True):
        speaker, verb = line.split(" / ")
        whole = [name for name in persons if f" {name}".endswith(f" {speaker}")]
        speaker = max(whole, key=len, default=speaker)
        assert is_same(speaker, one.speaker or "-", types, entities), one
        assert (one.verb or "-") in {verb, verb.removeprefix("و")}
