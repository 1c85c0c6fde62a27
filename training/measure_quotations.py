"""Measures the step `quotations` on the gold set: `python -m training.measure_quotations NEWS`.

NEWS is SaudiNewsNet (JSON Lines, plain or .xz), of which the gold set marks articles by url. Three
figures, each as precision, recall and F1:

- **spans**: a quotation found and one marked are the same if they share at least half of what both
  cover (intersection over union ≥ .5); each is paired once, the best first.
- **speakers, gold entities**: the pair has the same speaker, and the entities that the step knew
  were those of `entities.tsv`.
- **speakers**: the same with the entities that the step `entities` finds.

Speakers are compared folded, without quotation marks. They are the same

- if nobody was marked and nobody found;
- if the words are the same;
- if a person was marked (the words are a person of `entities.tsv` in that article): one name is
  a run of whole words of the other (الحمراني, عبدالله الحمراني), or both have two words or more
  and the same first and last; and what both share names no other person of the article;
- if an organization was marked: the name found is the canonical one of a mention that
  reads as marked, or ends with it (المدنية, وزارة الخدمة المدنية) as no other organization does;
- else if one begins with the other and the shorter has two words or more (مدير عام مديرية شرطة
  العاصمة, … العاصمة المنامة).

So another person, a part of a noun phrase from its middle or a word alone never counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from training.corpus import articles
from training.gold_news import analysed, figures, place_as_it_came, rows_by_article
from warraq.analysis.entities.finding import find_entities
from warraq.analysis.quotations import find_quotations
from warraq.annotations import Entity
from warraq.document import Document
from warraq.text.normalize import fold

_HALF = 0.5
_SHOWN = 90
_MARKS = str.maketrans(dict.fromkeys("«»\"“”„‟'‘’", " "))


class Marked(NamedTuple):
    """A quotation or an entity in an article as it came: [start, end) of the field."""

    field: str
    start: int
    end: int
    what: str
    """Who speaks ("-": nobody), or the entity's type."""


def gold(half: str, name: str, column: str) -> dict[str, list[Marked]]:
    """Url → what is marked in it in the table `name`, for every article of `half`."""
    return {
        url: [Marked(row["field"], int(row["start"]), int(row["end"]), row[column]) for row in rows]
        for url, rows in rows_by_article(half, "articles-a", name).items()
    }


def quoted(record: Mapping[str, str], entities: Sequence[Marked] | None) -> Document:
    """The article after the steps before `quotations` and that one.

    entities: those marked in the article as it came, instead of the step `entities`.
    """
    document = analysed(record)
    if entities is None:
        find_entities(document)
    else:
        document.entities = list(_as_found(document, record, entities))
    find_quotations(document)
    return document


def _as_found(
    document: Document, record: Mapping[str, str], marked: Sequence[Marked]
) -> Iterator[Entity]:
    """Marked entities at their places in the repaired text. A person's name is the longest that
    theirs is a part of, if there is one only.
    """
    texts = [_original(record, one) for one in marked]
    persons = {text for text, one in zip(texts, marked, strict=True) if one.what == "person"}
    for text, one in zip(texts, marked, strict=True):
        name = text
        if one.what == "person":
            longer = [other for other in persons if other != text and _is_part(text, other)]
            name = longer[0] if len(longer) == 1 else text
        edited = document.title if one.field == "title" else document.body
        places = [
            start
            for start in range(len(edited.text))
            if edited.text.startswith(text, start)
            and edited.to_original(start, start + len(text))[0] == one.start
        ]
        if places:
            start = places[0]
            yield Entity(one.field, start, start + len(text), text, one.what, name)


def _original(record: Mapping[str, str], one: Marked) -> str:
    return record["title" if one.field == "title" else "content"][one.start : one.end]


def found_in(document: Document) -> list[Marked]:
    """The step's quotations at their places in the article as it came."""
    return [
        Marked(*place_as_it_came(document, one), one.speaker or "-") for one in document.quotations
    ]


def pairs(marked: Sequence[Marked], found: Sequence[Marked]) -> list[tuple[Marked, Marked]]:
    """The marked quotations, each with the one found that covers the same, the best first."""
    shared = sorted(
        ((_overlap(one, other), one, other) for one in marked for other in found), reverse=True
    )
    taken: list[tuple[Marked, Marked]] = []
    for overlap, one, other in shared:
        if overlap < _HALF:
            break
        if all(one != first and other != second for first, second in taken):
            taken.append((one, other))
    return taken


def _overlap(one: Marked, other: Marked) -> float:
    if one.field != other.field:
        return 0.0
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (one.end - one.start + other.end - other.start - max(0, shared))


def _words(name: str) -> list[str]:
    return fold(name.translate(_MARKS)).split()


def _is_part(one: str, other: str) -> bool:
    short, long = _words(one), _words(other)
    return bool(short) and any(
        long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1)
    )


def is_same(
    marked: str, found: str, entities: Mapping[str, str], mentions: Sequence[Entity]
) -> bool:
    """Whether two speakers are one, as the module says. entities: marked, text → type."""
    one, other = _words(marked), _words(found)
    if one == other:
        return True
    if marked == "-" or found == "-":
        return False
    types = {" ".join(_words(text)): type_ for text, type_ in entities.items()}
    type_ = types.get(" ".join(one))
    if type_ == "person":
        return _is_same_person(one, other, [name for name in types if types[name] == "person"])
    if type_ == "organization":
        if any(_words(mention.text) == one and mention.name == found for mention in mentions):
            return True
        if other[-len(one) :] == one:
            ending = {name for name in types if types[name] == type_ and _ends(name, one)}
            return ending <= {" ".join(one), " ".join(other)}
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long[: len(short)] == short


def _ends(name: str, words: list[str]) -> bool:
    return name.split()[-len(words) :] == words


def _is_same_person(one: list[str], other: list[str], persons: Sequence[str]) -> bool:
    short, long = (" ".join(words) for words in sorted((one, other), key=len))
    if not _is_part(short, long):
        both_long = min(len(one), len(other)) > 1
        return both_long and (one[0], one[-1]) == (other[0], other[-1])
    strangers = [
        name
        for name in persons
        if _is_part(short, name) and not _is_part(name, long) and not _is_part(long, name)
    ]
    return not strangers


def main(
    news: Annotated[Path, typer.Argument(help="JSON Lines with url, title and content.")],
    half: Annotated[str, typer.Option(help="dev or test.")] = "dev",
    show: Annotated[bool, typer.Option(help="Every mistake in its place.")] = False,  # noqa: FBT002
) -> None:
    """Precision, recall and F1 of spans, and of spans with their speakers."""
    quotations = gold(half, "quotations", "speaker")
    entities = gold(half, "entities", "type")
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("spans", "speakers, gold entities", "speakers")
    }
    seen = 0
    for record in articles(news):
        if record["url"] not in quotations:
            continue
        seen += 1
        marked, known = quotations[record["url"]], entities[record["url"]]
        types = {_original(record, one): one.what for one in known}
        for name, given in (("speakers, gold entities", known), ("speakers", None)):
            document = quoted(record, given)
            found = found_in(document)
            paired = pairs(marked, found)
            right = [
                pair
                for pair in paired
                if is_same(pair[0].what, pair[1].what, types, document.entities)
            ]
            _count(counts[name], len(right), len(marked), len(found))
            if given is None:
                _count(counts["spans"], len(paired), len(marked), len(found))
            if show:
                _show(name, record, marked, found, paired, right)
    typer.echo(f"{seen} of {len(quotations)} articles of the half {half}")
    for name, counted in counts.items():
        typer.echo(f"{name:24} {figures(**counted)}")


def _count(counts: Counter[str], right: int, marked: int, found: int) -> None:
    counts["right"] += right
    counts["marked"] += marked
    counts["found"] += found


def _show(
    name: str,
    record: Mapping[str, str],
    marked: Sequence[Marked],
    found: Sequence[Marked],
    paired: Sequence[tuple[Marked, Marked]],
    right: Sequence[tuple[Marked, Marked]],
) -> None:
    ones, others = {one for one, _ in paired}, {other for _, other in paired}
    for kind, given in (
        ("missed", [one for one in marked if one not in ones]),
        ("wrong", [one for one in found if one not in others]),
    ):
        for one in given:
            typer.echo(f"{name}\t{kind}\t{one.what}\t{_original(record, one)[:_SHOWN]}")
    for one, other in paired:
        if (one, other) not in right:
            typer.echo(
                f"{name}\tspeaker\t{one.what} / {other.what}\t{_original(record, one)[:_SHOWN]}"
            )


if __name__ == "__main__":
    typer.run(main)
