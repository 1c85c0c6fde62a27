"""How far what was said goes: to the closing mark, the end of the sentence or the outer one."""

from __future__ import annotations

from typing import NamedTuple

from warraq.analysis.quotations.leads import Lead
from warraq.analysis.quotations.marks import Quoted
from warraq.analysis.quotations.openings import Content
from warraq.analysis.quotations.reading import COMMAS, Reading
from warraq.analysis.quotations.words import CONNECTIVES, FRAMES, SOURCES, THAT, WHILE

LONGEST_DIRECT = 3000  # characters
LONGEST_SOURCE = 8  # tokens of "according to …"
_LONGEST_INDIRECT = 1200
_MOST_CONNECTIVES = 3
_BEFORE_THAT = ("قبل", "ان")  # قبل أن يضيف أن, before he added that
_MARKS = frozenset('«»"“”')
_STRIPPED = "،,؛;:"
_ENDING = FRAMES | SOURCES
_CONNECTIVES = CONNECTIVES | {"من", "في"}


class Said(NamedTuple):
    """[start, end) of the text, by the verb of `lead` if one leads it."""

    start: int
    end: int
    direct: bool
    lead: Lead | None
    speaker: str | None = None


def span(reading: Reading, lead: Lead, content: Content, leads_at: dict[int, Lead]) -> Said | None:
    """What the verb of `lead` leads, None if nothing stands there. leads_at: all verbs."""
    quoted = content.quoted
    if quoted is not None:
        end = quoted.end if quoted.closed else _unclosed_end(reading, quoted, leads_at)
        end = _capped(reading.text, quoted.start, end, LONGEST_DIRECT)
        direct = stripped(reading, quoted.start, end, lead, direct=True)
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


def _unclosed_end(reading: Reading, quoted: Quoted, leads_at: dict[int, Lead]) -> int:
    """Where what no mark closes ends: before the next that somebody says, at most with the line."""
    for token in range(reading.token_at(quoted.start) + 1, reading.token_at(quoted.end)):
        lead = leads_at.get(token)
        if lead is not None and lead.content is not None:
            cut = _frame(reading, token, leads_at, quoted.end)
            if cut is not None:
                return cut
    return quoted.end


def _indirect(reading: Reading, lead: Lead, start: int, leads_at: dict[int, Lead]) -> Said | None:
    first = reading.token_at(start)
    if first >= len(reading.keys):
        return None
    end = reading.sentence_end(first)
    around = reading.around(end)
    if around is not None and around.start > start:  # a sentence that ends inside marks
        end = reading.sentence_end(max(first, reading.token_at(around.behind) - 1))
    end = _capped(reading.text, start, end, _LONGEST_INDIRECT)
    beside = lead.at > 0 and reading.keys[lead.at - 1] in WHILE
    for token in range(first + 1, reading.token_at(end)):
        if token not in leads_at and reading.keys[token] not in _ENDING:
            continue
        cut = _frame(reading, token, leads_at, end, beside=beside)
        if cut is not None:
            end = cut
            break
    return stripped(reading, start, end, lead, direct=False)


def _frame(
    reading: Reading, token: int, leads_at: dict[int, Lead], end: int, *, beside: bool = False
) -> int | None:
    """Where what was said ends, if the outer sentence goes on with `token`.

    beside: whether its main clause is still to come, as behind فيما رأى فلان أن.
    """
    key = reading.keys[token]
    lead = leads_at.get(token)
    if lead is None:
        if not COMMAS & set(reading.gap(token)):
            return None
        if key in SOURCES and reading.token_at(end) - token > LONGEST_SOURCE:
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
        if tuple(reading.keys[token - 2 : token]) == _BEFORE_THAT:
            before = token - 2
        # also فيما طالب فلان, which leads nothing
        asks = form.takes == "quote" and reading.keys[before] in WHILE
        goes_on = (before < token or (beside and comma)) and (asks or lead.content is not None)
        token = before
    return reading.tokens[token - 1].end if goes_on and token else None


def _capped(text: str, start: int, end: int, longest: int) -> int:
    """`end`, or the last space within `longest` characters."""
    if end - start <= longest:
        return end
    space = text.rfind(" ", start, start + longest)
    return space if space > start else start + longest


def stripped(
    reading: Reading, start: int, end: int, lead: Lead | None, *, direct: bool
) -> Said | None:
    """[start, end) without the punctuation and the single marks around it; None if it is empty."""
    text = reading.text
    ending = _STRIPPED if direct else f"{_STRIPPED}.…!-–"
    start, end = _without(text, start, end, ending)
    if not direct and start < end:  # marks that no other answers, as around "نظام "دعم" جديد"
        unopened = text[start] in _MARKS and start not in reading.opening
        unclosed = text[end - 1] in _MARKS and end not in reading.closing
        direct = unopened and unclosed
        start, end = _without(text, start + unopened, end - unclosed, _STRIPPED)
    if reading.words(start, end) == 0:
        return None
    return Said(start, end, direct, lead)


def _without(text: str, start: int, end: int, ending: str) -> tuple[int, int]:
    """[start, end) without blanks and commas around it, and without any of `ending` at its end."""
    while start < end and (text[start] in _STRIPPED or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in ending or text[end - 1].isspace()):
        end -= 1
    return start, end
