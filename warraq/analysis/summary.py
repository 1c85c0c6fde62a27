"""The step `summary`: two or three whole sentences that an article can be told by.

They are taken out of the body as they stand. A sentence is weighed by its place, by how many of the
words that the article keeps coming back to are in it, and by its likeness to the title (Edmundson,
"New methods in automatic extracting", 1969). One that needs another to be understood is passed
over: وأضاف أن (and he added that), من جانبه (for his part), a quotation that began before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from warraq.analysis.morphology import readings
from warraq.analysis.terms import FOLDER, Word, words
from warraq.annotations import TextField
from warraq.document import Document
from warraq.text.normalize import fold
from warraq.text.tokens import Span, Token

# Sentences of the body → sentences of the summary at most.
_MOST = ((2, 0), (4, 1), (8, 2))
_MOST_OF_ALL = 3
_SHORTEST, _LONGEST = 7, 60  # words
_LONGEST_FIRST = 90  # words of the first sentence, which tells what the others are about
_ENOUGH = 70  # words: after so many, no other sentence
_EASY = 40  # words: more are hard to read at once
_SHORTEST_LINE = 12  # words of a line that ends without a full stop; a shorter one is a heading
_MOST_DIGITS = 0.25  # of the words

_FIRST = 1.0  # what the first sentence gains; others less, by their place
_TITLE = 1.0
_AND = 0.75  # times, where it begins with "and"
_AND_SAID = 0.5
_UNENDED = 0.6  # times, where no full stop ends it
_SPOKEN = 0.7  # times, where most of it is between quotation marks
_QUESTION = 0.5
_REPEATS = 0.6  # of its words are in a sentence that was chosen
_LEAST_OF_BEST = 0.35

_WHOLE = re.compile(r"[.!؟?][\"'»”’)\]]*$")
# Two dots end sentences in some papers; three say that something is left out. After the letter of
# a title (د., Dr.) stands a name; after that of an era (م., AD, behind digits) nothing need follow.
_CUT = re.compile(r"(?:\.{3}|…|:|،|,|؛|;)[\"'»”’)\]]*$|(?<![\d\s])\s+[أ-ي](?:\.[أ-ي])*\.$")
_PIECE = re.compile("[^؛]+")
_NEVER = re.compile(r"https?:|www\.|@|\||©|اقرأ أيض|إقرأ أيض|للمزيد|تابعنا|تصوير\s*:|المصدر\s*:")
_SIGN = re.compile('[«“(»”)"\n]')
_OPENING = "«“("
_QUOTES = '"«»“”'

# Verbs of saying; those with أن (that) or على (on) behind them have left their subject before.
_SAYING = (
    "أضاف تابع قال أوضح أكد أشار ذكر بين لفت شدد نوه واصل استطرد استدرك أردف زاد ختم اختتم صرح "
    "أعرب عبر دعا طالب أفاد اعتبر رأى نبه حذر كشف ألمح مضى أعلن توقع نفى"
)
_SAID = frozenset(
    fold(f"{verb}{ending}") for verb in _SAYING.split() for ending in ("", "ت", "وا", "ا")
)
_THAT = frozenset(
    map(fold, re.findall(r"\w+", "أن إن أنه أنها أنهم أنهما إنه إنها إنهم بأن بأنه إلى على عن"))
)
_LEANING = frozenset(
    tuple(fold(phrase).split())
    for line in (FOLDER / "leaning-beginnings.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for phrase in line.split("|")
)
_LONGEST_BEGINNING = max(map(len, _LEANING))


class _Sentence(NamedTuple):
    """A sentence that may be taken.

    length: of its words, of which `groups` are those that say something. goes_on: whether it begins
    with "and", so that it can follow another, but not be the first.
    """

    number: int
    span: Span
    length: int
    groups: frozenset[str]
    goes_on: bool
    worth: float


def summarise(document: Document) -> None:
    """Sets the field `summary`: sentences of the body with a space between; none, no field."""
    if found := summary(document.text_fields):
        document.fields["summary"] = " ".join(found)


def summary(fields: Sequence[TextField]) -> list[str]:
    """Up to three whole sentences of the body in its order; none if it is short or has none."""
    title = next((field for field in fields if field.name == "title"), None)
    body = next((field for field in fields if field.name == "body"), None)
    if body is None:
        return []
    pieces = _pieces(body)
    most = next((most for count, most in _MOST if len(pieces) < count), _MOST_OF_ALL)
    if not most:
        return []
    in_title = frozenset(_groups(words(title.tokens))) if title else frozenset[str]()
    chosen: list[_Sentence] = []
    sentences = sorted(_weighed(body, pieces, in_title), key=lambda one: -one.worth)
    for sentence in sentences:
        if len(chosen) == most or sentence.worth < _LEAST_OF_BEST * sentences[0].worth:
            break
        if sum(one.length for one in chosen) >= _ENOUGH:
            break
        if not any(_repeats(sentence, other) for other in chosen):
            chosen.append(sentence)
    chosen.sort()
    while chosen and chosen[0].goes_on:
        del chosen[0]
    return [" ".join(body.text[one.span.start : one.span.end].split()) for one in chosen]


def _pieces(body: TextField) -> list[Span]:
    """The sentences of `body`; of one too long, the clauses that ؛ divides."""
    found: list[Span] = []
    longest = _LONGEST_FIRST * 12  # code points, more than any sentence of so many words
    for sentence in body.sentences:
        if sentence.end - sentence.start <= longest:
            found.append(sentence)
            continue
        for part in _PIECE.finditer(body.text, sentence.start, sentence.end):
            text = part.group()
            start = part.start() + len(text) - len(text.lstrip())
            found.append(Span(start, max(start, part.start() + len(text.rstrip()))))
    return found


def _weighed(body: TextField, pieces: Sequence[Span], title: frozenset[str]) -> list[_Sentence]:
    found = words(body.tokens)
    counts = Counter(_groups(found))
    central = {group: count * _rarity(count) for group, count in counts.items() if count > 1}
    top = sum(sorted(central.values())[-10:]) or 1.0
    quoted = _inside_quotations(body, pieces)
    sentences: list[_Sentence] = []
    first = place = 0
    for number, span in enumerate(pieces):
        while first < len(body.tokens) and body.tokens[first].start < span.start:
            first += 1
        last = first
        while last < len(body.tokens) and body.tokens[last].end <= span.end:
            last += 1
        tokens, there = body.tokens[first:last], found[first:last]
        first = last
        if len(tokens) < _SHORTEST:
            continue
        text = body.text[span.start : span.end]
        place += 1
        groups = frozenset(_groups(there))
        if quoted[number] or not _whole(text, len(tokens), first=place == 1):
            continue
        if not _stands_alone(text, tokens):
            continue
        worth = _FIRST / place
        worth += sum(central.get(group, 0.0) for group in groups) / top
        worth += _TITLE * len(groups & title) / max(len(title), 1)
        goes_on = _goes_on(tokens[0])
        worth *= _manner(text, tokens, goes_on=goes_on)
        sentences.append(_Sentence(number, span, len(tokens), groups, goes_on, worth))
    return sentences


def _rarity(count: int) -> float:
    return 1.0 if count > 2 else 0.7


def _groups(found: Sequence[Word | None]) -> list[str]:
    return [word.group for word in found if word is not None and not word.stop]


def _inside_quotations(body: TextField, pieces: Sequence[Span]) -> list[bool]:
    """Of each piece: whether a quotation or bracket goes on at its beginning or at its end."""
    signs = [(found.start(), found.group()) for found in _SIGN.finditer(body.text)]
    found: list[bool] = []
    depth, straight, at = 0, False, 0
    for span in pieces:
        before = depth > 0 or straight
        while at < len(signs) and signs[at][0] < span.end:
            place, sign = signs[at]
            at += 1
            if sign == "\n":
                depth, straight = 0, False
            elif sign == '"':
                straight = not straight
            else:
                depth += 1 if sign in _OPENING else -1
            if place < span.start:
                before = depth > 0 or straight
        found.append(before or depth != 0 or straight)
        depth = max(depth, 0)
    return found


def _whole(text: str, length: int, *, first: bool) -> bool:
    """Whether `text`, of `length` words, is a sentence: neither cut nor a heading nor endless."""
    if (
        not _SHORTEST <= length <= (_LONGEST_FIRST if first else _LONGEST)
        or _NEVER.search(text)
        or _CUT.search(text[-12:])
    ):
        return False
    return bool(_WHOLE.search(text[-6:])) or length >= _SHORTEST_LINE


def _stands_alone(text: str, tokens: Sequence[Token]) -> bool:
    if text[:1] in "-–•*،؛:.)" or tokens[0].form[:1].isdigit() or len(tokens[0].form) == 1:
        return False
    keys = tuple(fold(token.key) for token in tokens[:_LONGEST_BEGINNING])
    if any(keys[:length] in _LEANING for length in range(1, _LONGEST_BEGINNING + 1)):
        return False
    verb = keys[0][1:] if keys[0][:1] in "وف" and keys[0] not in _SAID else keys[0]
    if verb in _SAID and keys[1] in _THAT:
        return False
    digits = sum(token.form[:1].isdigit() for token in tokens)
    return digits <= _MOST_DIGITS * len(tokens)


def _goes_on(token: Token) -> bool:
    """Whether it is و (and) with a word behind it, not a word whose own letter that is."""
    found = readings(token.form) if token.key.startswith("و") else ()
    return bool(found) and not found[0].stem.startswith("و")


def _manner(text: str, tokens: Sequence[Token], *, goes_on: bool) -> float:
    """What its form takes from a sentence's worth, as a factor."""
    factor = min(1.0, _EASY / len(tokens))
    if goes_on:
        factor *= _AND_SAID if fold(tokens[0].key)[1:] in _SAID else _AND
    if not _WHOLE.search(text[-6:]):
        factor *= _UNENDED
    if text[0] in _QUOTES:
        factor *= _SPOKEN
    if text.rstrip(_QUOTES).endswith(("؟", "?")):
        factor *= _QUESTION
    return factor


def _repeats(sentence: _Sentence, other: _Sentence) -> bool:
    shared = len(sentence.groups & other.groups)
    return shared > _REPEATS * min(len(sentence.groups), len(other.groups))
