"""How much misread text comes back exactly: paragraphs that are misread on purpose, and restored.

    python -m training.measure_mojibake FILE… [--seed 1] [--paragraphs 500] [--show 0]

FILE is JSON Lines, plain or .xz. A paragraph counts where the repair gives it back character for
character. Paragraphs are lines of at least eight words, by the repair of mojibake untouched. For
windows-1256 read as Latin-1 (the last lines) those are left out that windows-1256 cannot write.
`--show N` prints N of those that did not come back.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ftfy.bad_codecs

from training.corpus import texts
from warraq.text.mojibake import mojibake
from warraq.text.repair import repaired

ftfy.bad_codecs.ok()

_LEAST_WORDS = 8
_UTF8 = "utf-8"
_LATIN, _WESTERN, _ARABIC = "latin-1", "sloppy-windows-1252", "windows-1256"


@dataclass(frozen=True, slots=True)
class Damage:
    """Steps of writing in one encoding and reading in another."""

    name: str
    steps: tuple[tuple[str, str], ...]

    def done_to(self, text: str) -> str:
        """Raises UnicodeEncodeError where an encoding cannot write `text`."""
        for written, read in self.steps:
            text = text.encode(written).decode(read)
            # ftfy's codec keeps this one control for itself; a browser would show it as it is.
            text = text.replace("\ufffd", "\x1a") if read == _WESTERN else text
        return text


DAMAGES = (
    Damage("UTF-8 read as windows-1256", ((_UTF8, _ARABIC),)),
    Damage("UTF-8 read as Latin-1", ((_UTF8, _LATIN),)),
    Damage("UTF-8 read as windows-1252", ((_UTF8, _WESTERN),)),
    Damage("twice as windows-1256", ((_UTF8, _ARABIC),) * 2),
    Damage("twice as Latin-1", ((_UTF8, _LATIN),) * 2),
    Damage("twice as windows-1252", ((_UTF8, _WESTERN),) * 2),
    Damage("as Latin-1, then as windows-1256", ((_UTF8, _LATIN), (_UTF8, _ARABIC))),
    Damage("as windows-1256, then as Latin-1", ((_UTF8, _ARABIC), (_UTF8, _LATIN))),
    Damage("windows-1256 read as Latin-1", (("windows-1256", _LATIN),)),
    Damage("windows-1256 read as windows-1252", (("windows-1256", _WESTERN),)),
)


def restored(text: str) -> str:
    return repaired(text, {"mojibake": mojibake}).text


def paragraphs(paths: Sequence[Path], count: int, chance: random.Random) -> list[str]:
    """`count` paragraphs of the archive, or all there are."""
    lines = (line.strip() for path in paths for text in texts(path) for line in text.split("\n"))
    long_enough = (line for line in lines if len(line.split()) >= _LEAST_WORDS)
    distinct = [line for line in dict.fromkeys(long_enough) if restored(line) == line]
    return chance.sample(distinct, min(count, len(distinct)))


def main() -> None:
    """The command line, as the module's docstring says."""
    parser = argparse.ArgumentParser(description="Measures the repair of misread text.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--paragraphs", type=int, default=500)
    parser.add_argument("--show", type=int, default=0, help="paragraphs to print")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # repeatable on purpose
    sample = paragraphs(options.files, options.paragraphs, chance)
    failed: list[str] = []
    for damage in DAMAGES:
        back = tried = 0
        for paragraph in sample:
            try:
                misread = damage.done_to(paragraph)
            except UnicodeEncodeError:
                continue
            tried += 1
            after = restored(misread)
            back += after == paragraph
            if after != paragraph:
                failed.append(f"{damage.name}: {paragraph[:100]} | {after[:100]}")
        print(f"{damage.name:36} {back:4} of {tried:4} exactly ({back / max(1, tried):.4f})")
    print(*chance.sample(failed, min(options.show, len(failed))), sep="\n")


if __name__ == "__main__":
    main()
