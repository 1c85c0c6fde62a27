"""Names that "and" joins are of one kind: «ورشفانة» و«العزيزية» are two places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from warraq.analysis.entities.heads import TaggedName
from warraq.annotations import TextField
from warraq.text.normalize import fold

_AND = "و"


def alike(
    names: Iterable[TaggedName],
    places: Mapping[int, int],
    cores: Sequence[str],
    field: TextField,
) -> Iterator[TaggedName]:
    """`names`, in order; an organization that a place is joined with is a place, if it can be one.

    places: [first, last) tokens of names that mean a place more often than not. cores: the folded
    words of `field`, without clitics.
    """
    before = TaggedName(0, 0, "O")
    for name in names:
        between = cores[before.last : name.first]
        joined = between == [_AND] or (
            not between and _has_and(field.tokens[name.first].key, cores[name.first])
        )
        is_place = places.get(name.first) == name.last
        if joined and is_place and (before.type, name.type) == ("LOC", "ORG"):
            name = name._replace(type="LOC")  # noqa: PLW2901
        before = name
        yield name


def _has_and(key: str, core: str) -> bool:
    """Whether "and" is written onto the word: والعزيزية, whose core has no و before it."""
    return key.startswith(_AND) and fold(key) != core
