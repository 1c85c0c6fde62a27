"""Who speaks: the subject of a verb of saying, before or behind it, or who spoke last."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from warraq.analysis.quotations.leads import Lead
from warraq.analysis.quotations.reading import COMMAS, Reading
from warraq.analysis.quotations.verbs import SPEECH, Gender
from warraq.analysis.quotations.words import (
    BLOCKING,
    CONNECTIVES,
    HOUSEHOLD,
    LOYAL,
    NO_PERSON_BEHIND,
    OBJECTS,
    PART_OF_PHRASE,
    PHRASE_ENDS,
    PREPOSITIONS,
    RELATIVE,
    SKIPPED,
    THAT,
    TITLES,
)
from warraq.annotations import Entity
from warraq.text.lexicon import lexicon_key
from warraq.text.normalize import fold

_LONGEST_PHRASE = 9  # tokens
_FAR_BACK = 12
_NEAR_SUBJECT = 4
_LONGEST_SENTENCE = 150  # tokens; a longer one is about nobody
_MOST_TITLES = 5
_LONGEST_NAME = 4  # tokens in marks
_STRIPPED = " \t\n\u00a0«»\"“”„‟'‘’()[]،,؛;:.-–ـ"
_PRONOUN_PHRASES = frozenset(("جهته", "جهتها", "جانبه", "جانبها", "جهتهم", "جانبهم"))


def _is_short_for(one: str, other: str) -> bool:
    """Whether all parts of a name are parts of the other."""
    return set(fold(one).split()) <= set(fold(other).split())


def _first_word(name: str) -> str:
    return (fold(name).split() or [""])[0]


class Speaker(NamedTuple):
    """name: canonical of an entity, or the noun as it stands. sentence: where it was said."""

    name: str
    gender: Gender
    sentence: int


class Speakers:
    """Those of a field, in the order in which its verbs are asked for."""

    def __init__(self, reading: Reading, entities: Iterable[Entity]) -> None:
        self._reading = reading
        self._persons: dict[str, str | None] = {}
        self._bodies: dict[str, list[tuple[int, str]]] = {}
        for one in entities:
            if one.type == "person":
                self._add_person(one.name)
            elif one.type == "organization":
                place = one.start if one.field == reading.name else -1
                self._bodies.setdefault(_first_word(one.name), []).append((place, one.name))
        for places in self._bodies.values():
            places.sort()
        self._first_person = next((one for one in reading.entities if one.type == "person"), None)
        self._said: list[Speaker] = []

    def _add_person(self, name: str) -> None:
        """The last part of a name stands for the person, unless two have it."""
        last = fold(name).split()[-1:]
        for part in last:
            known = self._persons.setdefault(part, name)
            if known is None or _is_short_for(name, known):
                continue
            self._persons[part] = name if _is_short_for(known, name) else None

    def of(self, lead: Lead) -> str | None:
        """Who speaks with the verb of `lead`; remembers it for the verbs behind."""
        reading, at, form = self._reading, lead.at, lead.form
        sentence = reading.sentence_start(at)
        named: str | None = None
        if form.takes == "source" or form.kind == "masdar":
            named = self._behind_from(lead, sentence)
        elif form.kind == "finite" or self._names_subject(lead):
            named = self._behind_verb(lead)
        if named is None and form.kind == "finite" and not form.conjunction:
            if at and reading.keys[at - 1] == "من":
                return None  # من يقول: somebody
            named = self._before_verb(at, sentence)
        if named is None:
            return self._last(lead, sentence)
        if (
            lead.content is not None
            or (form.past and form.takes == "that")
            or form.takes == "quote"
        ):
            self._said.append(Speaker(named, form.gender, sentence))
        return named

    def _names_subject(self, lead: Lead) -> bool:
        """Whether a participle is followed by who says it (موضحة الوزارة أن), not what."""
        reading, first = self._reading, lead.at + 1
        if lead.content is None or not first < lead.limit <= first + _NEAR_SUBJECT:
            return False
        return reading.keys[first].startswith("ال") or bool(
            reading.entities_between(first, first + 1)
        )

    def phrase(self, first: int, limit: int) -> str | None:
        """Who is named from token `first` on."""
        return self._named(first, min(limit, len(self._reading.keys)))

    def _last(self, lead: Lead, sentence: int) -> str | None:
        """Who spoke last, as the gender of the verb allows; else whom the sentence is about."""
        gender = lead.form.gender
        agreeing = [one for one in self._said[-6:] if gender in {one.gender, "p"}]
        last = agreeing[-1] if agreeing else None
        if lead.form.kind == "participle" and not COMMAS & set(self._reading.gap(lead.at)):
            about = self._clause_topic(sentence, lead.at)
            if about is not None:
                self._said.append(Speaker(about, gender, sentence))
                return about
        if last is not None and last.sentence == sentence:
            return last.name
        if lead.at > sentence:
            about = self._topic(sentence, lead.at)
            if about is not None:
                self._said.append(Speaker(about, gender, sentence))
                return about
        if last is not None:
            return last.name
        if self._said:
            return self._said[-1].name
        first = self._first_person
        before = first is not None and first.start < self._reading.starts[lead.at]
        return first.name if first and before else None

    def _topic(self, sentence: int, at: int) -> str | None:
        """The subject of a sentence whose verb is no verb of saying: شكا الأهالي …، وأكدوا أن …"""
        reading = self._reading
        if at - sentence > _LONGEST_SENTENCE:
            return None
        for one in reading.entities_between(sentence, at):
            if one.type == "person" and not self._blocked(one):
                return one.name
        first = sentence
        while first < at and reading.keys[first] in CONNECTIVES | SKIPPED | _PRONOUN_PHRASES:
            first += 1
        for start in (first + 1, first):
            for one in reading.entities_between(start, start + 1):
                if one.type == "organization" and one.start < reading.tokens[start].end:
                    return one.name
        if first + 1 < at and not reading.keys[first].startswith("ال"):
            return self._named(first + 1, at)
        return None

    def _clause_topic(self, sentence: int, at: int) -> str | None:
        """The subject of the clause of a participle: …، وحملت فئة ثالثة اللاعبين، مشيرة إلى …"""
        reading = self._reading
        for token in range(at, max(sentence, at - 2 * _FAR_BACK), -1):
            if COMMAS & set(reading.gap(token)):
                key = reading.keys[token]
                if key.startswith("و") and key not in SPEECH and len(key) > 3 and token + 1 < at:
                    return self._named(token + 1, at)
                return None
        return None

    def _behind_from(self, lead: Lead, sentence: int) -> str | None:
        """نقلت الوكالة عن فلان قوله: behind عن."""
        reading = self._reading
        if lead.form.takes == "source":
            places = range(lead.at + 1, lead.limit)
        else:
            places = range(lead.at - 1, max(sentence, lead.at - 3 * _FAR_BACK) - 1, -1)
        for token in places:
            if reading.keys[token] == "عن":
                last = lead.limit if lead.form.takes == "source" else lead.at
                return self._named(token + 1, last)
        return None

    def _behind_verb(self, lead: Lead) -> str | None:
        reading, limit = self._reading, lead.limit
        first = self._behind_addressee(self._behind_adverbs(lead.at + 1, limit), limit)
        first = self._behind_adverbs(first, limit)
        if first >= limit:
            return None
        if reading.starts[first] >= reading.sentence_end(lead.at):
            return None
        if COMMAS & set(reading.gap(first)) and lead.content is None:
            return None
        return self._named(first, limit)

    def _behind_adverbs(self, first: int, limit: int) -> int:
        keys = self._reading.keys
        while first < limit:
            if keys[first] in SKIPPED:
                first += 1
            elif keys[first] == "من" and first + 1 < limit and keys[first + 1] in _PRONOUN_PHRASES:
                first += 2
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

    def _named(self, first: int, limit: int) -> str | None:
        """The person, body or noun that the tokens [first, limit) begin with."""
        reading = self._reading
        if first >= limit or first >= len(reading.keys):
            return None
        starting = [
            one
            for one in reading.entities_between(first, first + 1)
            if one.start < reading.tokens[first].end
        ]
        if starting and not self._goes_on(starting[0]):
            return starting[0].name
        key, form = reading.keys[first], reading.tokens[first].form
        if key in OBJECTS or key.startswith("لل") or form.endswith(("ًا", "اً")):
            return None
        if len(key) <= 2 and key in TITLES and first + 1 < limit:
            first += 1  # د. فلان
            key = reading.keys[first]
        if key in PREPOSITIONS or key in PHRASE_ENDS or key == "في" or key in THAT:
            return self._right_before(first, limit)
        if key not in HOUSEHOLD:
            person = self._person(first, limit)
            if person is not None:
                return person
        return self._canonical(self._noun_phrase(first, limit), first)

    def _goes_on(self, body: Entity) -> bool:
        """Whether a name is longer than the entity: القوات الموالية لحكومة الوفاق."""
        return lexicon_key(body.text.split()[-1]) in LOYAL

    def _right_before(self, first: int, limit: int) -> str | None:
        """قال في تصريح المتحدث فلان إن: a person right before أن."""
        for one in self._reading.entities_between(first, limit):
            ends = self._reading.token_at(one.end) == limit
            if one.type == "person" and ends and not self._blocked(one):
                return one.name
        return None

    def _person(self, first: int, limit: int) -> str | None:
        """The first person of a noun phrase: المتحدث باسم الجيش، اللواء فلان."""
        reading = self._reading
        for token in range(first, min(limit, first + 30, len(reading.keys))):
            if reading.keys[token] in NO_PERSON_BEHIND:
                limit = token
                break
        for one in reading.entities_between(first, limit):
            if one.type != "person" or self._blocked(one):
                continue
            before = reading.text[reading.starts[first] : one.start]
            comma = max(map(before.rfind, COMMAS))
            if comma < 0 or len(before[comma:].split()) <= _MOST_TITLES:
                return one.name
        return None

    def _blocked(self, person: Entity) -> bool:
        """Whether what stands before a person and titles tells that another speaks."""
        reading = self._reading
        token = reading.token_at(person.start + 1) - 1
        if token < 0:
            return False
        proclitics = reading.text[reading.starts[token] : person.start]
        if any(letter in proclitics for letter in "لبك"):
            return True
        token -= 1
        for _ in range(_MOST_TITLES):
            if token >= 0 and reading.keys[token] in TITLES:
                token -= 1
        return token >= 0 and reading.keys[token] in BLOCKING

    def _noun_phrase(self, first: int, limit: int) -> str:
        reading = self._reading
        last = first
        while last < min(limit, first + _LONGEST_PHRASE, len(reading.keys)):
            key = reading.keys[last]
            if last > first:
                found = self._quoted_name(last)
                if found:
                    last = min(found, limit)
                    continue
                if reading.gap(last).strip() not in {"", "ـ"}:
                    break
                if key in PART_OF_PHRASE and not self._is_indefinite(first, last):
                    break
            elif self._quoted_name(first):
                last = min(self._quoted_name(first), limit)
                break
            if key in PHRASE_ENDS or (key in SPEECH and last > first and SPEECH[key].conjunction):
                break
            last += 1
        if last == first:
            return ""
        start, end = reading.starts[first], reading.tokens[last - 1].end
        around = reading.text[end : end + 1] in {'"', "»", "”"} and reading.around(end - 1)
        if around and around.start > start:
            end += 1
        return reading.text[start:end].strip(_STRIPPED if not around else " ")

    def _quoted_name(self, token: int) -> int:
        """Behind a name in marks that begins at `token`: شركة "وان بلاس"; 0 if there is none."""
        reading = self._reading
        found = reading.opening.get(reading.starts[token] - 1)
        if found is None or reading.words(found.start, found.end) > _LONGEST_NAME:
            return 0
        return reading.token_at(found.behind)

    def _is_indefinite(self, first: int, last: int) -> bool:
        words = self._reading.keys[first:last]
        return len(words) <= 2 and not any(word.startswith("ال") for word in words)

    def _canonical(self, phrase: str, at: int) -> str | None:
        """The person whose last name it is, or the body just named of its kind (الوزارة)."""
        bare = phrase.strip(_STRIPPED)
        words = fold(bare).split()
        while len(words) > 1 and words[0] in _FOLDED_TITLES:
            words = words[1:]
        if not words:
            return None
        if len(words) == 1:
            person = self._persons.get(words[0])
            if person:
                return person
            if words[0].startswith("ال"):
                return self._body(words[0][2:], at) or bare
        return phrase if len(words) > 1 else bare

    def _body(self, kind: str, at: int) -> str | None:
        places = self._bodies.get(kind, [])
        before = bisect_left(places, (self._reading.starts[at], ""))
        return places[before - 1][1] if before else None

    def _before_verb(self, at: int, sentence: int) -> str | None:
        """The subject before its verb: الوزير أكد أن, المراسل الذي صاح."""
        reading = self._reading
        first = max(sentence, at - _FAR_BACK)
        last = at
        if last > first and reading.keys[last - 1] in RELATIVE:
            last -= 1
        for token in range(last, first, -1):
            if token < at and COMMAS & set(reading.gap(token)):
                first = token
                break
        if reading.gap(at).strip() and last == at:
            named = reading.around(reading.tokens[at - 1].start)
            if named is None or reading.words(named.start, named.end) > _LONGEST_NAME:
                return None
            phrase = reading.text[named.start : named.end]
            return self._canonical(phrase, reading.token_at(named.start))
        for one in reversed(reading.entities_between(first, last)):
            if one.type == "person" and not self._blocked(one):
                return one.name
            if reading.token_at(one.end) == last:
                return one.name
        token = last
        while token > first and reading.keys[token - 1].startswith("ال"):
            token -= 1
        if token == last or (reading.keys[token].startswith("الا") and last - token > 6):
            return None
        if token > first and token == last - 1 and self._is_head(token - 1):
            token -= 1
        phrase = reading.text[reading.starts[token] : reading.tokens[last - 1].end]
        return self._canonical(phrase, at)

    def _is_head(self, token: int) -> bool:
        key = self._reading.keys[token]
        return len(key) > 2 and key not in PHRASE_ENDS | PREPOSITIONS | PART_OF_PHRASE


_FOLDED_TITLES = frozenset(map(fold, TITLES))
