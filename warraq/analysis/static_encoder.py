"""A static encoder: a text is the sum of the vectors of its stems. Small, quick, and no match for
a model that reads sentences; the example of an `Encoder` (docs/decisions/0068-dense-view.md).

`training.make_encoder` makes its model, a folder:
`WARRAQ_ENCODER=warraq.analysis.static_encoder.from_folder:/path/of/it`.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path

import marisa_trie

from warraq.analysis.duplicates import stem
from warraq.text.normalize import fold
from warraq.text.tokens import tokens

_LONGEST = 100_000  # characters of a text that are read: what it is about is long clear
_LARGEST = 127  # of a signed byte


def stems(text: str) -> list[str]:
    """The words of `text` by which it is known here, in order."""
    return [stem(fold(token.form)) for token in tokens(text[:_LONGEST])]


@dataclass(frozen=True, slots=True)
class Model:
    """words: numbers of the stems. vectors: theirs, one after another, in signed bytes, and scales:
    what a byte of each counts. common: what every text has and which is taken off its vector.
    """

    name: str
    dimensions: int
    least_similarity: float
    weight: float
    words: marisa_trie.Trie
    vectors: array[int]
    scales: array[float]
    common: tuple[float, ...] = ()

    @classmethod
    def of(
        cls, name: str, vectors: Mapping[str, Sequence[float]], least: float, weight: float
    ) -> Model:
        """A model of stems with their vectors, which are rounded to 255 steps each."""
        words = marisa_trie.Trie(vectors)
        ordered = [vectors[word] for word in sorted(vectors, key=words.key_id)]
        largest = [max(map(abs, vector)) or 1.0 for vector in ordered]
        rounded = array("b")
        for vector, most in zip(ordered, largest, strict=True):
            rounded.extend(round(value / most * _LARGEST) for value in vector)
        scales = array("f", (most / _LARGEST for most in largest))
        return cls(name, len(ordered[0]), least, weight, words, rounded, scales)

    def without(self, common: Iterable[float]) -> Model:
        return replace(self, common=tuple(common))

    def write(self, folder: Path) -> None:
        """As files in `folder`, which is made if need be."""
        folder.mkdir(parents=True, exist_ok=True)
        self.words.save(str(folder / "words.marisa"))
        (folder / "words.vectors").write_bytes(self.vectors.tobytes())
        (folder / "words.scales").write_bytes(self.scales.tobytes())
        about = {
            "name": self.name,
            "dimensions": self.dimensions,
            "least_similarity": self.least_similarity,
            "weight": self.weight,
            "common": [round(value, 6) for value in self.common],
        }
        (folder / "encoder.json").write_text(json.dumps(about) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Model:
        """The model in `folder`. Raises OSError or ValueError if there is none."""
        about = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        words = marisa_trie.Trie()
        words.load(str(folder / "words.marisa"))
        vectors, scales = array("b"), array("f")
        vectors.frombytes((folder / "words.vectors").read_bytes())
        scales.frombytes((folder / "words.scales").read_bytes())
        return cls(
            about["name"], about["dimensions"], about["least_similarity"], about["weight"],
            words, vectors, scales, tuple(about["common"]),
        )  # fmt: skip


class StaticEncoder:
    """An `Encoder` by `model`. The attributes are the model's own."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.name, self.dimensions = model.name, model.dimensions
        self.least_similarity, self.weight = model.least_similarity, model.weight

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        return list(map(self.encode_query, texts))

    def encode_query(self, text: str) -> list[float]:
        return self.of_stems(stems(text))

    def of_stems(self, found: Iterable[str]) -> list[float]:
        """The vector of a text of these stems; zeros if none of them is known."""
        model, size = self._model, self.dimensions
        summed = [0.0] * size
        for word, times in Counter(found).items():
            number = model.words.get(word)
            if number is None:
                continue
            counts = times * model.scales[number]
            at = number * size
            summed = [
                value + counts * byte
                for value, byte in zip(summed, model.vectors[at : at + size], strict=True)
            ]
        length = sqrt(sum(value * value for value in summed))
        if not length:
            return summed
        common = model.common or (0.0,) * size
        return [value / length - mean for value, mean in zip(summed, common, strict=True)]


def from_folder(folder: str) -> StaticEncoder:
    """The encoder whose model lies in `folder`. Raises OSError or ValueError if there is none."""
    return StaticEncoder(Model.read(Path(folder)))
