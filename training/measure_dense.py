"""What a static encoder would add to a sum of lexical views: `measure_dense MODEL FOLDER…`.

MODEL is a folder of `training.make_encoder`, FOLDER one of `training.make_beir`. Lexical: BM25 of
folded words (.3), stems (1) and trigrams of words (1). Beside it: cosines of the encoder,
reciprocal ranks, and stems expanded by those most like them. Each weight is the best for nine
tenths of the queries, measured on the other tenth. It needs no Elasticsearch.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.stats import ttest_rel

from warraq.analysis.duplicates import stem
from warraq.analysis.encoder import direction
from warraq.analysis.static_encoder import Model, StaticEncoder
from warraq.search.evaluation.beir import Collection, read
from warraq.text.normalize import fold
from warraq.text.tokens import tokens

Matrix = npt.NDArray[np.float32]
Words = list[str]

_WEIGHTS = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1.0)
_FOLDS = 10
_NEAREST = 100
_NEIGHBOURS = 5
_RANK_CONSTANT = 60  # of reciprocal rank fusion
_K1, _B = 1.2, 0.75


def _trigrams(words: Words) -> Words:
    return [word[at : at + 3] for word in words for at in range(max(1, len(word) - 2))]


_VIEWS: tuple[tuple[Callable[[Words], Words], float], ...] = (
    (lambda words: words, 0.3),
    (lambda words: list(map(stem, words)), 1.0),
    (_trigrams, 1.0),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """right: by query, the number of the text that answers it."""

    right: npt.NDArray[np.int64]

    def ranks(self, scores: Matrix) -> npt.NDArray[np.float64]:
        """Of the right texts; among equals the middle one."""
        own = scores[np.arange(len(self.right)), self.right][:, None]
        ranks: npt.NDArray[np.float64] = (
            (scores > own).sum(axis=1) + 1 + ((scores == own).sum(axis=1) - 1) / 2
        )
        return ranks

    def alone(self, what: str, scores: Matrix) -> None:
        ranks = self.ranks(scores)
        print(
            f"  {what:<26} nDCG@10 {100 * _ndcg(ranks).mean():.2f}, "
            f"R@100 {100 * (ranks <= 100).mean():.2f}"
        )

    def report(self, what: str, base: Matrix, added: Matrix) -> None:
        """Prints what `added` is worth beside `base`, by a weight that other queries chose."""
        ranks = [self.ranks(base + weight * added) for weight in _WEIGHTS]
        gains, found = np.array(list(map(_ndcg, ranks))), np.array(ranks) <= 100
        folds = np.random.default_rng(0).permutation(len(self.right)) % _FOLDS
        best = np.array([gains[:, folds != fold].mean(axis=1).argmax() for fold in range(_FOLDS)])
        chosen = best[folds], np.arange(len(folds))
        before = gains[0]
        after = gains[chosen]
        p = ttest_rel(after, before).pvalue
        weights = "/".join(f"{_WEIGHTS[one]:g}" for one in sorted(set(best.tolist())))
        print(
            f"  {what:<26} nDCG@10 {100 * after.mean():.2f} ({100 * (after - before).mean():+.2f}, "
            f"p {p:.2g}), R@100 {100 * found[chosen].mean():.2f} "
            f"({100 * (found[chosen].mean() - found[0].mean()):+.2f}), weight {weights}"
        )


def _ndcg(ranks: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.where(ranks <= 10, 1 / np.log2(ranks + 1), 0.0)


def _counts(texts: Sequence[Words], numbers: dict[str, int]) -> sparse.csr_array:
    """How often each word stands in each text; words that have no number yet get none."""
    pairs = [
        (row, numbers[word]) for row, text in enumerate(texts) for word in text if word in numbers
    ]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    ones = np.ones(len(rows), dtype=np.float32)
    return sparse.coo_array((ones, (rows, columns)), (len(texts), len(numbers))).tocsr()


class View:
    """BM25 of one view of the texts."""

    def __init__(self, texts: Sequence[Words]) -> None:
        self.numbers = {
            word: n for n, word in enumerate(dict.fromkeys(w for t in texts for w in t))
        }
        counts = _counts(texts, self.numbers)
        lengths = counts.sum(axis=1)
        having = np.bincount(counts.indices, minlength=len(self.numbers))
        self.rarity = np.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
        row = np.repeat(np.arange(len(texts)), np.diff(counts.indptr))
        damped = counts.data + _K1 * (1 - _B + _B * lengths / lengths.mean())[row]
        counts.data = (self.rarity[counts.indices] * counts.data * (_K1 + 1) / damped).astype("f4")
        self.weights = counts

    def scores(self, asked: sparse.csr_array) -> Matrix:
        return (asked @ self.weights.T).toarray()  # type: ignore[no-any-return]


def _neighbours(vectors: Matrix, numbers: Sequence[int]) -> Iterator[list[tuple[int, float]]]:
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        alike = vectors[some] @ vectors.T
        alike[np.arange(len(some)), some] = -1
        for row in alike:
            best = np.argpartition(-row, _NEIGHBOURS)[:_NEIGHBOURS]
            yield [(int(one), float(row[one])) for one in best]


def _expanded(model: Model, view: View, asked: Sequence[Words], least: float) -> sparse.csr_array:
    """The neighbours of each query's stems that are at least so much alike, as likely to be met."""
    vectors = np.array(model.vectors, dtype=np.float32).reshape(-1, model.dimensions)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    known = sorted(
        {number for text in asked for word in text if (number := model.words.get(word)) is not None}
    )
    alike = dict(zip(known, _neighbours(vectors, known), strict=True))
    rows, columns, values = [0], [0], [0.0]
    for row, text in enumerate(asked):
        for word in text:
            for other, similarity in alike.get(model.words.get(word, -1), ()):
                column = view.numbers.get(model.words.restore_key(other))
                if similarity < least or column is None or model.words.restore_key(other) in text:
                    continue
                own = view.numbers.get(word)
                # It counts no more than the word itself.
                most = 1.0 if own is None else min(1.0, view.rarity[own] / view.rarity[column])
                rows.append(row)
                columns.append(column)
                values.append(similarity * most)
    shape = (len(asked), len(view.numbers))
    return sparse.coo_array((np.array(values, dtype="f4"), (rows, columns)), shape).tocsr()


def _directions(reader: StaticEncoder, texts: Sequence[str]) -> Matrix:
    nothing = [0.0] * reader.dimensions
    return np.array(
        [direction(vector, reader.dimensions) or nothing for vector in reader.encode(texts)],
        dtype=np.float32,
    )


def _by_rank(scores: Matrix) -> Matrix:
    places = np.argsort(np.argsort(-scores, axis=1), axis=1)
    return (1 / (_RANK_CONSTANT + 1 + places)).astype(np.float32)


def measure(model: Model, collection: Collection) -> None:
    texts = [f"{text.title}\n{text.text}" for text in collection.texts]
    queries = list(collection.queries.values())
    words = [
        [[fold(token.form) for token in tokens(text)] for text in some] for some in (texts, queries)
    ]
    place = {text.id: number for number, text in enumerate(collection.texts)}
    right = np.array(
        [place[max(of, key=of.__getitem__)] for of in map(dict, collection.grades.values())]
    )
    views = [
        (View(list(map(seen, words[0]))), list(map(seen, words[1])), weight)
        for seen, weight in _VIEWS
    ]
    lexical = sum(
        (weight * view.scores(_counts(asked, view.numbers)) for view, asked, weight in views),
        np.zeros((len(queries), len(texts)), dtype=np.float32),
    )
    of = Asked(right)
    reader = StaticEncoder(model)
    cosines = _directions(reader, queries) @ _directions(reader, texts).T
    best = lexical / np.maximum(lexical.max(axis=1, keepdims=True), 1e-9)
    of.alone("lexical", lexical)
    of.alone("dense", cosines)
    of.report("+ cosine of all texts", best, cosines)
    nearest = np.argsort(np.argsort(-cosines, axis=1), axis=1) < _NEAREST
    for least in (0.0, 0.2, 0.4):
        above = np.where(nearest, np.maximum(0, (cosines - least) / (1 - least)), 0)
        of.report(f"+ nearest {_NEAREST} above {least}", best, above)
    of.report("+ reciprocal ranks", _by_rank(lexical), _by_rank(cosines))
    stems, asked, _ = views[1]
    for least in (0.5, 0.65, 0.75):
        added = stems.scores(_expanded(model, stems, asked, least))
        of.report(f"+ stems alike, from {least}", lexical, added)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("folders", metavar="FOLDER", type=Path, nargs="+")
    options = parser.parse_args()
    model = Model.read(options.model)
    for folder in options.folders:
        print(folder)
        measure(model, read(folder))


if __name__ == "__main__":
    main()
