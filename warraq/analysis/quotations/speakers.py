"""Who speaks: the subject of a verb of saying, else who spoke last or whom a sentence is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from warraq.analysis.quotations.leads import Lead
from warraq.analysis.quotations.reading import COMMAS, Reading
from warraq.analysis.quotations.subjects import Subjects
from warraq.analysis.quotations.verbs import SPEECH, Gender
from warraq.analysis.quotations.words import (
    ADVERBIAL,
    CONNECTIVES,
    PASSED_ON,
    PRONOUN_PHRASES,
    SKIPPED,
)
from warraq.annotations import Entity

_FAR_BACK = 36  # tokens from قوله to its عن
_CLAUSE = 24
_NEAR_SUBJECT = 4
_LONGEST_SENTENCE = 150  # tokens; a longer one is about nobody
_REMEMBERED = 6
_FROM = frozenset(["عن"])
_POSSESSIVE = ("ه", "ها", "هم")
_WAS = frozenset(["وكان", "وكانت"])
_BEFORE_TOPIC = CONNECTIVES | SKIPPED | PRONOUN_PHRASES


class Speaker(NamedTuple):
    """name: canonical of an entity, or the noun as it stands. sentence: where it was said."""

    name: str
    gender: Gender
    sentence: int


class Speakers:
    """Those of a field, in the order in which its verbs are asked for."""

    def __init__(self, reading: Reading, entities: Sequence[Entity]) -> None:
        self._reading = reading
        self._subjects = Subjects(reading, entities)
        self._first_person = next((one for one in reading.entities if one.type == "person"), None)
        self._said: list[Speaker] = []

    def of(self, lead: Lead) -> str | None:
        """Who speaks with the verb of `lead`; remembers it for the verbs behind."""
        reading, at, form = self._reading, lead.at, lead.form
        sentence = reading.sentence_start(at)
        if form.kind == "participle" and 0 < at == sentence:  # a sentence that goes on with another
            sentence = reading.sentence_start(at - 1)
        if form.kind == "finite" and at and reading.keys[at - 1] == "من":
            return None  # من يقول: somebody
        named = self._named(lead, sentence)
        if named is None:
            return self._last(lead, sentence)
        if not named:
            return None
        if lead.content is not None or form.takes == "quote" or form.past:
            self._said.append(Speaker(named, form.gender, sentence))
        return named

    def phrase(self, first: int, limit: int) -> str | None:
        """Who is named from token `first` on."""
        return self._subjects.named(first, limit) or None

    def about(self, at: int) -> str | None:
        """The person whom the sentence of token `at` is about, as far as it stands before it."""
        at = min(at, len(self._reading.keys) - 1)
        return self._subjects.first_person(self._reading.sentence_start(at), at)

    def source(self, first: int, limit: int) -> str | None:
        """Who is named from token `first` on, behind according to: also وفقا لمصادر."""
        return self._subjects.source(first, limit) or None

    def subject(self, lead: Lead) -> str | None:
        """Who is named behind the verb of `lead`."""
        return self._subjects.behind(lead.at, lead.limit, apposition=False)

    def _named(self, lead: Lead, sentence: int) -> str | None:
        """The subject that the verb has itself."""
        form, named = lead.form, None
        if self._reading.keys[lead.at - 1] == "قد" and lead.at - 1 > sentence:
            named = self._subjects.before(lead.at - 1, sentence)  # وكان الوزير قد أكد أن
            if named is not None:
                return named
        if form.kind == "masdar":
            return self._passed_on(lead, sentence)
        if form.takes == "text":
            return self._written(lead)
        if form.takes == "source" or self._quotes(lead):
            named = self._passed_on(lead, sentence)
        if named is None and (form.kind == "finite" or self._names_subject(lead)):
            apposition = lead.content is not None
            if apposition or form.takes != "quote" or not self._has_object(lead):
                named = self._subjects.behind(lead.at, lead.limit, apposition=apposition)
        if named is None and form.kind == "finite" and not form.conjunction:
            named = self._subjects.before(lead.at, sentence)
        return named

    def _has_object(self, lead: Lead) -> bool:
        """Whether a verb that leads nothing is followed by what it praises: أشاد بجهود …"""
        keys, first = self._reading.keys, lead.at + 1
        while first < lead.limit and keys[first] in SKIPPED:
            first += 1
        return first < lead.limit and keys[first].startswith("ب")

    def _quotes(self, lead: Lead) -> bool:
        """ذكرت الوكالة نقلا عن فلان أن: whether the subject passes on the words of another."""
        keys = self._reading.keys[lead.at + 1 : lead.limit]
        return any(key in PASSED_ON for key in keys)

    def _passed_on(self, lead: Lead, sentence: int) -> str | None:
        """نقلت الوكالة عن فلان قوله: behind عن."""
        keys, at, limit, form = self._reading.keys, lead.at, lead.limit, lead.form
        places = range(at + 1, limit)
        if form.kind == "masdar":
            first, limit = max(sentence, at - _FAR_BACK), at
            passing = (
                token
                for token in range(at - 1, first - 1, -1)
                if keys[token] in SPEECH and SPEECH[keys[token]].takes == "source"
            )
            verb = next(passing, None)
            places = range(at - 1, first - 1, -1)
            if verb is not None:
                form, places = SPEECH[keys[verb]], range(verb + 1, at)
        before = form.prepositions if form.takes == "source" else _FROM
        for token in places:
            if keys[token] in before:
                return self.phrase(token + 1, limit)
        return None

    def _written(self, lead: Lead) -> str | None:
        """جاء في البيان أن: the text behind في speaks; of كلمته (his speech) he does."""
        first = lead.at + 2
        theirs = self._reading.keys[first].endswith(_POSSESSIVE)
        return None if theirs else self.phrase(first, lead.limit)

    def _names_subject(self, lead: Lead) -> bool:
        """Whether a participle is followed by who says it (موضحة الوزارة أن), not what."""
        reading, first = self._reading, lead.at + 1
        if lead.content is None or not first < lead.limit <= first + _NEAR_SUBJECT:
            return False
        is_name = bool(reading.entities_between(first, first + 1))
        return is_name or reading.keys[first].startswith("ال")

    def _last(self, lead: Lead, sentence: int) -> str | None:
        """Who spoke last, as the gender of the verb allows; else whom the sentence is about."""
        gender = lead.form.gender
        latest = self._said[-_REMEMBERED:]
        agreeing = [one for one in latest if gender in {one.gender, "p"}]
        last = agreeing[-1] if agreeing else None
        about = None
        goes_on = lead.form.kind == "participle" and self._reading.gap(lead.at).isspace()
        if goes_on:
            about = self._clause_topic(sentence, lead.at)
        if about is None and (last is None or last.sentence != sentence):
            about = self._topic(sentence, lead.at, gender)
        if about is not None:
            self._said.append(Speaker(about, gender, sentence))
            return about
        if last is not None or latest:
            name = (last or latest[-1]).name
            self._said.append(Speaker(name, gender, sentence))
            return name
        first = self._first_person
        before = first is not None and first.start < self._reading.starts[lead.at]
        return self._subjects.names.of(first) if first and before else None

    def _topic(self, sentence: int, at: int, gender: Gender) -> str | None:
        """The subject of a sentence whose verb is no verb of saying: شكا الأهالي …، وأكدوا أن …"""
        reading = self._reading
        if not 0 < at - sentence <= _LONGEST_SENTENCE:
            return None
        if gender == "f":
            return self._feminine_topic(sentence, at)
        person = self._subjects.first_person(sentence, at)
        if person is not None:
            return person
        first = sentence
        while first < at and reading.keys[first] in _BEFORE_TOPIC:
            first += 1
        for start in (first + 1, first):
            for one in reading.entities_between(start, start + 1):
                if one.type == "organization" and one.start < reading.tokens[start].end:
                    return one.name
        # وكان مسؤول قضائي قال: no verb stands before the noun
        was = sentence < first >= at - _NEAR_SUBJECT and reading.keys[first - 1] in _WAS
        noun = first if was else first + 1
        if noun >= at or reading.keys[first] in ADVERBIAL or reading.keys[noun] in SKIPPED:
            return None
        return self.phrase(noun, at) if was or _may_be_verb(reading.keys[first]) else None

    def _feminine_topic(self, sentence: int, at: int) -> str | None:
        """The last subject of a verb that is feminine: أخلت الشركة مسؤوليتها، وقالت …"""
        reading = self._reading
        for token in range(at - 2, sentence - 1, -1):
            key = reading.keys[token]
            if key.endswith("ت") and not key.endswith("ات") and len(key) > 3:
                return self.phrase(token + 1, at)
        return None

    def _clause_topic(self, sentence: int, at: int) -> str | None:
        """The subject of the clause of a participle: …، وحملت فئة ثالثة اللاعبين، مشيرة إلى …"""
        reading = self._reading
        for token in range(at, max(sentence, at - _CLAUSE), -1):
            if COMMAS & set(reading.gap(token)):
                key = reading.keys[token]
                is_verb = key.startswith("و") and key not in SPEECH and len(key) > 3
                return self.phrase(token + 1, at) if is_verb else None
        return None


def _may_be_verb(key: str) -> bool:
    """Whether a word may be a verb whose subject is masculine."""
    return not key.startswith("ال") and not key.endswith("ة")
