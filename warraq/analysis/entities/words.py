"""What a word is to somebody who looks for names: its classes, its clitics, its relatives.

`words.marisa` holds, for each folded word, the classes that lists give it (first name, title, head
of an organization …) and the two clusters of words that stand in the same places; how both were
made is in its folder's README.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import marisa_trie

from warraq.text.lexicon import Lexicon, lexicon_key, shipped_lexicon
from warraq.text.normalize import fold

FOLDER = Path(__file__).parent.parent.parent / "data" / "entities"

CLASSES = (
    "first", "family", "title", "role", "head", "kindout", "kindin", "say", "kin", "date",
    "function", "role2", "acronym", "wikiper", "wikiorg", "single", "maybeorg",
)  # fmt: skip
"""In the order of their bits. maybeorg: words that are also names of organizations (النصر, a club;
else victory). wikiper, wikiorg: words with which whole names of lists begin."""
BITS = {name: 1 << number for number, name in enumerate(CLASSES)}
_NAME_BITS = BITS["first"] | BITS["family"] | BITS["wikiper"] | BITS["single"]
_HEAD_BITS = BITS["head"] | BITS["kindin"]
RECORD = "<IHH"
"""classes, small cluster, large cluster (0 for none)."""

_UNKNOWN_COST = 9.0
# What a clitic costs: minus log10 of how often a word of news carries it, by and large.
_CLITICS = {
    "و": 1.1, "ف": 2.3, "ب": 1.3, "ل": 1.4, "ك": 2.8,
    "وب": 2.6, "ول": 2.6, "وك": 4.0, "فب": 3.8, "فل": 3.6,
}  # fmt: skip
_FAVOUR = 0.7
"""Of clitics: a word with its clitics is in the lexicon as well."""
_LEAST_REST, _SHORTEST_KIND = 3, 2
"""Letters behind clitics: of any word, and of those that say what kind of place it is (حي)."""


class Looked(NamedTuple):
    """A word as the lists know it, without its clitics.

    core: folded, without clitics; لل is undone (للهلال → الهلال). proclitics: letters of the key
    that stand before the name (1 in للهلال). known: whether any list has the core.
    """

    core: str
    proclitics: int
    classes: int
    small_cluster: int
    large_cluster: int
    cost: float


class Words:
    """The lists, memory-mapped. Raises OSError if `folder` holds none."""

    def __init__(self, folder: Path = FOLDER, lexicon: Lexicon | None = None) -> None:
        file = folder / "words.marisa"
        if not file.is_file():
            raise FileNotFoundError(f"there is no {file}")
        self._lexicon = lexicon or shipped_lexicon()
        self._words = marisa_trie.RecordTrie(RECORD)
        self._words.mmap(str(file))

    def classes(self, folded: str) -> int:
        """The bits of `folded`, 0 where no list has it."""
        found = self._words.get(folded)
        return int(found[0][0]) if found else 0

    def of_class(self, name: str) -> frozenset[str]:
        """All folded words of a class."""
        bit = BITS[name]
        return frozenset(word for word, record in self._words.items() if record[0] & bit)

    def cost(self, key: str) -> float:
        """Minus log10 of how often `key` stands in a text; 9 for what the lexicon does not know."""
        cost = self._lexicon.cost(key)
        return _UNKNOWN_COST if cost is None else cost

    def looked(self, key: str, proclitics: int | None = None) -> Looked:
        """`key` without the clitics that are likelier than not, or without so many letters."""
        if proclitics is None:
            core, cut = self._peeled(key)
        else:
            core, cut = key[proclitics:], proclitics
            if cut and key[cut - 1] == core[:1] == "ل":
                core = "ا" + core
        folded = fold(core)
        found = self._words.get(folded)
        classes, small, large = found[0] if found else (0, 0, 0)
        return Looked(folded, cut, classes, small, large, self.cost(core))

    def _peeled(self, key: str) -> tuple[str, int]:
        """The key's core, and how many letters stand before it."""
        best, least, cut = key, self.cost(key) + _FAVOUR, 0
        if self.classes(fold(key)) & _NAME_BITS:
            least -= 3.0
        for length in (1, 2):
            penalty = _CLITICS.get(key[:length])
            rest = key[length:]
            if penalty is None or len(rest) < _SHORTEST_KIND:
                continue
            rests = [rest]
            if key[length - 1] == "ل" and rest[0] == "ل":
                rests.append("ا" + rest)
            for one in rests:
                classes = self.classes(fold(one))
                if len(one) < _LEAST_REST and not classes & BITS["kindin"]:
                    continue
                cost = self.cost(one) + penalty
                cost -= 2.0 * bool(classes & _HEAD_BITS) + bool(classes & _NAME_BITS)
                if cost < least:
                    best, least, cut = one, cost, length
        return best, cut


def offset_behind(form: str, letters: int) -> int:
    """The offset in `form` behind so many of its letters that a key keeps, marks among them."""
    if not letters:
        return 0
    at = 0
    while letters and at < len(form):
        letters -= bool(lexicon_key(form[at]))
        at += 1
    while at < len(form) and not lexicon_key(form[at]):
        at += 1
    return at
