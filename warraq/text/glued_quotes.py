"""Quotes and brackets that lost the space around them: تقرير«ساما» → تقرير «ساما» (SAMA's report).

و ف ب ل ك and the article are written as one with a quote, and so are endings in brackets:
لـ«الرياض», الطالب(ة). A quote mark that looks the same on both sides (") is taken for an opening or
a closing one only where its neighbours in the line are sure to be the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from warraq.text.beside import WORD_CHARACTERS, Addresses, word_before, word_behind
from warraq.text.edits import Edit
from warraq.text.glue_words import ARTICLES, CLITICS, ENDINGS, SHORT_WORDS
from warraq.text.letters import DIGITS, LETTERS
from warraq.text.normalize import fold

_GLUED = re.compile(f'["«“(»”)](?=[{LETTERS}{DIGITS}])')
_CLOSING_OF = {"«": "»", "“": "”", "(": ")"}
_OPENING_OF = {closing: opening for opening, closing in _CLOSING_OF.items()}
_FARTHEST = 250  # characters from one mark of a pair to the other
_BEFORE_OPENING = frozenset("([{«“-–—/")
_BEHIND_CLOSING = frozenset(".،,؛:!؟?)]}»”…-–—/")
_MARKS = frozenset(".،,؛:!؟?…")
_PARTS = ENDINGS | ARTICLES
_WRITTEN_AS_ONE = ARTICLES | CLITICS
_OPENS, _CLOSES = "opens", "closes"


def glued_quotes(text: str) -> Iterator[Edit]:
    """Spaces before an opening and behind a closing quote or bracket, kind `glued-punctuation`."""
    addresses = Addresses(text)
    decided: tuple[int, str] = (-1, "")  # the last " that was looked at, and what it does
    for match in _GLUED.finditer(text):
        place, mark = match.start(), match.group()
        if place == 0 or text[place - 1].isspace() or addresses.hold(place):
            continue
        if mark == '"' == text[place - 1]:  # "" is not one of a pair
            continue
        if mark in _CLOSING_OF:
            opens = _pair_ends(text, place) and _may_open(text, place)
            closes = False
        elif mark in _OPENING_OF:
            opens, closes = False, _pair_begins(text, place) and _may_close(text, place)
        else:
            role = _role(text, place) or _role_among(text, place, decided)
            decided = (place, role)
            opens = role == _OPENS and _may_open(text, place)
            closes = role == _CLOSES and _may_close(text, place)
        if opens:
            yield _space(place, "a quote or bracket ran into the word before it")
        elif closes:
            yield _space(place + 1, "a word ran into the quote or bracket before it")


def _space(place: int, reason: str) -> Edit:
    return Edit("glued-punctuation", place, place, "", " ", 0.9, reason)


def _pair_ends(text: str, place: int) -> bool:
    """Whether the pair that `text[place]` opens is closed soon, in the same line."""
    end = text.find(_CLOSING_OF[text[place]], place, place + _FARTHEST)
    return end >= 0 and _is_pair(text[place], text[place + 1 : end])


def _pair_begins(text: str, place: int) -> bool:
    """Whether the pair that `text[place]` closes was opened not long before, in the same line."""
    begin = text.rfind(_OPENING_OF[text[place]], max(0, place - _FARTHEST), place)
    return begin >= 0 and _is_pair(text[place], text[begin + 1 : place])


def _is_pair(mark: str, inside: str) -> bool:
    """Whether two marks, one of them `mark`, can be a pair around `inside`, and not in a word.

    Brackets in a word hold an ending or an article: الطالب(ة), الموظف(ون), (ال)كتاب.
    """
    if "\n" in inside or mark in inside:
        return False
    if mark not in "()":
        return True
    folded = fold(inside)
    return folded.isdigit() or (len(folded) > 2 and folded not in _PARTS)


def _may_open(text: str, place: int) -> bool:
    """Whether what stands before an opening mark is a whole word, or a mark behind one."""
    if text[place - 1] in _MARKS:
        return place > 1 and (text[place - 2] in WORD_CHARACTERS or text[place - 2].isdigit())
    word = fold(word_before(text, place))
    return word in SHORT_WORDS or (len(word) > 2 and word not in _WRITTEN_AS_ONE)


def _may_close(text: str, place: int) -> bool:
    """Whether what stands behind a closing mark is a whole word, or و before the next quote."""
    if fold(word_before(text, place)) in CLITICS:
        return False  # the mark is a turned one, which opens: ل»الرياض»
    word = fold(word_behind(text, place + 1))
    if word == "و":
        return text[place + 2 : place + 3] in {*_CLOSING_OF, '"', " "}
    if len(word) < 3 and text[place] == ")":
        return word in SHORT_WORDS
    return len(word) > 1 and word not in ENDINGS


def _role(text: str, place: int) -> str:
    """What the " at `place` does by its own neighbours; empty where they do not say."""
    before = text[place - 1] if place else " "
    behind = text[place + 1 : place + 2] or " "
    if before == '"' or behind == '"':
        return ""
    if behind.isspace() or behind in _BEHIND_CLOSING:
        return "" if before.isspace() else _CLOSES
    if before.isspace() or before in _BEFORE_OPENING or before == ":":
        return _OPENS
    return _OPENS if fold(word_before(text, place)) in _WRITTEN_AS_ONE else ""


def _role_among(text: str, place: int, decided: tuple[int, str]) -> str:
    """What the " at `place` does by the ones before and behind it in its line, where they are sure.

    Opening and closing marks take turns, so one sure neighbour is enough if the other agrees or
    does not say. From one " to the next is never read twice, so a long line takes linear time.
    """
    before, behind = text.rfind('"', 0, place), text.find('"', place + 1)
    earlier = later = ""
    if before >= 0 and "\n" not in text[before:place]:
        earlier = decided[1] if decided[0] == before else _role(text, before)
    if behind >= 0 and "\n" not in text[place:behind]:
        later = _role(text, behind)
    if later == _CLOSES and earlier != _OPENS:
        return _OPENS
    return _CLOSES if earlier == _OPENS and later != _CLOSES else ""
