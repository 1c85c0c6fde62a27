"""The model that decides: a quick logistic look at every segmentation, then boosted trees.

Both are made by `python -m training.make_joins` and stand, as numbers alone, in one JSON file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from warraq.text.joins.evidence import NAMES

Tree = Any
"""A number, or [place of the evidence, threshold, tree if not above it, tree if above]."""


class Decision:
    """Raises OSError or ValueError where `file` holds no model for the evidence there is."""

    def __init__(self, file: Path) -> None:
        model = json.loads(file.read_text(encoding="utf-8"))
        if model["evidence"] != list(NAMES):
            raise ValueError(f"{file} was made for other evidence: python -m training.make_joins")
        first = model["first_look"]
        self._weights: list[float] = first["weights"]
        self._least: float = first["least"] - first["bias"]
        self._bias: float = model["bias"]
        # All trees in one row of nodes; a node's left child is the next one.
        self._roots: list[int] = []
        self._places: list[int] = []
        self._values: list[float] = []
        self._rights: list[int] = []
        for tree in model["trees"]:
            self._roots.append(len(self._places))
            self._add(tree)

    def _add(self, tree: Tree) -> None:
        node = len(self._places)
        if isinstance(tree, list):
            place, threshold, left, right = tree
            self._places.append(place)
            self._values.append(threshold)
            self._rights.append(0)
            self._add(left)
            self._rights[node] = len(self._places)
            self._add(right)
        else:
            self._places.append(-1)
            self._values.append(tree)
            self._rights.append(0)

    def is_worth_a_second_look(self, first_look: Sequence[float]) -> bool:
        """Whether a segmentation with this evidence has any chance."""
        total = sum(map(float.__mul__, self._weights, map(float, first_look)))
        return total >= self._least

    def confidence(self, evidence: Sequence[float]) -> float:
        """How sure it is, 0 to 1, that a segmentation with this evidence is right."""
        places, values, rights = self._places, self._values, self._rights
        total = self._bias
        for root in self._roots:
            node = root
            while (place := places[node]) >= 0:
                node = node + 1 if evidence[place] <= values[node] else rights[node]
            total += values[node]
        return 1 / (1 + math.exp(-max(-50.0, total)))
