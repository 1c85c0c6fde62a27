"""From a verb of saying to what it leads: أن, a colon or quotation marks, within the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from warraq.analysis.quotations.openings import Content, at_mark, behind_that
from warraq.analysis.quotations.reading import COMMAS, Reading
from warraq.analysis.quotations.sources import source_at
from warraq.analysis.quotations.verbs import AMBIGUOUS, SPEECH, Form
from warraq.analysis.quotations.words import (
    AND_THAT,
    CLAUSE_NOUNS,
    CONNECTIVES,
    ENDS_BEHIND,
    IMPERSONAL,
    LEADING_BACK,
    NO_VERB_BEHIND,
    NOT_THAT_BEHIND,
    OTHER_VERBS,
    PREPOSITIONS,
    SAYING,
    TEXTS,
    THAT,
    WHILE,
    joined,
)

_FARTHEST = 40
"""Tokens between a verb and what it leads: long titles and names stand there."""
_FARTHEST_QUOTE = 14
"""The same for verbs that lead only quotations, most of which mean something else elsewhere."""
_FARTHEST_NEAR = 7
_NEAR = joined("بين يعتبر تعتبر أقر أقرت")
"""Between, is considered, passed a law: they lead something near, if they say anything."""
_WRITTEN_IN = frozenset(["في", "ضمن"])
_SAYS = frozenset(["يقول", "تقول", "يقولون"])  # وكتبت تقول (and she wrote, saying)
_PARENTHESIS = 12  # tokens of "، وفق ما نقلت الصحيفة،"
_SHADDA = "\u0651"
_BEFORE_CLAUSE = CONNECTIVES | LEADING_BACK
_BEFORE_VERB = CONNECTIVES - WHILE
_GOING_ON = SAYING | _SAYS


class Lead(NamedTuple):
    """A verb of saying at token `at`.

    limit: the token where what it leads begins, or where the search for that ended; who speaks
    stands before it. content: None if the verb leads nothing.
    """

    at: int
    form: Form
    limit: int
    content: Content | None


def leads(reading: Reading, verbs: Sequence[int]) -> list[Lead]:
    """All verbs of saying in order; what a قائلا leads is given to the verb it goes on with.

    verbs: the tokens that look like one.
    """
    found: list[Lead] = []
    for at in verbs:
        form = SPEECH[reading.keys[at]]
        if not _is_verb(reading, at, form):
            continue
        limit, content = _content(reading, at, form)
        if reading.keys[at] in _GOING_ON and found and _goes_on(reading, found[-1], at):
            found[-1] = found[-1]._replace(content=content)
        else:
            found.append(Lead(at, form, limit, content))
    return found


def _goes_on(reading: Reading, before: Lead, at: int) -> bool:
    """Whether قائلا at `at` belongs to the verb before: أوضح المدير قائلا: …"""
    near = reading.keys[at] in SAYING or (before.at == at - 1 and before.form.kind == "finite")
    return near and before.content is None and before.limit == at and before.form.takes != "source"


def _is_verb(reading: Reading, at: int, form: Form) -> bool:  # noqa: PLR0911
    key, before = reading.keys[at], reading.keys[at - 1] if at else ""
    behind = reading.keys[at + 1] if at + 1 < len(reading.keys) else ""
    if form.takes == "text":  # جاء في البيان, also كما جاء في
        return behind in _WRITTEN_IN and reading.keys[min(at + 2, len(reading.keys) - 1)] in TEXTS
    if (key in IMPERSONAL and (behind in THAT or not behind)) or behind == "تعالى":
        return False
    if form.kind == "masdar":
        return before not in {"حد", "في", "وفي"}
    if key in _NEAR and behind == "من":
        return False
    if before == "من" and not form.conjunction:  # who, or of
        return key not in AMBIGUOUS
    if before in NO_VERB_BEHIND and not form.conjunction and reading.gap(at).isspace():
        return False
    return key not in AMBIGUOUS or _begins_clause(reading, at)


def _begins_clause(reading: Reading, at: int) -> bool:
    """Whether an ambiguous word at `at` stands where a verb does, or shows that it is one."""
    return (
        at == reading.sentence_start(at)
        or reading.keys[at - 1] in _BEFORE_CLAUSE
        or bool(COMMAS & set(reading.gap(at)))
        or _SHADDA in reading.tokens[at].form
    )


def _content(reading: Reading, at: int, form: Form) -> tuple[int, Content | None]:
    """Where who speaks ends, and what follows."""
    keys, end = reading.keys, reading.sentence_end(at)
    farthest = _FARTHEST_QUOTE if form.takes == "quote" else _FARTHEST
    near = keys[at] in _NEAR and not _is_surely_verb(reading, at)
    last = min(len(keys), at + 1 + (_FARTHEST_NEAR if near else farthest))
    token, same_clause = at + 1, True
    while token <= last:
        if not reading.behind(token - 1).isspace():
            marked = at_mark(reading, at, token, form)
            if isinstance(marked, Content):
                return token, marked
            if marked > token:
                token = marked
                continue
        if token >= last or reading.starts[token] >= end:
            break
        if behind := _behind_parenthesis(reading, token, last):
            token = behind
            continue
        if _ends_search(reading, token):
            break
        same_clause = same_clause and not _begins_another(reading, token)
        if form.takes != "quote" and _is_that(reading, token, form, same_clause=same_clause):
            return token, behind_that(reading, token)
        token += 1
    return min(token, last), None


def _is_surely_verb(reading: Reading, at: int) -> bool:
    """Whether بين is no preposition: it is written بيّن, or behind من جهته, or it begins with و."""
    begins = at == reading.sentence_start(at)
    return (
        _SHADDA in reading.tokens[at].form
        or (begins and SPEECH[reading.keys[at]].conjunction)
        or (not begins and reading.keys[at - 1] in _BEFORE_VERB)
    )


def _behind_parenthesis(reading: Reading, token: int, last: int) -> int:
    """Behind "، وفق ما نقلت الصحيفة،" at `token`; 0 if none stands there."""
    if not COMMAS & set(reading.gap(token)) or source_at(reading, token) is None:
        return 0
    for behind in range(token + 2, min(last, token + _PARENTHESIS)):
        if COMMAS & set(reading.gap(behind)):
            return behind
    return 0


def _ends_search(reading: Reading, token: int) -> bool:
    """Whether what follows belongs to another verb, or to none."""
    key = reading.keys[token]
    if key in SPEECH and key not in AMBIGUOUS and _is_verb(reading, token, SPEECH[key]):
        return True
    return key in OTHER_VERBS or (key in THAT and reading.keys[token - 1] in ENDS_BEHIND)


def _begins_another(reading: Reading, token: int) -> bool:
    """Whether a clause of its own seems to begin: …، وقام بزيارة …"""
    key = reading.keys[token]
    return (
        key.startswith("و")
        and len(key) > 3
        and key not in AND_THAT
        and key not in CLAUSE_NOUNS
        and bool(COMMAS & set(reading.gap(token)))
        and not key.startswith("وال")
    )


def _is_that(reading: Reading, token: int, form: Form, *, same_clause: bool) -> bool:
    """Whether an أن at `token` belongs to a verb of the form `form`."""
    key, before = reading.keys[token], reading.keys[token - 1]
    if key not in THAT and key not in AND_THAT:
        return False
    behind = reading.keys[token + 1] if token + 1 < len(reading.keys) else ""
    gap = reading.gap(token)
    if behind == "شاء" or (before in NOT_THAT_BEHIND and gap.isspace()):
        return False
    if key in AND_THAT:
        return bool(COMMAS & set(gap))
    if before in PREPOSITIONS:
        return same_clause and before in form.prepositions
    return same_clause
