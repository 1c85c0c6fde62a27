"""What the terms of a query ask Elasticsearch for. Words and phrases: `warraq.search.ranking`."""

from __future__ import annotations

from typing import Any

from warraq.index.analyzers import EXACT
from warraq.search import latin_clauses, ranking
from warraq.search.query import Query
from warraq.search.ranking import Clause
from warraq.search.terms import (
    Either,
    Exact,
    InField,
    Named,
    Number,
    OnDays,
    Phrase,
    Prefix,
    Term,
    Word,
)

NUMBER_WEIGHT = 2.0
"""What a number that is said otherwise counts; a rare word counts three times as much."""
HELPFUL_NUMBER_WEIGHT = 0.5
PREFIX_WEIGHT = 2.0
# And, by, as, for, the: what stands before a noun without making it another word.
_BEFORE_A_NOUN = "((و|ف)?(ب|ك)?ال|(و|ف)?لل)?"


def plain(query: Query) -> Clause:
    """The plain words; of a few, also the articles that say their numbers otherwise, or the
    names in Latin letters.

    عشرين ألف, 20 ألف and 20000 find the same.
    """
    typed = ranking.words(" ".join(query.words))
    in_latin = latin_clauses.in_latin(ranking.content_words(query.words))
    if in_latin:
        typed = {"dis_max": {"queries": [typed, in_latin]}}
    if not query.numbers or query.is_long:
        return typed
    said = {word for number in query.numbers for word in number.words}
    rest = [word for word in ranking.content_words(query.words) if word not in said]
    must = [_counted(number, NUMBER_WEIGHT) for number in query.numbers]
    if rest:
        must.append(ranking.words(" ".join(rest)))
    return {"dis_max": {"queries": [typed, {"bool": {"must": must}}]}}


def helpful(query: Query) -> list[Clause]:
    """What puts articles first without having to be in them."""
    terms = [wanted(term, "UTC") for term in query.helpful]
    if query.is_long:
        terms += [_counted(number, HELPFUL_NUMBER_WEIGHT) for number in query.numbers]
    return terms


def wanted(term: Term | Either, timezone: str) -> Clause:
    """Articles that have `term`. timezone: of days, an IANA name or an offset."""
    if isinstance(term, Either):
        return _any_of([wanted(one, timezone) for one in term.terms])
    if isinstance(term, Word):
        return ranking.words(term.text)
    if isinstance(term, Phrase):
        return ranking.phrase(term.text)
    if not isinstance(term, InField):
        return _any_of(unwanted(term, timezone))
    narrowed: dict[str, Any] = {"filter": [_any_of(unwanted(term, timezone))]}
    if term.field.in_text:  # to be counted, and marked
        narrowed["should"] = [ranking.words(value) for value in term.values]
    return {"bool": narrowed}


def unwanted(term: Term, timezone: str) -> list[Clause]:
    """Clauses of which an article that has `term` fits one."""
    match term:
        case Word() | Phrase():
            return ranking.exactly(term.text)
        case Exact():
            return [_exact(field, term.text) for field in ("title", "body")]
        case Prefix():
            return [_prefix(field, weight, term.text) for field, weight in ranking.looked_at()]
        case OnDays():
            return [_on_days(term, timezone)]
        case InField():
            return _in_field(term)
        case Named():
            return [latin_clauses.name(term.name)]


def _exact(field: str, text: str) -> Clause:
    """The very letters are indexed without their places; side by side are the folded words."""
    must: list[Clause] = [{"match": {f"{field}.{EXACT.name}": {"query": text, "operator": "and"}}}]
    if " " in text:
        must.append({"match_phrase": {field: text}})
    return {"bool": {"must": must}}


def _prefix(field: str, weight: int, text: str) -> Clause:
    """All words that begin so, at one weight: however many there are, they are one clause.

    `text` is letters and digits alone, so nothing in the expression is the user's.
    """
    expression = f"{_BEFORE_A_NOUN}{text}.*"
    return {"regexp": {field: {"value": expression, "boost": PREFIX_WEIGHT * weight}}}


def _in_field(term: InField) -> list[Clause]:
    if term.field.kind != "words":
        return [{"terms": {term.field.index[0]: list(term.values)}}]
    return [
        # خليفة حفتر may stand as خليفة بلقاسم حفتر
        {"match_phrase": {index: {"query": value, "slop": 1}}}
        if term.quoted
        else {"match": {index: {"query": value, "operator": "and"}}}
        for value in term.values
        for index in term.field.index
    ]


def _on_days(term: OnDays, timezone: str) -> Clause:
    first, last = term.days.first, term.days.last
    if term.field.kind == "mentioned":
        bounds = {"gte": first and first.isoformat(), "lte": last and last.isoformat()}
        more = {"relation": "within"}  # what speaks of all 2018 does not speak of each of its days
    else:
        bounds = {
            "gte": first and f"{first.isoformat()}||/d",
            "lte": last and f"{last.isoformat()}||/d",
        }
        more = {"time_zone": timezone}
    given = {name: bound for name, bound in bounds.items() if bound}
    return {"range": {term.field.index[0]: {**given, **more}}}


def _counted(number: Number, weight: float) -> Clause:
    """Articles in which the analysis has read this number."""
    nested = {"path": "quantities", "query": {"term": {"quantities.value": number.value}}}
    return {"constant_score": {"filter": {"nested": nested}, "boost": weight}}


def _any_of(clauses: list[Clause]) -> Clause:
    if len(clauses) == 1:
        return clauses[0]
    return {"bool": {"should": clauses, "minimum_should_match": 1}}
