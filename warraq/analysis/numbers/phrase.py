"""A field as the grammar of numbers walks through it: tokens by place, and what parts them."""

from __future__ import annotations

from functools import lru_cache

from warraq.analysis.numbers.digits import FIRST_OR_LAST, Digits, digits_in
from warraq.analysis.numbers.words import WORDS, NumberWord
from warraq.annotations import TextField
from warraq.text.letters import BLANKS, INVISIBLE, MARKS, TATWEEL
from warraq.text.normalize import fold

_BLANK = BLANKS + TATWEEL + "".join(sorted(INVISIBLE))
_fold = lru_cache(1 << 14)(fold)
_digits_in = lru_cache(1 << 12)(digits_in)
_AT_BORDERS = 8
_UNSEEN = MARKS | INVISIBLE | {TATWEEL}


class Phrase:
    """Places are indices of tokens; one that is out of the text has the key ""."""

    def __init__(self, field: TextField) -> None:
        self.field = field
        self.text = field.text
        self.tokens = field.tokens

    def key(self, place: int) -> str:
        return self.tokens[place].key if 0 <= place < len(self.tokens) else ""

    def folded(self, place: int) -> str:
        """The key in its search form, in which ة is ه and ئ is ي."""
        return _fold(self.key(place))

    def form(self, place: int) -> str:
        return self.tokens[place].form if 0 <= place < len(self.tokens) else ""

    def word(self, place: int) -> NumberWord | None:
        return WORDS.get(self.key(place))

    def digits(self, place: int) -> Digits | None:
        form = self.form(place)
        if form and (form[0] in FIRST_OR_LAST or form[-1] in FIRST_OR_LAST):
            return _digits_in(form)
        return None

    def gap(self, place: int) -> str:
        """What parts the token from the one before, without blanks; "\\n" at the borders."""
        if not 0 <= place <= len(self.tokens) or not self.tokens:
            return "\n"
        if place == 0:
            start = self.tokens[0].start
            return "\n" + self.text[max(0, start - _AT_BORDERS) : start].strip(_BLANK)
        if place == len(self.tokens):
            end = self.tokens[-1].end
            return self.text[end : end + _AT_BORDERS].strip(_BLANK) + "\n"
        return self.text[self.tokens[place - 1].end : self.tokens[place].start].strip(_BLANK)

    def follows(self, place: int) -> bool:
        """Whether nothing but blanks parts the token from the one before."""
        return not self.gap(place)

    def behind_clitics(self, place: int, letters: int) -> int:
        """Where in the text the token begins behind its first `letters`."""
        token = self.tokens[place]
        at = 0
        while letters > 0 and at < len(token.form):
            letters -= token.form[at] not in _UNSEEN
            at += 1
        while 0 < at < len(token.form) and token.form[at] in _UNSEEN:
            at += 1
        return token.start + at
