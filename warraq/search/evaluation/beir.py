"""Collections in the form of BEIR: texts, queries, and which texts answer which query.

A folder with `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and
`qrels/test.tsv` (query, text and grade, under one line of headings). Thakur et al. 2021, "BEIR: A
Heterogenous Benchmark for Zero-shot Evaluation of Information Retrieval Models".
"""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from warraq.errors import WarraqError
from warraq.text.damage import damaged

_HEADINGS = ("query-id", "corpus-id", "score")
Grades = Mapping[str, Mapping[str, int]]
"""Query → text → how well it answers; 0 is not at all."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a collection; the title may be empty."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """texts: in the order of the file. queries: id → what is asked, those with an answer alone."""

    texts: tuple[Text, ...]
    queries: Mapping[str, str]
    grades: Grades

    def damaged(self, kind: str, seed: int) -> Collection:
        """With its texts damaged, not its queries; see `warraq.text.damage`.

        Each text has chance of its own, so that what happens to it depends on no other.
        """

        def damage(text: Text) -> Text:
            chance = random.Random(f"{seed} {text.id}")  # noqa: S311  nothing secret
            return replace(
                text,
                title=damaged(text.title, kind, chance),
                text=damaged(text.text, kind, chance),
            )

        return replace(self, texts=tuple(map(damage, self.texts)))


def read(folder: Path) -> Collection:
    """The collection in `folder`. Raises WarraqError, with file and line, for what is none."""
    texts = tuple(
        Text(_text(line, "_id"), _text(line, "title", ""), _text(line, "text", ""))
        for line in _lines(folder / "corpus.jsonl")
    )
    asked = {_text(line, "_id"): _text(line, "text") for line in _lines(folder / "queries.jsonl")}
    grades = _read_grades(folder / "qrels" / "test.tsv")
    _check(folder, texts, asked, grades)
    return Collection(texts, {query: asked[query] for query in grades}, grades)


def write(folder: Path, collection: Collection) -> None:
    """`collection` as files in `folder`, which is made if need be."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write_lines(
        folder / "corpus.jsonl",
        ({"_id": one.id, "title": one.title, "text": one.text} for one in collection.texts),
    )
    _write_lines(
        folder / "queries.jsonl",
        ({"_id": query, "text": text} for query, text in collection.queries.items()),
    )
    with (folder / "qrels" / "test.tsv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter="\t", lineterminator="\n")
        rows.writerow(_HEADINGS)
        for query, answers in collection.grades.items():
            rows.writerows((query, text, grade) for text, grade in answers.items())


def _check(folder: Path, texts: Iterable[Text], asked: Mapping[str, str], grades: Grades) -> None:
    ids = [text.id for text in texts]
    if len(set(ids)) < len(ids):
        raise WarraqError(f"{folder / 'corpus.jsonl'}: two texts have the same _id")
    unknown = [query for query in grades if query not in asked]
    if unknown:
        raise WarraqError(f"{folder / 'qrels/test.tsv'}: no query has the _id {unknown[0]!r}")
    if not grades:
        raise WarraqError(f"{folder / 'qrels/test.tsv'}: no query has an answer")


def _read_grades(file: Path) -> dict[str, dict[str, int]]:
    """Without queries that nothing answers: no measure says anything of them."""
    grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(_opened(file), 1):
        columns = line.rstrip("\r\n").split("\t")
        if number == 1 and columns[:2] == list(_HEADINGS[:2]):
            continue
        try:
            query, text, grade = columns
            grades[query][text] = int(grade)
        except ValueError:
            raise WarraqError(
                f"{file}:{number}: should be query, text and a whole number, parted by tabs"
            ) from None
    return {query: answers for query, answers in grades.items() if max(answers.values()) > 0}


@dataclass(frozen=True, slots=True)
class _Line:
    place: str
    fields: Mapping[str, Any]


def _lines(file: Path) -> Iterator[_Line]:
    for number, line in enumerate(_opened(file), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except ValueError:
            fields = None
        if not isinstance(fields, dict):
            raise WarraqError(f"{file}:{number}: is no JSON object")
        yield _Line(f"{file}:{number}", fields)


def _text(line: _Line, name: str, otherwise: str | None = None) -> str:
    value = line.fields.get(name)
    value = otherwise if value is None else value
    if not isinstance(value, str):
        raise WarraqError(f"{line.place}: {name} should be text")
    return value


def _opened(file: Path) -> Iterator[str]:
    # Universal newlines would be wrong here: JSON may hold U+2028 as it is, \n alone ends a line.
    try:
        with file.open(encoding="utf-8", newline="\n") as lines:
            yield from lines
    except OSError as error:
        raise WarraqError(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise WarraqError(f"{file} is not UTF-8: {error.reason} at {error.start}") from None


def _write_lines(file: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
