"""Near-duplicates: what tells a wire story that many papers print, in up to 354 bytes an article.

Two texts are one story if the longer one has nearly all words of the shorter one that say something
(its content words: those that are rare in the language), whatever the order in which an editor put
them. How large the share must be depends on how many words there are to tell by, and on how much
longer the other one is: in a long survey of a day's events one finds the words of many a note.

What is worth comparing is found by shingles, runs of three words: the least hashes of parts of
all of them (A. Broder, "On the resemblance and containment of documents", 1997; P. Li, A. Owen,
C.-H. Zhang, "One permutation hashing", 2012). So texts about one event that have no sentence in
common are not even looked at. Of content words the least hashes are kept, which are a fair sample
of those of either text (K. Beyer et al., "On synopses for distinct-value estimation under multiset
operations", 2007).

Shingles are of folded words without courtesies (editors drop and add those, and lists of guests
consist of them). The hashes are stored, so they are promises: BLAKE2b, and nothing that a library
may change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from math import log
from operator import xor
from struct import Struct, pack, unpack
from typing import NamedTuple

from warraq.annotations import TextField
from warraq.document import Document
from warraq.text.letters import LETTERS
from warraq.text.lexicon import shipped_lexicon
from warraq.text.normalize import fold

DIGEST_BYTES = 16
BANDS = 16
BAND_BYTES = 5
COUNT_BYTES = 2
HASH_BYTES = 2
MOST_HASHES = 128
"""Content words whose hashes are kept: six articles of ten have no more. With all of them no more
copies were found."""
FEWEST_WORDS = 8
"""A body of fewer ("details follow") is no story; it has a digest all the same."""
FEWEST_SHINGLES = 20
"""Texts of fewer are copies only where their digests are equal: one name would decide."""
NEEDED_SHARE = (1.18, 0.10, 0.14)
"""Of the shorter text's content words, for one story: see `needed_share`; how they were found, and
what others would give: `python -m training.measure_duplicates`."""

_BAND_SHIFT = 64 - 4  # 16 parts
_BAND_MASK = (1 << 8 * BAND_BYTES) - 1
_POSITIONS = Struct("<3Q")
_ARABIC = re.compile(f"[{LETTERS}]")
_LATIN = re.compile("[A-Za-z_]")
_ARABIC_SHARE = 0.2  # of the words: an article in Arabic, whose Latin words may be code of a page
_COMMON_COST = 3.5  # once in 3,000 words: what is commoner stands in any text
_lexicon = shipped_lexicon()
# As folded words have them, where ة is ه.
_PREFIX = re.compile("^[وف]?(?:[بك]?ال|لل)(?=..)")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")

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
    """A word's hashes, one for each place in a shingle; kind: courtesy, arabic, latin or other.

    content: the hash of its stem; -1 if the word is a common one.
    """

    first: int
    second: int
    third: int
    kind: str
    content: int


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
    """Bands, then how many content words there are, and the least hashes of those, in order.

    16 bands of 5 bytes are keys under which texts that share some of their shingles are found.
    Numbers are of two bytes, the high one first. Nothing for a text of too few shingles.
    """
    shingles, content = _shingles_and_content(words)
    ordered = sorted(shingles, reverse=True)
    if len(ordered) < FEWEST_SHINGLES:
        return b""
    least = {shingle >> _BAND_SHIFT: shingle for shingle in ordered}  # the last one is the least
    bands = b"".join(
        (least.get(part, ordered[0]) & _BAND_MASK).to_bytes(BAND_BYTES, "big")
        for part in range(BANDS)
    )
    kept = sorted(content)[:MOST_HASHES]
    return bands + pack(f">{1 + len(kept)}H", len(content), *kept)


def excess(one: bytes, other: bytes, needed: Sequence[float] = NEEDED_SHARE) -> float:
    """How much more content words two texts have in common than one story needs, 1 at most.

    one, other: signatures with a sketch. Below 0 they are two stories. The script
    `warraq/inbox/lua/group_stories.lua` decides by the same arithmetic.
    """
    (few, shorter), (many, longer) = sorted(
        (_content(one), _content(other)), key=lambda content: content[0]
    )
    last = min(
        (hashes[-1] for hashes in (shorter, longer) if len(hashes) == MOST_HASHES), default=None
    )
    sample = [value for value in shorter if last is None or value <= last]
    shared = len(set(longer).intersection(sample)) / len(sample) if sample else 0.0
    return shared - needed_share(few, many, needed)


def needed_share(few: int, many: int, needed: Sequence[float] = NEEDED_SHARE) -> float:
    """The share of the content words of the shorter text that must stand in the longer one.

    few, many: how many content words they have. It falls with the number of words that agree and
    rises with how much longer the other text is; above 1 no share is enough.
    """
    base, by_number, by_ratio = needed
    return base - by_number * log(max(few, 1)) + by_ratio * log(max(many, 1) / max(few, 1))


def _content(signature: bytes) -> tuple[int, tuple[int, ...]]:
    at = DIGEST_BYTES + BANDS * BAND_BYTES
    count, *hashes = unpack(f">{(len(signature) - at) // HASH_BYTES}H", signature[at:])
    return count, tuple(hashes)


def bands_of(signature: bytes) -> list[bytes]:
    """The keys under which a text's likes are found; none where only the digest counts."""
    bands = signature[DIGEST_BYTES : DIGEST_BYTES + BANDS * BAND_BYTES]
    return [bands[at : at + BAND_BYTES] for at in range(0, len(bands), BAND_BYTES)]


def _shingles_and_content(words: Sequence[Word]) -> tuple[set[int], set[int]]:
    """Hashes of 64 bits of three words in a row, each hashed by its place; and of content words."""
    shingles: set[int] = set()
    content: set[int] = set()
    for run in _runs(words):
        if len(run) >= 3:
            first, second, third, _, stems = zip(*run, strict=True)
            shingles.update(map(xor, first, map(xor, second[1:], third[2:])))
            content.update(stems)
    content.discard(-1)
    return shingles, content


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


@lru_cache(1 << 15)  # most words of an article were in the one before
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
    cost = _lexicon.cost(key)
    content = -1
    if kind != "courtesy" and (cost is None or cost >= _COMMON_COST):
        content = int.from_bytes(
            blake2b(stem(folded).encode(), digest_size=HASH_BYTES).digest(), "big"
        )
    return Word(first, second, third, kind, content)


def stem(folded: str) -> str:
    """`folded` without article, particles and endings: one for most forms that editors exchange.

    Light stemming after L. Larkey, L. Ballesteros, M. Connell, "Light stemming for Arabic
    information retrieval" (light10), 2007. It is no lemma, but it costs nothing and never changes.
    """
    word = _PREFIX.sub("", folded, count=1) if len(folded) > 4 else folded
    if len(word) > 3 and word[0] == "و":  # also of a root, so that with and without article agree
        word = word[1:]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 3:
            word = word[: -len(suffix)]
    return word
