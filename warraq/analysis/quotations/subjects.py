"""The subject of a verb: a person, a body or a noun phrase, behind the verb or before it."""

from __future__ import annotations

from collections.abc import Sequence

from warraq.analysis.quotations.names import Names
from warraq.analysis.quotations.phrases import (
    LONGEST_NAME,
    NO_PHRASE,
    behind_time,
    is_definite,
    noun_phrase,
)
from warraq.analysis.quotations.reading import COMMAS, Reading
from warraq.analysis.quotations.verbs import AMBIGUOUS, SPEECH
from warraq.analysis.quotations.words import (
    ADVERBIAL,
    BLOCKING,
    HOUSEHOLD,
    LOYAL,
    MANNER,
    NO_PERSON_BEHIND,
    OBJECTS,
    PART_OF_PHRASE,
    PREPOSITIONS,
    PRONOUN_PHRASES,
    RELATIVE,
    SKIPPED,
    TIMES,
    TITLES,
)
from warraq.annotations import Entity
from warraq.text.lexicon import lexicon_key

_FAR_BACK = 12
_FAR_PERSON = 30
_MOST_TITLES = 5
_NO_NAMES = frozenset(["كل"])  # what is left of كل يوم (every day)
_THEIRS = ("ته", "تها", "تهم", "لده", "لدها", "نفسه", "نفسها")  # لصديقته (to his friend)
_LIKE_TO_THEIRS = frozenset(["لجنته", "لجنتها", "لجنتهم", "لاعبته", "لاعبتها"])
_THIS = frozenset(["هذا", "هذه", "تلك"])  # تقول هذه المصادر (these sources say)
_TANWIN = ("ًا", "اً")


class Subjects:
    """Those that a field names."""

    def __init__(self, reading: Reading, entities: Sequence[Entity]) -> None:
        self._reading = reading
        self.names = Names(reading.name, entities)

    def behind(self, at: int, limit: int, *, apposition: bool) -> str | None:
        """Who is named between the verb at `at` and the token `limit`.

        apposition: whether a comma may stand right behind the verb.
        """
        reading = self._reading
        first = self._behind_adverbs(at + 1, limit)
        first = self._behind_adverbs(self._behind_addressee(first, limit), limit)
        if first >= limit or reading.starts[first] >= reading.sentence_end(at):
            return None
        if COMMAS & set(reading.gap(first)) and not apposition:
            return None
        return self.named(first, limit)

    def source(self, first: int, limit: int) -> str | None:
        """The person, body or noun at `first`, with the preposition of وفقا ل or without."""
        named = self.named(first, limit)
        key = self._reading.keys[first] if first < min(limit, len(self._reading.keys)) else ""
        if not key.startswith("ل") or (named and not named.startswith("ل")):
            return named
        phrase = noun_phrase(self._reading, first, limit)[1:]
        if phrase.startswith("ل"):
            phrase = f"ا{phrase}"
        return self.names.canonical(phrase, self._reading.starts[first])

    def _behind_adverbs(self, first: int, limit: int) -> int:
        keys = self._reading.keys
        while first < limit:
            if keys[first] in SKIPPED:
                first += 1
            elif keys[first] == "من" and first + 1 < limit and keys[first + 1] in PRONOUN_PHRASES:
                first += 2
            elif keys[first] in _THIS and first + 1 < limit and is_definite(keys[first + 1]):
                first += 1 + (keys[first + 1] in TIMES)
            elif behind := behind_time(self._reading, first, limit):
                first = behind
            else:
                break
        return first

    def _behind_addressee(self, first: int, limit: int) -> int:
        """Behind لـ«الرياض» or لوكالة الأناضول, to whom somebody spoke."""
        reading = self._reading
        if first >= limit or not reading.keys[first].startswith("ل"):
            return first
        if len(reading.keys[first]) == 1 and first + 1 < limit:
            found = reading.opening.get(reading.starts[first + 1] - 1)
            if found is not None:
                return min(limit, reading.token_at(found.behind))
        for one in reading.entities_between(first, first + 2):
            if one.type == "organization" and reading.starts[first] < one.start:
                return min(limit, reading.token_at(one.end))
        return first

    def named(self, first: int, limit: int) -> str | None:
        """The person, body or noun that the tokens [first, limit) begin with.

        None if who speaks is named elsewhere, "" if it is somebody without a name (قال %43).
        """
        reading = self._reading
        limit = min(limit, len(reading.keys))
        if first >= limit:
            return None
        for one in reading.entities_between(first, first + 1):
            if one.start < reading.tokens[first].end and not self._goes_on(one):
                return self.names.of(one)
        if self._is_no_subject(first, limit):
            return None
        key = reading.keys[first]
        if len(key) <= 2 and key in TITLES and first + 1 < limit:  # د. فلان
            first += 1
            key = reading.keys[first]
        if key in NO_PHRASE:
            return self._right_before(first, limit)
        person = None
        if key not in HOUSEHOLD:
            person = self._person(first, limit) or self._right_before(first, limit)
        return person or self._noun(first, limit)

    def _is_no_subject(self, first: int, limit: int) -> bool:
        """Whether what begins at `first` is an object, a time, a verb or led by a preposition."""
        key = self._reading.keys[first]
        return (
            key in OBJECTS
            or key in MANNER
            or key.startswith(("لل", "بال"))
            or (key.startswith("ل") and key.endswith(_THEIRS) and key not in _LIKE_TO_THEIRS)
            or self._reading.tokens[first].form.endswith(_TANWIN)
            or bool(behind_time(self._reading, first, limit))
            or (key in SPEECH and key not in AMBIGUOUS)
        )

    def _noun(self, first: int, limit: int) -> str | None:
        """Whom the noun phrase at `first` means; "" if it is only a number."""
        phrase = noun_phrase(self._reading, first, limit)
        start = self._reading.starts[first]
        if self._reading.keys[first].isdigit() and not any(map(str.isalpha, phrase)):
            return ""
        return None if phrase in _NO_NAMES else self.names.canonical(phrase, start)

    @staticmethod
    def _goes_on(body: Entity) -> bool:
        """Whether a name is longer than the entity: القوات الموالية لحكومة الوفاق."""
        return body.text.count('"') % 2 == 1 or lexicon_key(body.text.split()[-1]) in LOYAL

    def _right_before(self, first: int, limit: int) -> str | None:
        """قال في تصريح المتحدث فلان إن: a person right before أن."""
        last = max(first, limit - _MOST_TITLES)
        for one in self._reading.entities_between(last, limit):
            ends = self._reading.token_at(one.end) == limit
            if one.type == "person" and ends and not self._is_blocked(one, first):
                return self.names.of(one)
        return None

    def _person(self, first: int, limit: int) -> str | None:
        """The first person of a noun phrase: المتحدث باسم الجيش، اللواء فلان."""
        reading = self._reading
        for token in range(first, min(limit, first + _FAR_PERSON)):
            if reading.keys[token] in NO_PERSON_BEHIND:
                limit = token
                break
        for one in reading.entities_between(first, min(limit, first + _FAR_PERSON)):
            if one.type != "person" or self._is_blocked(one, first):
                continue
            before = reading.text[reading.starts[first] : one.start]
            comma = max(map(before.rfind, COMMAS))
            if comma < 0 or len(before[comma:].split()) <= _MOST_TITLES:
                return self.names.of(one)
        return None

    def first_person(self, first: int, limit: int) -> str | None:
        """The first person in the tokens [first, limit) who may be a subject."""
        for one in self._reading.entities_between(first, limit):
            if one.type == "person" and not self._is_blocked(one):
                return self.names.of(one)
        return None

    def _is_blocked(self, person: Entity, first: int = 0) -> bool:
        """Whether what stands before a person, from `first` on, tells that another speaks."""
        reading = self._reading
        token = reading.token_at(person.start + 1) - 1
        if token < first:
            return False
        proclitics = reading.text[reading.starts[token] : person.start]
        if any(letter in proclitics for letter in "لبك"):
            return True
        token -= 1
        for _ in range(_MOST_TITLES):
            if token >= first and reading.keys[token] in TITLES:
                token -= 1
        return token >= first and reading.keys[token] in BLOCKING

    def before(self, at: int, sentence: int) -> str | None:
        """The subject before its verb: الوزير أكد أن, المراسل الذي صاح."""
        reading = self._reading
        last = at
        if last > sentence and reading.keys[last - 1] in RELATIVE:
            last -= 1
        elif at > sentence and reading.gap(at).strip():
            return self._in_marks(at)
        first = self._clause(max(sentence, at - _FAR_BACK), last, at)
        if last == at and first < last and reading.keys[first] in ADVERBIAL:
            return None
        for one in reversed(reading.entities_between(first, last)):
            is_person = one.type == "person" and not self._is_blocked(one)
            if is_person or reading.token_at(one.end) == last:
                return self.names.of(one)
        return self._definite(first, last)

    def _clause(self, first: int, last: int, at: int) -> int:
        """The first token of the clause of `last`, as far as commas tell."""
        for token in range(min(last, at - 1), first, -1):
            if COMMAS & set(self._reading.gap(token)):
                return token
        return first

    def _in_marks(self, at: int) -> str | None:
        """«الرياض» أكدت أن: a name in marks right before the verb."""
        reading = self._reading
        found = reading.around(reading.tokens[at - 1].start)
        if found is None or reading.words(found.start, found.end) > LONGEST_NAME:
            return None
        return self.names.canonical(reading.text[found.start : found.end], found.start)

    def _definite(self, first: int, last: int) -> str | None:
        """A noun with its adjectives in the tokens [first, last), which ends there."""
        reading, token = self._reading, last
        while token > first and is_definite(reading.keys[token - 1]):
            token -= 1
        if token == last or behind_time(self._reading, token, last):
            return None
        before = reading.keys[token - 1] if token > first else ""
        if token == last - 1 and len(before) > 2 and before not in NO_PHRASE | PART_OF_PHRASE:
            token -= 1
        elif before in PREPOSITIONS and last - token == 1:
            return None
        phrase = reading.text[reading.starts[token] : reading.tokens[last - 1].end]
        return self.names.canonical(phrase, reading.starts[token])
