"""Near-duplicates: what tells a wire story that many papers print, in 204 bytes an article.

The shingles of a text are its runs of three words, folded, without courtesies (editors drop and
add those, and lists of guests consist of them). How much two texts resemble each other is the
share of shingles that they have in common (A. Broder, "On the resemblance and containment of
documents", 1997). It is estimated by one permutation hashing (P. Li, A. Owen, C.-H. Zhang, "One
permutation hashing", 2012): shingles fall into bins by their hash, the least hash of a bin stands
for it. Bins that are empty in both texts do not count, so short texts need no other care.

The hashes are stored, so they are promises: BLAKE2b, and nothing that a library may change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from operator import xor
from struct import Struct, pack
from typing import NamedTuple

from warraq.annotations import TextField
from warraq.document import Document
from warraq.text.letters import LETTERS
from warraq.text.normalize import fold

DIGEST_BYTES = 16
BINS = 128
BANDS = 12
BAND_BYTES = 5
FEWEST_WORDS = 8
"""A body of fewer ("details follow") is no story; it has a digest all the same."""
FEWEST_SHINGLES = 20
"""Texts of fewer are copies only where their digests are equal: one name would decide."""
RESEMBLANCE = 0.44
"""From here on two texts are one story: `python -m training.measure_duplicates`."""

# The least hash of a sixteenth of all bins is equal in two texts with the probability of their
# resemblance, so hardly a pair at `RESEMBLANCE` shares none (at .36 it is 5 of 1,000).
_BIN_SHIFT, _BAND_SHIFT = 64 - 7, 64 - 4  # 128 bins; 16 parts, of which twelve make bands
_BAND_MASK = (1 << 8 * BAND_BYTES) - 1
_POSITIONS = Struct("<3Q")
_ARABIC = re.compile(f"[{LETTERS}]")
_LATIN = re.compile("[A-Za-z_]")
_ARABIC_SHARE = 0.2  # of the words: an article in Arabic, whose Latin words may be code of a page

# Titles, ranks, honorifics, and blessings upon those who bear them.
_COURTESIES = frozenset(
    fold(
        "صاحب صاحبة السمو سمو سموه سموها الملكي الملكية الأمير الأميرة معالي معاليه معاليكم سعادة "
        "سعادته فضيلة فضيلته فخامة فخامته جلالة جلالته دولة خادم الحرمين الشريفين الملك الأستاذ "
        "أستاذ الدكتور دكتور د أ م المهندس الشيخ السيد اللواء العميد العقيد المقدم الرائد الفريق "
        "حفظه حفظها حفظهم الله رعاه بن آل أيده يحفظه"
    ).split()
)


class Word(NamedTuple):
    """A word's hashes, one for each place in a shingle; kind: courtesy, arabic, latin or other."""

    first: int
    second: int
    third: int
    kind: str


def sign(document: Document) -> None:
    """Sets `signature`, and the fields `text_digest` and `story_id`, both by the body.

    `story_id` is the article's own id: it is alone until somebody who keeps the signatures of
    others (`warraq.inbox.stories`) finds its story.
    """
    body = next((one for one in document.text_fields if one.name == "body"), None)
    if body is None or document.article.deleted:
        return
    document.fields["story_id"] = document.id
    if words := words_of(body):
        digest = text_digest(words)
        document.fields["text_digest"] = digest.hex()
        if len(words) >= FEWEST_WORDS:
            document.signature = digest + sketch(words)


def text_digest(words: Sequence[Word]) -> bytes:
    """16 bytes of the folded words: equal for copies, however they are spelled and punctuated."""
    digests = [word.first for word in words]
    return blake2b(pack(f"<{len(digests)}Q", *digests), digest_size=DIGEST_BYTES).digest()


def sketch(words: Sequence[Word]) -> bytes:
    """12 bands of 5 bytes, then 128 bins of one; nothing for a text of too few shingles.

    A band is a key under which texts that resemble each other are found; a bin is 0 if it is
    empty, else what its least hash leaves when divided by 255, plus 1.
    """
    ordered = sorted(_shingles(words), reverse=True)
    if len(ordered) < FEWEST_SHINGLES:
        return b""
    least = {shingle >> _BAND_SHIFT: shingle for shingle in ordered}  # the last one is the least
    bands = b"".join(
        (least.get(part, ordered[0]) & _BAND_MASK).to_bytes(BAND_BYTES, "big")
        for part in range(BANDS)
    )
    bins = bytearray(BINS)
    for place, shingle in {one >> _BIN_SHIFT: one for one in ordered}.items():
        bins[place] = 1 + shingle % 255
    return bands + bytes(bins)


def resemblance(one: bytes, other: bytes) -> float:
    """The estimated share of shingles, 0 to 1, that two signatures' texts have in common."""
    pairs = [pair for pair in zip(one[-BINS:], other[-BINS:], strict=True) if any(pair)]
    return sum(left == right for left, right in pairs) / max(1, len(pairs))


def bands_of(signature: bytes) -> list[bytes]:
    """The keys under which a text's likes are found; none where only the digest counts."""
    bands = signature[DIGEST_BYTES:-BINS] if len(signature) > DIGEST_BYTES else b""
    return [bands[at : at + BAND_BYTES] for at in range(0, len(bands), BAND_BYTES)]


def _shingles(words: Sequence[Word]) -> set[int]:
    """Hashes of 64 bits of three words in a row, each hashed by its place among the three."""
    found: set[int] = set()
    for run in _runs(words):
        if len(run) >= 3:
            first, second, third, _ = zip(*run, strict=True)
            found.update(map(xor, first, map(xor, second[1:], third[2:])))
    return found


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words without courtesies; in an Arabic article what stands between Latin ones, which may be
    scripts and styles of a page, the same in many."""
    kinds = [word.kind for word in words]
    if "latin" not in kinds or kinds.count("arabic") < _ARABIC_SHARE * len(kinds):
        yield [word for word in words if word.kind != "courtesy"]
        return
    for latin, run in groupby(words, lambda word: word.kind == "latin"):
        if not latin:
            yield [word for word in run if word.kind != "courtesy"]


def words_of(field: TextField) -> list[Word]:
    """The words of `field` as signatures know them."""
    return [_word(token.key) for token in field.tokens]


@lru_cache(1 << 16)  # most words of an article were in the one before
def _word(key: str) -> Word:
    folded = fold(key)
    first, second, third = _POSITIONS.unpack(blake2b(folded.encode(), digest_size=24).digest())
    kind = "other"
    if folded in _COURTESIES:
        kind = "courtesy"
    elif _ARABIC.search(folded):
        kind = "arabic"
    elif _LATIN.search(folded):
        kind = "latin"
    return Word(first, second, third, kind)
