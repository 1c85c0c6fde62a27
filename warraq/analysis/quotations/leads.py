"""From a verb of saying to what it leads: أن, a colon or quotation marks, within the sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from warraq.analysis.quotations.marks import Quoted
from warraq.analysis.quotations.reading import COMMAS, Reading
from warraq.analysis.quotations.verbs import AMBIGUOUS, SPEECH, Form
from warraq.analysis.quotations.words import (
    AND_THAT,
    CONNECTIVES,
    ENDS_BEHIND,
    IMPERSONAL,
    NO_VERB_BEHIND,
    NOT_THAT_BEHIND,
    OTHER_VERBS,
    PREPOSITIONS,
    SAYING,
    THAT,
)

_FARTHEST = 40
"""Tokens between a verb and what it leads: long titles and names stand there."""
_FARTHEST_QUOTE = 14
"""The same for verbs that lead only quotations, most of which mean something else elsewhere."""
_FARTHEST_NEAR = 7
_NEAR = frozenset(
    ("بين", "وبين", "يعتبر", "تعتبر", "ويعتبر", "وتعتبر", "اقر", "واقر", "اقرت", "واقرت")
)
"""Between, is considered, passed a law: what they lead stands near, if they say anything."""
_NAME_WORDS = 3
"""So many words in marks are a name, unless a colon or أن stands before them."""
_PARENTHESIS_WORDS = 5
_LONGEST_PARENTHESIS = 1000
_MARK = re.compile("[«\"“„‘(:]|''|'")


class Content(NamedTuple):
    """Where what was said begins.

    start: offset of its first character. quoted: the marks it stands in, if it does.
    """

    start: int
    quoted: Quoted | None


class Lead(NamedTuple):
    """A verb of saying at token `at`; `limit`: the token where what it leads begins, or where the
    search for it ended: who speaks stands between. content: None if it leads nothing.
    """

    at: int
    form: Form
    limit: int
    content: Content | None


def leads(reading: Reading) -> list[Lead]:
    """All verbs of saying in order; what a قائلا leads is given to the verb it goes on with."""
    found: list[Lead] = []
    for at, form in enumerate(map(SPEECH.get, reading.keys)):
        if form is None or not _is_verb(reading, at, form):
            continue
        if (
            reading.keys[at] in SAYING
            and found
            and found[-1].content is None
            and found[-1].limit == at
        ):
            before = found.pop()
            found.append(before._replace(content=_content(reading, at, form)[1]))
        else:
            found.append(Lead(at, form, *_content(reading, at, form)))
    return found


def _is_verb(reading: Reading, at: int, form: Form) -> bool:
    key, before = reading.keys[at], reading.keys[at - 1] if at else ""
    behind = reading.keys[at + 1] if at + 1 < len(reading.keys) else ""
    if key in IMPERSONAL and (behind in THAT or not behind):
        return False
    if behind == "تعالى" or form.kind == "masdar":
        return behind != "تعالى" and before not in {"حد", "في", "وفي"}
    if before == "من":  # who, or of
        return not form.conjunction and key not in AMBIGUOUS
    if key in _NEAR and behind == "من":
        return False
    if before in NO_VERB_BEHIND and not form.conjunction and reading.gap(at).isspace():
        return False
    if key in AMBIGUOUS:
        starts = at == reading.sentence_start(at) or before in CONNECTIVES
        return starts or bool(COMMAS & set(reading.gap(at))) or "\u0651" in reading.tokens[at].form
    return True


def _content(reading: Reading, at: int, form: Form) -> tuple[int, Content | None]:
    """Where who speaks ends, and what follows."""
    keys, end = reading.keys, reading.sentence_end(at)
    farthest = _FARTHEST_QUOTE if form.takes == "quote" else _FARTHEST
    if keys[at] in _NEAR:
        farthest = _FARTHEST_NEAR
    token = at + 1
    last = min(len(keys), at + 1 + farthest)
    while token <= last:
        behind = reading.behind(token - 1)
        if not behind.isspace():
            skipped = _at_mark(reading, at, token, form)
            if isinstance(skipped, Content):
                return token, skipped
            if skipped > token:
                token = skipped
                continue
        if token >= last or reading.starts[token] >= end:
            break
        key = keys[token]
        if key in OTHER_VERBS:
            break
        if key in SPEECH and key not in AMBIGUOUS and _is_verb(reading, token, SPEECH[key]):
            break
        if key in THAT or key in AND_THAT:
            before = keys[token - 1]
            if before in ENDS_BEHIND:
                break
            if form.takes != "quote" and _is_that(reading, token, form):
                return token, _behind_that(reading, token)
        token += 1
    return min(token, last), None


def _is_that(reading: Reading, token: int, form: Form) -> bool:
    before = reading.keys[token - 1]
    behind = reading.keys[token + 1] if token + 1 < len(reading.keys) else ""
    if behind == "شاء" or before in NOT_THAT_BEHIND:
        return False
    if reading.keys[token] in AND_THAT:
        return bool(COMMAS & set(reading.gap(token)))
    if before in PREPOSITIONS:
        return before in form.prepositions
    return True


def _behind_that(reading: Reading, token: int) -> Content:
    """What was said, behind أن at `token`."""
    start = reading.tokens[token].end
    gap = reading.behind(token)
    start += len(gap) - len(gap.lstrip(" \t:،,"))
    return Content(start, reading.opening.get(start))


def _at_mark(reading: Reading, at: int, token: int, form: Form) -> Content | int:
    """What the punctuation before `token` leads, else the token to go on with."""
    gap_start = reading.tokens[token - 1].end
    gap = reading.behind(token - 1)
    for mark in _MARK.finditer(gap):
        offset = gap_start + mark.start()
        if mark.group() == ":":
            if _is_time(reading, token):
                continue
            return _behind_colon(reading, offset, token)
        if mark.group() == "(":
            return _parenthesis(reading, at, token, offset)
        found = reading.opening.get(offset)
        if found is not None:
            return _marked(reading, at, form, found)
    return token


def _is_time(reading: Reading, token: int) -> bool:
    """Whether a colon before `token` stands between digits."""
    behind = reading.keys[token] if token < len(reading.keys) else ""
    return reading.keys[token - 1][-1:].isdigit() and behind[:1].isdigit()


def _behind_colon(reading: Reading, offset: int, token: int) -> Content | int:
    if token >= len(reading.keys):
        return token
    rest = reading.text[offset + 1 : reading.starts[token]]
    start = offset + 1 + len(rest) - len(rest.lstrip(" \t\n\u00a0-–.:"))
    found = reading.opening.get(start)
    if found is None and rest.strip().startswith("("):
        found = _bracketed(reading, start)
    if found is None and reading.keys[token] in THAT:
        return _behind_that(reading, token)
    return Content(start, found)


def _marked(reading: Reading, at: int, form: Form, found: Quoted) -> Content | int:
    """Words in marks behind a verb without a colon: what was said, or a name."""
    behind = reading.token_at(found.behind)
    words = reading.words(found.start, found.end)
    is_cry = form.takes == "cry" and reading.token_at(found.start) == at + 1
    if words > _NAME_WORDS or (is_cry and words):
        following = reading.keys[behind] if behind < len(reading.keys) else ""
        if following not in THAT or words > 2 * _NAME_WORDS:
            return Content(found.start, found)
    return max(behind, at + 1)


def _parenthesis(reading: Reading, at: int, token: int, offset: int) -> Content | int:
    found = _bracketed(reading, offset)
    if found is None:
        return token
    behind = reading.token_at(found.behind)
    following = reading.keys[behind] if behind < len(reading.keys) else ""
    said = reading.words(found.start, found.end) >= _PARENTHESIS_WORDS and following not in THAT
    if said and not reading.text[found.start].isdigit():
        return Content(found.start, found)
    return max(behind, at + 1)


def _bracketed(reading: Reading, offset: int) -> Quoted | None:
    """Round brackets as quotation marks, as some papers use them."""
    limit = min(len(reading.text), offset + _LONGEST_PARENTHESIS)
    end = reading.text.find(")", offset, limit)
    if end < 0 or "\n" in reading.text[offset:end]:
        return None
    return Quoted(offset + 1, end, offset, end + 1, closed=True, depth=0)
