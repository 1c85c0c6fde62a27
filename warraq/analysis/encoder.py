"""Encoders: what turns a text into a vector, so that texts alike in meaning lie close together.

Warraq has none of its own that is worth its cost on every installation; whoever has one names it
in `WARRAQ_ENCODER`, and the optional dense view is there (docs/search.md). An encoder is any object
that fits `Encoder`; nothing has to be derived from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from math import isfinite, sqrt
from numbers import Real
from typing import Protocol, runtime_checkable

from warraq.errors import WarraqError

MOST_DIMENSIONS = 4_096
"""Of a vector in Elasticsearch."""


@runtime_checkable
class Encoder(Protocol):
    """Text → vector; vectors are compared by the cosine of their angle.

    name: changes whenever the same text would get another vector; the index keeps it, so that
    `warraq index status` sees that all articles have to be encoded anew. dimensions: of every
    vector, at most 4,096. least_similarity: -1 to 1, the cosine from which two texts have anything
    to do with each other; below it nothing is found. weight: what an article that means exactly
    what was asked counts, the best match by words counting 1.
    """

    name: str
    dimensions: int
    least_similarity: float
    weight: float

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """The vectors of articles, of any length; zeros for a text that it can make nothing of."""
        ...

    def encode_query(self, text: str) -> Sequence[float]:
        """The vector of what was typed, for models that tell queries from texts."""
        ...


def load(path: str) -> Encoder | None:
    """The encoder that `path` makes; "" is none.

    path: "package.module.MyEncoder", which is called, or with one argument behind a colon, such as
    the name of a model: "package.module.MyEncoder:small". Raises WarraqError, with what is wrong.
    """
    if not path:
        return None
    dotted, colon, argument = path.partition(":")
    module, _, name = dotted.rpartition(".")
    try:
        maker = getattr(import_module(module), name)
        made = maker(argument) if colon else maker()
    except Exception as error:  # whatever another's code raises is to be told in one line
        raise WarraqError(
            f"the encoder {path!r} cannot be loaded: {str(error) or type(error).__name__}"
        ) from error
    return _checked(made, path)


def _checked(made: object, path: str) -> Encoder:
    if not isinstance(made, Encoder):
        wanted = "name, dimensions, least_similarity, weight, encode and encode_query"
        raise WarraqError(f"{path!r} is no encoder, which has {wanted}")
    numbers = (made.dimensions, made.least_similarity, made.weight)
    if not all(isinstance(number, Real) for number in numbers):
        raise WarraqError(
            f"{path!r} needs numbers as dimensions, least_similarity and weight, not {numbers}"
        )
    if not 0 < made.dimensions <= MOST_DIMENSIONS:
        raise WarraqError(
            f"{path!r} has {made.dimensions:,} dimensions; 1 to {MOST_DIMENSIONS:,} can be"
        )
    if not -1 <= made.least_similarity < 1 or not made.weight > 0:
        raise WarraqError(
            f"{path!r} needs a least_similarity from -1 to below 1 and a weight above 0"
        )
    return made


def direction(vector: Sequence[float], dimensions: int) -> list[float] | None:
    """`vector` with length 1, which is all that a cosine looks at; None where it has no direction.

    Raises ValueError if it has not that many dimensions.
    """
    if len(vector) != dimensions:
        raise ValueError(f"a vector of {len(vector):,} dimensions instead of {dimensions:,}")
    length = sqrt(sum(float(value) ** 2 for value in vector))
    if not isfinite(length) or length < 1e-9:
        return None
    return [round(float(value) / length, 6) for value in vector]
