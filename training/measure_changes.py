"""What the repairs of characters change in an archive, by kind, for people to judge.

    python -m training.measure_changes FILE… [--show 10]

FILE is JSON Lines, plain or .xz. Prints for each kind of edit how many there are in a million
words, how many distinct ones (by what was replaced, with what), and the most frequent of them with
a place where each stands. Lines whose guillemets are not in pairs are counted before and after.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path

from training.corpus import texts
from warraq.text.repair import repaired

_AROUND = 25


def unbalanced(text: str) -> int:
    """How many lines have a guillemet without its partner."""
    return sum(_unmatched(line) for line in text.split("\n") if "«" in line or "»" in line)


def _unmatched(line: str) -> bool:
    marks = re.sub("[^«»]", "", line)
    while "«»" in marks:
        marks = marks.replace("«»", "")
    return bool(marks)


def main() -> None:
    """The command line, as the module's docstring says."""
    parser = argparse.ArgumentParser(description="Lists what the repairs of characters change.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--show", type=int, default=10, help="changes of each kind to print")
    options = parser.parse_args()
    words = before = after = 0
    changes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    where: dict[tuple[str, str], str] = {}
    for text in chain.from_iterable(map(texts, options.files)):
        edited = repaired(text)
        words += len(text.split())
        before += unbalanced(text)
        after += unbalanced(edited.text)
        for edit in edited.edits:
            change = (edit.original, edit.replacement)
            if not edit.original:  # what was put between two characters is known by its word
                left = text[max(0, edit.start - _AROUND) : edit.start].rpartition(" ")[2]
                right = text[edit.start : edit.start + _AROUND].partition(" ")[0]
                change = (left + right, f"{left}{edit.replacement}{right}")
            changes[edit.kind][change] += 1
            around = text[max(0, edit.start - _AROUND) : edit.end + _AROUND]
            where.setdefault(change, repr(around))
    print(f"{words:,} words; unbalanced lines: {before} before, {after} after")
    for kind, counted in sorted(changes.items()):
        total = counted.total()
        print(
            f"\n{kind}: {total} ({total / words * 1e6:.1f} in 1 M words), {len(counted)} distinct"
        )
        for change, number in counted.most_common(options.show):
            print(f"  {number:5} {change[0]!r} → {change[1]!r}   {where[change]}")


if __name__ == "__main__":
    main()
