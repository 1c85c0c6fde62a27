"""Names in Latin letters inside of phrases and fields: "Khalifa Haftar", person:Haftar.

What such a term asks for may be spelt in Arabic as well; the spellings are those that
`warraq.search.latin` reads, as they are for plain words. Exclusions are for the very word, so of
these only fields are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from warraq.search.latin import LatinName
from warraq.search.terms import Either, InField, Named, Phrase, Query, Term, Word


def texts(query: Query) -> tuple[str, ...]:
    """What may be a name in the terms of `query` besides its plain words, each once."""
    required = (text for term in query.required for text in _texts(term))
    without = (text for term in query.without if _is_of_words(term) for text in _texts(term))
    return tuple(dict.fromkeys([*required, *without]))


def with_spellings(query: Query, names: Mapping[str, LatinName]) -> Query:
    """`query` with the Arabic spellings of the `names` that were read in its `texts`."""
    if not names:
        return query
    return replace(
        query,
        required=tuple(_read_any(term, names) for term in query.required),
        without=tuple(
            _in_field(term, names) if isinstance(term, InField) else term for term in query.without
        ),
        names_of_terms=tuple(names.values()),
    )


def _texts(term: Term | Either) -> Iterator[str]:
    match term:
        case Either():
            for one in term.terms:
                yield from _texts(one)
        case Word() | Phrase():
            yield term.text
        case InField() if _is_of_words(term):
            yield term.values[0]


def _read_any(term: Term | Either, names: Mapping[str, LatinName]) -> Term | Either:
    if isinstance(term, Either):
        return replace(term, terms=tuple(_read(one, names) for one in term.terms))
    return _read(term, names)


def _read(term: Term, names: Mapping[str, LatinName]) -> Term:
    match term:
        case Word() | Phrase() if name := names.get(term.text):
            several = len(name.parts) > 1
            return Named(replace(name, together=several), span=term.span)
        case InField():
            return _in_field(term, names)
        case _:
            return term


def _in_field(term: InField, names: Mapping[str, LatinName]) -> InField:
    name = names.get(term.values[0]) if _is_of_words(term) else None
    return replace(term, values=(*term.values, *name.arabic)) if name else term


def _is_of_words(term: Term) -> bool:
    return isinstance(term, InField) and term.field.kind == "words"
