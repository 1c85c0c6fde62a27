"""Bylines and datelines: who wrote an article, where and for whom, in front of its text.

    الرياض - واس: أعلنت …      Riyadh, for SPA: … announced
    لندن (رويترز) - قال …       London (Reuters): … said
    أحمد علي- سبق- القاهرة: …   a name, the paper's own name, a city

What parts them from the text is punctuation, so a run of short segments is a slug if there is
evidence that it is one: the name of an agency, a segment that stands in the slugs of many articles
of the source (its own name, its cities), or the author as the scraper sent it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from html import unescape
from typing import NamedTuple

from warraq.text.normalize import fold

# As they sign, folded. "Agencies" and "follow-ups" are what papers write for several of them.
AGENCIES = frozenset(
    map(
        fold,
        (
            "واس", "وام", "قنا", "كونا", "بنا", "بترا", "سانا", "معا", "وفا", "سبأ", "سونا", "وات",
            "واج", "وأج", "ومع", "و م ع", "أ ش أ", "أ.ش.أ", "أش أ", "أشا", "وال", "واع", "إرنا",
            "ارنا", "مهر", "تسنيم", "الأناضول", "رويترز", "أ ف ب", "أ.ف.ب", "أف ب", "أ ب", "أ.ب",
            "د ب أ", "د.ب.أ", "د ب ا", "أسوشيتد برس", "فرانس برس", "شينخوا", "سبوتنيك", "نوفوستي",
            "إنترفاكس", "يو بي آي", "بي بي سي", "سي إن إن", "بلومبرغ", "بلومبيرغ", "إفي", "وكالات",
            "الوكالات", "وكالات الأنباء", "متابعات", "afp", "reuters", "ap", "dpa", "spa", "wam",
            "bbc", "cnn", "upi", "xinhua",
        ),
    )
)  # fmt: skip

NAMED = "the author, as the sender names them"

_LONGEST = 80  # characters of a slug
_MOST_WORDS = 10
_MOST_WORDS_OF_SEGMENT = 4
_DASHES = "-–—−ـ/|"
# Everything is bounded by _LONGEST, so it does not matter that a run may be tried more than once.
_SEPARATOR = re.compile(r"[\s()]*(?:[-–—−/|:()،\n]|(?<=\s)ـ+|ـ+(?=\s))[\s()/|:–—−-]*")
_MARK = re.compile(r"[-–—−/|:،ـ(]")
_PUNCTUATION = re.compile(r"[\s:()،/|–—−ـ-]*")
_SEGMENT = re.compile(r"[^\W\d_][^\d\"«»؟!؛]*")


class Slug(NamedTuple):
    """A run of short segments at the start of a line; what comes after it begins at `end`.

    closed: by a colon or the end of the line; else by a dash. dashed: there is a dash in it.
    reason: what it is taken for a slug by.
    """

    segments: tuple[str, ...]
    end: int
    closed: bool
    dashed: bool
    reason: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it looks like one, whatever its segments are: more than one, dashes, an end."""
        return self.closed and self.dashed and len(self.segments) > 1


def slugs(text: str, start: int, end: int) -> list[Slug]:
    """What may be a slug at the start of the line [start, end), the shortest first."""
    head = text[start : min(end, start + _LONGEST)]
    mark = _MARK.search(head)
    if mark is None or head.count(" ", 0, mark.start()) > _MOST_WORDS_OF_SEGMENT:
        return []  # as most lines begin
    is_whole = len(head) == end - start
    found: list[Slug] = []
    segments: list[str] = []
    read = 0
    dashed = False
    for separator in _SEPARATOR.finditer(head):
        if not _added(segments, head[read : separator.start()]):
            return found
        read = separator.end()
        between = separator.group()
        dashed |= any(dash in between for dash in _DASHES)
        opened = head.count("(", 0, read) > head.count(")", 0, read)
        closed = (":" in between and not opened) or (dashed and is_whole and read == len(head))
        if segments and (closed or any(dash in between for dash in _DASHES)):
            found.append(Slug(tuple(segments), start + read, closed, dashed))
        if closed:
            return found
    if dashed and is_whole and _added(segments, head[read:]):
        found.append(Slug(tuple(segments), end, closed=True, dashed=True))
    return found


def _added(segments: list[str], segment: str) -> bool:
    """Adds `segment` without its blanks, if there is anything in it; False if it is no segment."""
    segment = segment.strip()
    if not segment:
        return True
    segments.append(segment)
    return (
        _SEGMENT.fullmatch(segment) is not None
        and segment.count(" ") < _MOST_WORDS_OF_SEGMENT
        and sum(one.count(" ") + 1 for one in segments) <= _MOST_WORDS
    )


def slug(
    text: str, start: int, end: int, author: Container[str], is_usual: Callable[[str], bool]
) -> Slug | None:
    """The slug that the line [start, end) begins with, if there is evidence that it is one.

    author: `parts` of the author as the scraper sent it. is_usual: whether a segment stands in the
    slugs of many articles of the source.
    """
    best = None
    for found in slugs(text, start, end):
        names = [fold(segment) for segment in found.segments]
        agency_first_and_place = len(names) == 2 and names[0] in AGENCIES
        if names[-1] in AGENCIES or (
            (found.closed or agency_first_and_place) and any(name in AGENCIES for name in names)
        ):
            best = found._replace(reason="names an agency")
        elif found.is_plain and any(name in author for name in names):
            best = found._replace(reason=NAMED)
        elif found.is_plain and any(map(is_usual, found.segments)):
            best = found._replace(reason="begins as other articles of this source do")
    return best


def author_at_start(text: str, start: int, end: int, author: str) -> int | None:
    """Where the text goes on, if the line [start, end) begins with `author` as a byline does.

    Letters and digits are compared, folded. A name in a sentence is none: after the author comes a
    colon, a dash or the end of the line, unless the author is a slug of its own ("name - city").
    """
    author = unescape(author).strip()
    wanted = _letters(author)
    # Scrapers put a first sentence into the field, too, or a point of a list.
    if not (len(wanted) >= 4 and len(author) <= _LONGEST and text[start].isalnum()):
        return None
    seen, place = "", start
    while place < end and len(seen) < len(wanted):
        seen += _letters(text[place])
        place += 1
        if not wanted.startswith(seen):
            return None
    behind = _PUNCTUATION.match(text, place, end)
    if seen != wanted or behind is None or (behind.end() == place < end):
        return None
    is_slug = len(_SEPARATOR.split(author.strip(" :"))) > 1
    if behind.end() == end or is_slug or any(mark in behind.group() for mark in f":{_DASHES}"):
        return behind.end()
    return None


def parts(author: str) -> frozenset[str]:
    """The segments of `author`, folded: a name, a paper, a city."""
    return frozenset(filter(None, map(fold, map(str.strip, _SEPARATOR.split(unescape(author))))))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
