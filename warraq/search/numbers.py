"""Numbers in what was typed, in digits or words, by the reader that the analysis has."""

from __future__ import annotations

from collections.abc import Sequence

from warraq.analysis.numbers.cardinals import number_at
from warraq.analysis.numbers.phrase import Phrase
from warraq.annotations import TextField
from warraq.search.terms import Number, Word
from warraq.text.letters import PART_MARK
from warraq.text.tokens import Span, tokens

MOST_NUMBERS = 8


def numbers_among(words: Sequence[Word]) -> tuple[Number, ...]:
    """The first numbers that `words` say, in order."""
    text = " ".join(word.text.replace(PART_MARK, " ") for word in words)
    phrase = Phrase(TextField("body", text, tokens(text), []))
    found: list[Number] = []
    behind = 0
    for place in range(len(phrase.tokens)):
        number = number_at(phrase, place) if place >= behind else None
        if number is None:
            continue
        behind = number.last
        said = _within(words, phrase.tokens[place].start, phrase.tokens[number.last - 1].end)
        told = sum(len(tokens(word.text)) for word in said)
        if number.stuck or told > number.last - place:  # 20كم, كوفيد-19
            continue
        found.append(
            Number(
                tuple(word.text for word in said),
                round(number.value, 6),
                span=Span(said[0].span.start, said[-1].span.end),
            )
        )
    return tuple(found[:MOST_NUMBERS])


def _within(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """Those of `words`, with a space between each two, that [start, end) touches."""
    found = []
    at = 0
    for word in words:
        if at < end and start < at + len(word.text):
            found.append(word)
        at += len(word.text) + 1
    return found
