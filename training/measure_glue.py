"""How much lost glue the two glue repairs bring back: spaces beside figures and marks, removed.

    python -m training.measure_glue FILE… [--seed 1] [--share 0.02] [--show 0]

FILE is JSON Lines (plain or .xz), with any of title, body, content and text in an object. Of the
spaces with a digit or a punctuation mark on one side, a random share is removed, and the repairs
run. A repair counts where it puts a space back at exactly its place. What they insert where no
space was removed was glued before, or is wrong: `--show N` prints N of those for people to read. A
space that goes elsewhere because one was removed is counted as misplaced.
"""

from __future__ import annotations

import argparse
import random
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.corpus import texts
from warraq.text.edits import EditedText
from warraq.text.glue import glued_numbers, glued_punctuation
from warraq.text.letters import DIGITS
from warraq.text.repair import REPAIRS, repaired

_CHARACTERS = {name: repair for name, repair in REPAIRS.items() if "glue" not in name}
_MARKS = '.،,؛؟!?:…»«"“”()[]%٪'
_BESIDE = re.compile(
    f"(?<=[{DIGITS}{re.escape(_MARKS)}]) (?=\\S)|(?<=\\S) (?=[{DIGITS}{re.escape(_MARKS)}])"
)
_DIGIT = re.compile(f"[{DIGITS}]")


@dataclass(slots=True)
class Measured:
    """Counts over all texts; `removed` and `restored` by what stood on both sides of the space."""

    words: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    restored: Counter[str] = field(default_factory=Counter)
    misplaced: int = 0
    natural: list[str] = field(default_factory=list)


def cleaned(path: Path) -> Iterator[str]:
    """The texts of a file after the repairs of characters."""
    return (repaired(text, _CHARACTERS).text for text in texts(path))


def sides(text: str, place: int) -> str:
    """The two characters around a space, each by its kind: "letter 0", ". letter"."""
    return f"{_kind(text[place - 1])} {_kind(text[place + 1])}"


def _kind(character: str) -> str:
    if _DIGIT.match(character):
        return "0"
    return "letter" if character.isalpha() else character


def with_spaces(text: str) -> EditedText:
    """`text` after both glue repairs."""
    edited = EditedText(text)
    for repair in (glued_numbers, glued_punctuation):
        edited = edited.edited(repair(edited.text))
    return edited


def measure(text: str, share: float, chance: random.Random, measured: Measured) -> None:
    """Removes spaces from `text`, has them repaired, and counts."""
    measured.words += len(text.split())
    places = [m.start() for m in _BESIDE.finditer(text) if chance.random() < share]
    damaged = "".join(_without(text, places))
    lost = {place - number: sides(text, place) for number, place in enumerate(places)}
    measured.removed.update(lost.values())
    before = {
        edit.start - bisect_left(places, edit.start): edit for edit in with_spaces(text).edits
    }
    for edit in with_spaces(damaged).edits:
        if edit.start in lost:
            measured.restored[lost[edit.start]] += 1
        elif edit.start not in before:
            measured.misplaced += 1
    for edit in before.values():
        around = text[max(0, edit.start - 25) : edit.start], text[edit.start :][:25]
        measured.natural.append(f"{edit.kind}: {'⟪⟫'.join(around)}".replace("\n", "⏎"))


def _without(text: str, places: list[int]) -> Iterator[str]:
    read = 0
    for place in places:
        yield text[read:place]
        read = place + 1
    yield text[read:]


def report(measured: Measured, show: int, chance: random.Random) -> None:
    """Prints the shares, by what stood beside the space, the frequent ones first."""
    removed, restored = measured.removed.total(), measured.restored.total()
    print(f"{measured.words:,} words; {removed:,} spaces removed, {restored:,} restored", end=" ")
    print(f"({restored / max(1, removed):.3f}), {measured.misplaced} misplaced;", end=" ")
    print(f"{len(measured.natural):,} in the text as it came")
    for kind, count in measured.removed.most_common(30):
        print(f"  {kind:12} {count:6,} {measured.restored[kind] / count:.3f}")
    for line in chance.sample(measured.natural, min(show, len(measured.natural))):
        print(line)


def main() -> None:
    """The command line, as the module's docstring says."""
    parser = argparse.ArgumentParser(description="Measures the repairs of glue on articles.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.02, help="of the spaces to remove")
    parser.add_argument("--show", type=int, default=0, help="other insertions to print")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    measured = Measured()
    for path in options.files:
        for text in cleaned(path):
            measure(text, options.share, chance, measured)
    report(measured, options.show, chance)


if __name__ == "__main__":
    main()
