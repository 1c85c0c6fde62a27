"""Names that "and" joins."""

from __future__ import annotations

import pytest

from warraq.analysis.entities.heads import TaggedName
from warraq.analysis.entities.lists import alike
from warraq.annotations import TextField
from warraq.text.normalize import fold
from warraq.text.tokens import sentences, tokens

_CORES = {"والعزيزية": "العزيزية", "للعزيزية": "العزيزية"}


@pytest.mark.parametrize(
    ("text", "places", "wanted"),
    [
        ("على «ورشفانة» و«العزيزية» أمس", {3: 4}, "LOC"),
        ("في ورشفانة والعزيزية أمس", {2: 3}, "LOC"),
        ("في ورشفانة والعزيزية أمس", {}, "ORG"),  # no place that the gazetteer knows
        ("في ورشفانة قرب العزيزية أمس", {3: 4}, "ORG"),  # another word between
        ("في ورشفانة، العزيزية أمس", {2: 3}, "ORG"),  # a comma says less
        ("من ورشفانة للعزيزية أمس", {2: 3}, "ORG"),  # "to", not "and"
    ],
)
def test_a_place_is_joined_with_a_place(text: str, places: dict[int, int], wanted: str) -> None:
    found = tokens(text)
    field = TextField("body", text, found, sentences(text))
    cores = [fold(_CORES.get(token.key, token.key)) for token in found]
    second = next(at for at, core in enumerate(cores) if core == fold("العزيزية"))
    marked = [TaggedName(1, 2, "LOC"), TaggedName(second, second + 1, "ORG")]
    assert [one.type for one in alike(marked, places, cores, field)] == ["LOC", wanted]
