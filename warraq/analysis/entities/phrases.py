"""Names of several words that lists know: organizations and persons.

`phrases.marisa` holds each as its list's letter ("o" or "p"), then folded words, each with a space
behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import marisa_trie

LONGEST = 8
"""Words of the longest phrase that is looked for."""
LISTS = ("o", "p")


class Phrases:
    """The lists, memory-mapped. Raises FileNotFoundError if `file` is not there."""

    def __init__(self, file: Path) -> None:
        if not file.is_file():
            raise FileNotFoundError(f"there is no {file}")
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(file))

    def longest(self, letter: str, folded: Sequence[str], first: int) -> int:
        """How many words from `first` on make the longest phrase of the list; 0 if none do."""
        beginning = letter + " ".join(folded[first : first + LONGEST]) + " "
        found = self._trie.prefixes(beginning)
        return max((one.count(" ") for one in found), default=0)
