"""The step `quotations`: what the article says that somebody said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from warraq.analysis.quotations.backward import reported_before
from warraq.analysis.quotations.headline import in_headline
from warraq.analysis.quotations.leads import Lead, leads
from warraq.analysis.quotations.marks import Quoted
from warraq.analysis.quotations.openings import is_name, is_title
from warraq.analysis.quotations.reading import Reading
from warraq.analysis.quotations.sources import source_at
from warraq.analysis.quotations.spans import LONGEST_DIRECT, LONGEST_SOURCE, Said, span, stripped
from warraq.analysis.quotations.speakers import Speakers
from warraq.analysis.quotations.verbs import SPEECH, bare
from warraq.analysis.quotations.words import (
    LEADING_BACK,
    LISTING,
    SOURCES,
    THAT,
    THUS_THAT,
    WITH_THESE,
)
from warraq.annotations import Entity, Quotation, TextField, as_dict
from warraq.document import Document

MOST = 200
"""Quotations of an article that the index gets."""
_MOST_VERBS = 5000  # looked at in one field: 10 MB of them are no article
_UNLED_WORDS = 10  # words in marks that no verb leads, to be taken for somebody's
_LED_WORDS = 4  # the same behind a colon
_LED_BEHIND_WORDS = 3
_COLON = re.compile(r"\s*:\s*")
_BEFORE_COLON = LISTING | {"تعالى"}  # a list; the Koran
_THAT = THAT | THUS_THAT
_LED_BEHIND_CHARACTERS = 10  # an agency's letters in marks («د ب أ») are words too


def find_quotations(document: Document) -> None:
    """Sets `document.quotations` and the fields `quotations` and `speakers`."""
    document.quotations = [
        one for field in document.text_fields for one in quotations(field, document.entities)
    ][:MOST]
    document.fields["quotations"] = [as_dict(one) for one in document.quotations]
    document.fields["speakers"] = sorted(
        {one.speaker for one in document.quotations if one.speaker}
    )


def quotations(field: TextField, entities: Sequence[Entity]) -> list[Quotation]:
    """What is said in `field`, in order and without overlap.

    entities: of the whole article, so that the title's persons are known by those of the body.
    """
    reading = Reading(field, entities)
    verbs = [at for at, key in enumerate(reading.keys) if key in SPEECH][:_MOST_VERBS]
    speaks = verbs or reading.quoted or ":" in field.text or not SOURCES.isdisjoint(reading.keys)
    if not speaks:
        return []
    if field.name == "title":
        headline = in_headline(reading, entities)
        if headline is not None:
            return [headline]
    speakers = Speakers(reading, entities)
    found: list[Quotation] = []
    for said in _said(reading, verbs, speakers):
        text = reading.text[said.start : said.end]
        verb = None
        if said.lead is not None:
            token = reading.tokens[said.lead.at]
            verb = bare(token.form, conjunction=said.lead.form.conjunction)
        found.append(
            Quotation(field.name, said.start, said.end, text, said.speaker, verb, said.direct)
        )
    return found


def _said(reading: Reading, verbs: Sequence[int], speakers: Speakers) -> list[Said]:
    """What verbs lead, and long quotations between them that none leads."""
    led: list[Said] = []
    every = leads(reading, verbs)
    leads_at = {lead.at: lead for lead in every}
    behind = 0  # where the last quotation ends: verbs before it belong to what was said
    for lead in every:
        if reading.starts[lead.at] < behind:
            continue
        speaker = speakers.of(lead)
        if lead.content is None:
            continue
        said = span(reading, lead, lead.content, leads_at)
        if said is not None and said.start >= behind:
            led.append(said._replace(speaker=speaker))
            behind = said.end
    every_said = sorted((*led, *_unled(reading, led, leads_at, speakers)), key=_start)
    return sorted((*every_said, *reported_before(reading, every_said, speakers)), key=_start)


def _start(said: Said) -> int:
    return said.start


def _unled(
    reading: Reading, led: Sequence[Said], leads_at: dict[int, Lead], speakers: Speakers
) -> Iterator[Said]:
    """«…», قال الوزير; and sentences in marks that follow what somebody said."""
    following = iter(led)
    border, before = next(following, None), None
    for quoted in reading.quoted:
        while border is not None and border.end <= quoted.start:
            border, before = next(following, None), border
        if before is not None and quoted.start < before.end:
            continue
        if not quoted.closed or (border is not None and quoted.end > border.start):
            continue
        words = reading.words(quoted.start, quoted.end)
        if words < _LED_BEHIND_WORDS or is_title(reading, quoted) or is_name(reading, quoted):
            continue
        said = stripped(reading, quoted.start, quoted.end, None, direct=True)
        if said is None or not _LED_BEHIND_CHARACTERS <= said.end - said.start <= LONGEST_DIRECT:
            continue
        lead, speaker = _named_behind(reading, quoted, leads_at, speakers)
        speaker = speaker or _named_before(reading, quoted, speakers)
        if before is not None and speaker is None and _goes_on(reading, before, quoted):
            speaker = before.speaker
        colon = _has_colon(reading, quoted)
        if speaker is None and colon:
            speaker = speakers.about(reading.token_at(quoted.opening))
        if speaker is None and words < (_LED_WORDS if colon else _UNLED_WORDS):
            continue
        before = said._replace(lead=lead, speaker=speaker)
        yield before


def _has_colon(reading: Reading, quoted: Quoted) -> bool:
    """Whether a colon stands before a quotation that begins no list and is none of the Koran."""
    token = reading.token_at(quoted.opening) - 1
    return (
        token >= 0
        and reading.keys[token] not in _BEFORE_COLON
        and _COLON.match(reading.text, reading.tokens[token].end, quoted.opening) is not None
    )


def _goes_on(reading: Reading, before: Said, quoted: Quoted) -> bool:
    """Whether nothing stands between two quotations, as between the paragraphs of a long one."""
    return before.direct and not reading.words(before.end, quoted.opening)


def _named_behind(
    reading: Reading, quoted: Quoted, leads_at: dict[int, Lead], speakers: Speakers
) -> tuple[Lead | None, str | None]:
    """The verb of saying or the source right behind a quotation."""
    token = reading.token_at(quoted.behind)
    if token >= len(reading.keys):
        return None, None
    gap = reading.text[quoted.behind : reading.starts[token]]
    if set(gap) - set(" \t\n،,.-–—!؟"):
        return None, None
    sentence_end = reading.token_at(reading.sentence_end(token))
    source = source_at(reading, token)
    if source is not None:
        sentence = reading.starts[reading.sentence_start(token)]
        before = reading.words(min(sentence, quoted.opening), quoted.opening)
        if source.verb is not None and before > reading.words(quoted.start, quoted.end):
            return None, None  # the whole sentence was said
        lead = Lead(*source.verb, sentence_end, None) if source.verb is not None else None
        return lead, speakers.source(source.named, sentence_end)
    any_verb = reading.keys[token] in WITH_THESE
    while token + 1 < len(reading.keys) and reading.keys[token] in LEADING_BACK:
        token += 1
    verb = leads_at.get(token)
    if verb is not None and verb.form.kind == "finite" and not verb.form.conjunction:
        return verb, speakers.phrase(token + 1, sentence_end)
    any_verb = any_verb or _person_acts(reading, quoted, token)
    return None, speakers.phrase(token + 1, sentence_end) if any_verb else None


def _person_acts(reading: Reading, quoted: Quoted, token: int) -> bool:
    """Whether a sentence of a quotation goes on with a verb and a person: «…»، تتذكر فلانة."""
    begins = reading.token_at(quoted.start) == reading.sentence_start(token)
    persons = reading.entities_between(token + 1, token + 3)
    return (
        begins
        and reading.keys[token][:1] in {"ي", "ت"}
        and any(one.type == "person" for one in persons)
    )


def _named_before(reading: Reading, quoted: Quoted, speakers: Speakers) -> str | None:
    """The source right before a quotation: وبحسب مصادر طبية، «…»."""
    last = reading.token_at(quoted.opening)
    last -= last > 0 and reading.keys[last - 1] in _THAT  # بحسب فلان، فإن «…»
    first = max(0, last - LONGEST_SOURCE)
    for token in range(last - 1, first - 1, -1):
        source = source_at(reading, token)
        if source is not None:
            return speakers.source(source.named, last)
        if reading.gap(token).strip():
            return None
    return None
