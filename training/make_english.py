"""Makes the words of English that a search takes for no name: `python -m training.make_english …`.

    python -m training.make_english COMMON american-english-small

COMMON has one word a line, the commonest first: `wordfreq.top_n_list("en", 20_000)` of wordfreq
3.1.1 (Robyn Speer; data CC BY-SA 4.0). american-english-small is of Debian's package
wamerican-small 2020.12.07 (SCOWL, Kevin Atkinson): it writes names with capitals, so what it has
in small letters is a word. Of these the words of `names/english-names.txt` are left out, which
persons, places or firms are called by as well: Bush, Ford, Hail.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from training.name_lists import FOLDER as NAMES
from warraq.text.romanization.letters import FOLDER

_WORD = re.compile("[a-z]{3,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("common", type=Path)
    parser.add_argument("dictionary", type=Path)
    options = parser.parse_args()
    names = set((NAMES / "english-names.txt").read_text(encoding="utf-8").split())
    known = set(options.dictionary.read_text(encoding="utf-8").split()) - names
    common = options.common.read_text(encoding="utf-8").split()
    words = sorted({word for word in common if word in known and _WORD.fullmatch(word)})
    (FOLDER / "english-words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    print(f"{len(words):,} words")


if __name__ == "__main__":
    main()
