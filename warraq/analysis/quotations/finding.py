"""The step `quotations`: what the article says that somebody said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import NamedTuple

from warraq.analysis.quotations.headline import in_headline
from warraq.analysis.quotations.leads import Lead, leads
from warraq.analysis.quotations.marks import Quoted
from warraq.analysis.quotations.openings import Content, is_name, is_title
from warraq.analysis.quotations.reading import COMMAS, Reading
from warraq.analysis.quotations.speakers import Speakers
from warraq.analysis.quotations.verbs import SPEECH, bare
from warraq.analysis.quotations.words import CONNECTIVES, FRAMES, LEADING_BACK, SOURCES, THAT
from warraq.annotations import Entity, Quotation, TextField
from warraq.document import Document

MOST = 200
"""Quotations of an article that the index gets."""
_LONGEST_DIRECT = 3000  # characters
_LONGEST_INDIRECT = 1200
_LONGEST_SOURCE = 8  # tokens of "according to …" at the end of a sentence
_UNLED_WORDS = 10  # words in marks that no verb leads, to be taken for somebody's
_LED_BEHIND_WORDS = 3
_MOST_CONNECTIVES = 3
_NAMES = tuple(one.name for one in fields(Quotation))
_MARKS = frozenset('«»"“”')
_STRIPPED = " \t\n\u00a0،,؛;:"


class _Said(NamedTuple):
    """[start, end) of the text, by the verb of `lead` if one leads it."""

    start: int
    end: int
    direct: bool
    lead: Lead | None
    speaker: str | None = None


def find_quotations(document: Document) -> None:
    """Sets `document.quotations` and the fields `quotations` and `speakers`."""
    document.quotations = [
        one for field in document.text_fields for one in quotations(field, document.entities)
    ][:MOST]
    document.fields["quotations"] = [_as_dict(one) for one in document.quotations]
    document.fields["speakers"] = sorted(
        {one.speaker for one in document.quotations if one.speaker}
    )


def _as_dict(one: Quotation) -> dict[str, object]:
    """What is known of it; `dataclasses.asdict` would copy each value, at ten times the cost."""
    every = {name: getattr(one, name) for name in _NAMES}
    return {name: value for name, value in every.items() if value is not None}


def quotations(field: TextField, entities: Sequence[Entity]) -> list[Quotation]:
    """What is said in `field`, in order and without overlap.

    entities: of the whole article, so that the title's persons are known by those of the body.
    """
    reading = Reading(field, entities)
    verbs = [at for at, key in enumerate(reading.keys) if key in SPEECH]
    if not verbs and not reading.quoted and ":" not in field.text:
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


def _said(reading: Reading, verbs: Sequence[int], speakers: Speakers) -> list[_Said]:
    """What verbs lead, and long quotations between them that none leads."""
    led: list[_Said] = []
    every = leads(reading, verbs)
    leads_at = {lead.at: lead for lead in every}
    behind = 0  # where the last quotation ends: verbs before it belong to what was said
    for lead in every:
        if reading.starts[lead.at] < behind:
            continue
        speaker = speakers.of(lead)
        if lead.content is None:
            continue
        said = _span(reading, lead, lead.content, leads_at)
        if said is not None and said.start >= behind:
            led.append(said._replace(speaker=speaker))
            behind = said.end
    every_said = (*led, *_unled(reading, led, leads_at, speakers))
    return sorted(every_said, key=lambda said: said.start)


def _span(
    reading: Reading, lead: Lead, content: Content, leads_at: dict[int, Lead]
) -> _Said | None:
    quoted = content.quoted
    if quoted is not None:
        end = _capped(reading.text, quoted.start, quoted.end, _LONGEST_DIRECT)
        direct = _stripped(reading, quoted.start, end, lead, direct=True)
        token = reading.token_at(quoted.start)
        that = token and reading.keys[token - 1] in THAT
        if not that or direct is None:
            return direct
        # إن «…» and more: what stands in marks, if that is most of it.
        indirect = _indirect(reading, lead, quoted.opening, leads_at)
        if indirect is None or 2 * (direct.end - direct.start) > indirect.end - indirect.start:
            return direct
        return indirect
    return _indirect(reading, lead, content.start, leads_at)


def _indirect(reading: Reading, lead: Lead, start: int, leads_at: dict[int, Lead]) -> _Said | None:
    first = reading.token_at(start)
    if first >= len(reading.keys):
        return None
    end = reading.sentence_end(first)
    around = reading.around(end)
    if around is not None and around.start > start:  # a sentence that ends inside marks
        end = reading.sentence_end(max(first, reading.token_at(around.behind) - 1))
    end = _capped(reading.text, start, end, _LONGEST_INDIRECT)
    for token in range(first + 1, reading.token_at(end)):
        if token not in leads_at and reading.keys[token] not in _ENDING:
            continue
        cut = _frame(reading, token, leads_at, end)
        if cut is not None:
            end = cut
            break
    return _stripped(reading, start, end, lead, direct=False)


def _frame(reading: Reading, token: int, leads_at: dict[int, Lead], end: int) -> int | None:
    """Where what was said ends, if the outer sentence goes on with `token`."""
    key = reading.keys[token]
    lead = leads_at.get(token)
    if lead is None:
        if not COMMAS & set(reading.gap(token)):
            return None
        if key in SOURCES and reading.token_at(end) - token > _LONGEST_SOURCE:
            return None
        return reading.tokens[token - 1].end
    comma = bool(COMMAS & set(reading.gap(token)))
    form = lead.form
    if form.kind == "participle":
        behind = reading.keys[token + 1] if token + 1 < len(reading.keys) else ""
        goes_on = comma or lead.content is not None or behind in form.prepositions
    elif form.conjunction:
        goes_on = lead.content is not None and (form.past or comma)
    else:
        before = token
        while before > token - _MOST_CONNECTIVES and reading.keys[before - 1] in _CONNECTIVES:
            before -= 1
        goes_on = before < token and lead.content is not None
        token = before
    return reading.tokens[token - 1].end if goes_on and token else None


_ENDING = FRAMES | SOURCES
_CONNECTIVES = CONNECTIVES | {"من", "في"}


def _capped(text: str, start: int, end: int, longest: int) -> int:
    """`end`, or the last space within `longest` characters."""
    if end - start <= longest:
        return end
    space = text.rfind(" ", start, start + longest)
    return space if space > start else start + longest


def _stripped(
    reading: Reading, start: int, end: int, lead: Lead | None, *, direct: bool
) -> _Said | None:
    text = reading.text
    while start < end and text[start] in _STRIPPED:
        start += 1
    while end > start and text[end - 1] in (_STRIPPED if direct else f"{_STRIPPED}.…!-–"):
        end -= 1
    if not direct and start < end:  # marks that no other answers, as around "نظام "دعم" جديد"
        unopened = text[start] in _MARKS and start not in reading.opening
        unclosed = text[end - 1] in _MARKS and end not in reading.closing
        start, end, direct = start + unopened, end - unclosed, unopened and unclosed
    if reading.words(start, end) == 0:
        return None
    return _Said(start, end, direct, lead)


def _unled(
    reading: Reading, led: Sequence[_Said], leads_at: dict[int, Lead], speakers: Speakers
) -> Iterator[_Said]:
    """«…», قال الوزير; and sentences in marks that follow what somebody said."""
    borders = iter([*((said.start, said.end) for said in led), (len(reading.text) + 1,) * 2])
    border = next(borders)
    behind = 0
    for quoted in reading.quoted:
        while border[1] <= quoted.start:
            border = next(borders)
        if quoted.start < behind or quoted.end > border[0] or not quoted.closed:
            continue
        words = reading.words(quoted.start, quoted.end)
        if words < _LED_BEHIND_WORDS or is_title(reading, quoted) or is_name(reading, quoted):
            continue
        said = _stripped(reading, quoted.start, quoted.end, None, direct=True)
        if said is None or said.end - said.start > _LONGEST_DIRECT:
            continue
        lead, speaker = _named_behind(reading, quoted, leads_at, speakers)
        speaker = speaker or _named_before(reading, quoted, speakers)
        if speaker is None and words < _UNLED_WORDS:
            continue
        behind = said.end
        yield said._replace(lead=lead, speaker=speaker)


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
    while token + 1 < len(reading.keys) and reading.keys[token] in LEADING_BACK:
        token += 1
    lead = leads_at.get(token)
    if lead is not None and lead.form.kind == "finite" and not lead.form.conjunction:
        return lead, speakers.phrase(token + 1, reading.token_at(reading.sentence_end(token)))
    if reading.keys[token] in SOURCES:
        return None, speakers.phrase(token + 1, reading.token_at(reading.sentence_end(token)))
    return None, None


def _named_before(reading: Reading, quoted: Quoted, speakers: Speakers) -> str | None:
    """The source right before a quotation: وبحسب مصادر طبية، «…»."""
    last = reading.token_at(quoted.opening)
    first = max(0, last - _LONGEST_SOURCE)
    for token in range(last - 1, first - 1, -1):
        if reading.keys[token] in SOURCES:
            return speakers.phrase(token + 1, last)
        if reading.gap(token).strip():
            return None
    return None
