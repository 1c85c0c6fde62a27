"""The step that finds numbers and quantities: digits and words, with what they are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from warraq.analysis.numbers import false_digits, false_words
from warraq.analysis.numbers.candidates import Candidate, connection, relate
from warraq.analysis.numbers.cardinals import Number, number_at
from warraq.analysis.numbers.completing import add_half, give_sign, is_one_and_a_half, look_back
from warraq.analysis.numbers.counting import NOTHING, counted_behind
from warraq.analysis.numbers.currencies import COUNTRIES
from warraq.analysis.numbers.digits import FIRST_OR_LAST
from warraq.analysis.numbers.nouns import folded
from warraq.analysis.numbers.phrase import Phrase
from warraq.analysis.numbers.words import WORDS
from warraq.annotations import Quantity, TextField, as_dict
from warraq.document import Document
from warraq.text.tokens import Span

MOST = 500
"""Quantities of one article that the index gets."""
_MOST_LOOKED_AT = 10_000  # numbers of one field: a table of 10 MB is no article

_GOALS = frozenset(("اهداف", "هدف", "هدفا", "هدفين"))
_AGAINST = folded("مقابل نظيفة دون بدون لهدف لهدفين لواحد لا بلا لثلاثة لصفر")


def find_quantities(document: Document) -> None:
    """Fills `document.quantities` and the field `quantities`, title first."""
    countries = likely_countries(document.text_fields)
    found: list[Quantity] = []
    for field in document.text_fields:
        dates = [Span(one.start, one.end) for one in document.dates if one.field == field.name]
        found += quantities_of(field, dates, countries)
    document.quantities = _headlines_told(found)
    document.fields["quantities"] = [as_dict(one) for one in document.quantities[:MOST]]


def _headlines_told(quantities: list[Quantity]) -> list[Quantity]:
    """A headline's «تغريم الاتحاد 100 ألف» (a fine of 100 thousand) is of what the body says."""
    told = {one.value: one for one in reversed(quantities) if one.kind != NOTHING}
    return [
        replace(one, kind=same.kind, unit=same.unit, of=same.of)
        if one.field == "title" and one.kind == NOTHING and (same := told.get(one.value))
        else one
        for one in quantities
    ]


def likely_countries(fields: Iterable[TextField]) -> list[str]:
    """ISO 3166-1 alpha-2 of the countries that the texts name, the most named first; of those whose
    currencies share their names.
    """
    named = Counter(
        country
        for field in fields
        for token in field.tokens
        if (country := COUNTRIES.get(token.key)) is not None
    )
    return [country for country, _ in named.most_common()]


def quantities_of(
    field: TextField, dates: Sequence[Span] = (), countries: Sequence[str] = ()
) -> list[Quantity]:
    """The quantities in `field`, in order; of 10,000 numbers at most.

    dates: spans, in order, whose numbers are none. countries: ISO 3166-1 alpha-2, whose currencies
    the text may mean, the likeliest first.
    """
    phrase = Phrase(field)
    candidates = [
        Candidate(
            number,
            counted_behind(phrase, number, countries),
            number.value,
            number.start,
            number.end,
        )
        for number in islice(_numbers(phrase, dates), _MOST_LOOKED_AT)
    ]
    for left, right in reversed(list(pairwise(candidates))):
        relate(phrase, left, right)
    found: list[Quantity] = []
    behind = 0
    for before, one in pairwise((None, *candidates)):
        if one is None or one.number.first < behind:
            continue
        halved = is_one_and_a_half(phrase, one)
        one.false = not halved and (one.false or _is_false(phrase, one, before))
        if not one.false:
            look_back(phrase, one, found)
            behind = add_half(phrase, one)
            give_sign(phrase, one)
            found.append(_quantity(field, one))
    return found


def _is_false(phrase: Phrase, one: Candidate, before: Candidate | None) -> bool:
    """Whether it is no quantity; before: the candidate before it."""
    if one.counted.kind == "count" and _is_of_goals(phrase, one):
        return True
    joined = before is not None and connection(phrase, before.number, one.number) is not None
    if not one.number.digits:
        return false_words.is_false(phrase, one.number, one.counted)
    if joined and before is not None and one.counted.kind == NOTHING:
        return before.false  # المواد 5 و6 و7; 26.80 ريالا و28.5
    return false_digits.is_false(phrase, one.number, one.counted, ranged=one.ranged)


def _is_of_goals(phrase: Phrase, one: Candidate) -> bool:
    """بثلاثة أهداف مقابل هدف, 3 أهداف نظيفة: a score in words."""
    return (
        phrase.folded(one.counted.last - 1) in _GOALS
        and phrase.folded(one.counted.last) in _AGAINST
    )


def _numbers(phrase: Phrase, dates: Sequence[Span]) -> Iterator[Number]:
    """The numbers outside `dates`, which are in order."""
    behind = 0
    at = 0
    for place, token in enumerate(phrase.tokens):
        key = token.key
        if key not in WORDS and key[-1:] not in FIRST_OR_LAST and key[:1] not in FIRST_OR_LAST:
            continue
        while at < len(dates) and dates[at].end <= token.start:
            at += 1
        in_date = at < len(dates) and dates[at].start < token.end
        if place < behind or in_date:
            continue
        number = number_at(phrase, place)
        if number is not None:
            behind = number.last
            yield number


def _quantity(field: TextField, one: Candidate) -> Quantity:
    counted = one.counted
    return Quantity(
        field=field.name,
        start=one.start,
        end=one.end,
        text=field.text[one.start : one.end],
        value=round(one.value * counted.factor, 6),
        kind=counted.kind,
        unit=counted.unit,
        of=counted.of,
    )
