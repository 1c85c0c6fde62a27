"""Measures the repair of joined words: `python -m training.measure_joins FILE… --seed 7`.

First as it stands: every split is counted, and listed with --splits for people to read, for real
text has joined words of its own. Then with spaces taken out of it (2 % of those between Arabic
words): how many of them come back at the exact place, in all and where the left word ends in a
letter that does not join, and how many splits are at a wrong place in a damaged word.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from training.corpus import texts
from warraq.text.damage import without_spaces
from warraq.text.edits import Edit
from warraq.text.joins import RECOMMENDED, JoinedWords
from warraq.text.joins.evidence import DISJOINED
from warraq.text.letters import MARKS

_CONTEXT = 45
READ = Path(__file__).parent / "labels" / "news-joins.tsv"
"""Splits of undamaged text that two people read, each for himself."""
SHARE_OF_SPACES = 0.02


@dataclass(slots=True)
class Figures:
    """What came of one pass over one corpus, in numbers of words, spaces and splits."""

    words: int = 0
    splits: int = 0
    lost: int = 0
    found: int = 0
    lost_after_non_joining: int = 0
    found_after_non_joining: int = 0
    misplaced: int = 0
    undamaged_splits: int = 0
    proven: int = 0
    proven_found: int = 0


def undamaged(finder: JoinedWords, corpus: Iterable[str]) -> Iterator[tuple[int, int, str, str]]:
    """Every split of a text as it stands: number of the text, offset, the parts, context."""
    for number, text in enumerate(corpus):
        (edits,) = finder.edits(text)
        for edit in edits:
            start, end = max(0, edit.start - _CONTEXT), edit.start + _CONTEXT
            context = f"{text[start : edit.start]}⁞{text[edit.start : end]}"
            yield number, edit.start, _split(edit), " ".join(context.split())


def read_by_two(file: Path = READ) -> dict[str, bool]:
    """Split, its parts with " + " between → whether both readers found it right."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {
            row["split"].replace(" ", " + "): row["reader1"] == row["reader2"] == "J"
            for row in csv.DictReader(lines, delimiter="\t")
        }


def damaged(finder: JoinedWords, corpus: Iterable[str], seed: int) -> Figures:
    """Figures of `corpus` with spaces taken out."""
    chance = random.Random(seed)
    figures = Figures()
    for text in corpus:
        figures.words += len(text.split())
        broken, places = without_spaces(text, SHARE_OF_SPACES, chance)
        lost = set(places)
        (edits,) = finder.edits(broken)
        made = {edit.start for edit in edits}
        back = lost & made
        figures.lost += len(lost)
        figures.found += len(back)
        after = {place for place in lost if _last_letter(broken, place) in DISJOINED}
        figures.lost_after_non_joining += len(after)
        figures.found_after_non_joining += len(after & made)
        proven = {place for place in lost if _last_letter(broken, place) in "ةى"}
        figures.proven += len(proven)
        figures.proven_found += len(proven & made)
        figures.splits += len(made)
        for place in made - lost:
            start, end = _token(broken, place)
            if any(start < other < end for other in lost):
                figures.misplaced += 1
            else:
                figures.undamaged_splits += 1
    return figures


def _split(edit: Edit) -> str:
    """The parts, " + " between, which the reason of an edit tells."""
    return edit.reason.removeprefix("no known word; ").removesuffix(" are")


def _last_letter(text: str, place: int) -> str:
    while place and text[place - 1] in MARKS:
        place -= 1
    return text[place - 1 : place]


def _token(text: str, place: int) -> tuple[int, int]:
    start = end = place
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def main(
    files: Annotated[list[Path], typer.Argument(help="JSON Lines (.gz, .xz), or SQuAD's JSON.")],
    seed: Annotated[int, typer.Option(help="Of the damage.")] = 7,
    confidence: Annotated[float, typer.Option(help="The least.")] = RECOMMENDED,
    splits: Annotated[Path | None, typer.Option(help="Where to list splits as they are.")] = None,
) -> None:
    """Recall, place and splits of joined words in text that nothing was tuned on."""
    finder = JoinedWords(confidence)
    read = read_by_two()
    rows: list[tuple[object, ...]] = []
    for file in files:
        corpus = list(texts(file))
        natural = list(undamaged(finder, corpus))
        figures = damaged(finder, corpus, seed)
        splits_read = [read[split] for _, _, split, _ in natural if split in read]
        share = figures.words / 10_000
        typer.echo(
            f"{file.name}: {figures.words:,} words, confidence {confidence}, seed {seed}\n"
            f"  recall                       {_of(figures.found, figures.lost)}\n"
            f"  after non-joining letters    "
            f"{_of(figures.found_after_non_joining, figures.lost_after_non_joining)}\n"
            f"  after ة or ى                 {_of(figures.proven_found, figures.proven)}\n"
            f"  at a wrong place             {_of(figures.misplaced, figures.splits)}\n"
            f"  splits of the text as it is  {len(natural):,}, {len(natural) / share:.2f} "
            f"in 10,000 words, right and wrong ones\n"
            f"  of them read by two, right   {_of(sum(splits_read), len(splits_read))}"
        )
        rows += [(file.name, *row) for row in natural]
    if splits:
        with splits.open("w", encoding="utf-8", newline="") as lines:
            table = csv.writer(lines, delimiter="\t")
            table.writerow(("corpus", "text", "offset", "split", "context"))
            table.writerows(rows)


def _of(part: int, whole: int) -> str:
    return f"{part / whole if whole else 0:.4f} ({part:,} of {whole:,})"


if __name__ == "__main__":
    typer.run(main)
