"""Classes of words that stand in the same places, from plain text.

A word is described by what stands directly before and behind it (positive pointwise mutual
information with the commonest words, reduced by a truncated singular value decomposition), and
described words are parted by k-means. Names fall together that no list has.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.utils.extmath import randomized_svd

_CONTEXTS = 2_000
_DIMENSIONS = 100


def word_clusters(
    sentences: Iterable[Sequence[str]], *, least: int, clusters: Sequence[int], seed: int = 1
) -> dict[str, tuple[int, ...]]:
    """Word → the number of its cluster for each of `clusters`, of words seen `least` times."""
    kept = list(sentences)
    counts = Counter(word for sentence in kept for word in sentence)
    words = [word for word, number in counts.most_common() if number >= least]
    numbers = {word: number for number, word in enumerate(words)}
    pairs: Counter[tuple[int, int]] = Counter()
    for sentence in kept:
        ids = [-1, *(numbers.get(word, -1) for word in sentence), -1]
        for here, there in pairwise(ids):
            if here >= 0:
                pairs[here, there if there < _CONTEXTS else -2] += 1
            if there >= 0:
                pairs[there, (here if here < _CONTEXTS else -2) + _CONTEXTS + 2] += 1
    rows, columns, values = [], [], []
    of_row: Counter[int] = Counter()
    of_column: Counter[int] = Counter()
    for (row, column), number in pairs.items():
        of_row[row] += number
        of_column[column] += number**0.75
    total = sum(of_row.values())
    weight = total / sum(of_column.values())
    for (row, column), number in pairs.items():
        information = math.log(number * total / (of_row[row] * of_column[column] * weight))
        if information > 0:
            rows.append(row)
            columns.append(column + 2)
            values.append(information)
    matrix = csr_matrix(
        (values, (rows, columns)), shape=(len(words), 2 * (_CONTEXTS + 2) + 2), dtype=np.float32
    )
    left, strengths, _ = randomized_svd(matrix, _DIMENSIONS, random_state=seed)
    vectors = left * np.sqrt(strengths)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    found = [
        MiniBatchKMeans(number, random_state=seed, batch_size=4096, n_init=3).fit_predict(vectors)
        for number in clusters
    ]
    return {word: tuple(int(one[number]) for one in found) for word, number in numbers.items()}
