"""A small static encoder out of a corpus: `python -m training.make_encoder FILE… --to FOLDER`.

Stems that stand in the same company have vectors alike: co-occurrence within a few words, positive
pointwise mutual information with smoothed contexts, and a truncated singular value decomposition
(Levy, Goldberg and Dagan 2015, "Improving Distributional Similarity with Lessons Learned from Word
Embeddings"). A text is the sum of its stems, the rare ones counting more, without what all texts
have in common (Arora, Liang and Ma 2017, "A Simple but Tough-to-Beat Baseline for Sentence
Embeddings"). What reads it is `warraq.analysis.static_encoder`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import svds

from training.corpus import texts
from warraq.analysis.static_encoder import Model, StaticEncoder, stems

Matrix = npt.NDArray[np.float32]

_LEAST_SEEN = 5
_REACH = 8  # words to either side
_SMOOTHING = 0.75  # of how often a context is met
_COMMON = 1e-3  # a stem of this share of all words counts half
_SAMPLED = 20_000  # paragraphs that say what texts have in common
_LEAST_PARAGRAPH = 5  # stems: shorter ones are headings


def encoder(
    corpus: Iterable[str],
    *,
    name: str,
    dimensions: int,
    words: int,
    least_similarity: float,
    weight: float,
) -> Model:
    """A model of the `words` most frequent stems of `corpus`, whose items are paragraphs."""
    paragraphs = [stems(text) for text in corpus]
    counted = Counter(chain.from_iterable(paragraphs))
    vocabulary = [
        stem for stem, times in counted.most_common(words) if times >= _LEAST_SEEN and len(stem) > 1
    ]
    numbers = {stem: number for number, stem in enumerate(vocabulary)}
    total = counted.total()
    shares = np.array([counted[stem] / total for stem in vocabulary])
    vectors = _vectors(_company(paragraphs, numbers), dimensions)
    vectors *= (_COMMON / (_COMMON + shares)).astype(np.float32)[:, None]
    model = Model.of(
        name, dict(zip(vocabulary, vectors.tolist(), strict=True)), least_similarity, weight
    )
    return model.without(_common(model, paragraphs))


def _company(paragraphs: Sequence[Sequence[str]], numbers: dict[str, int]) -> sparse.csr_array:
    """How often each stem stands near each other one, the nearer the more."""
    line = np.fromiter(_in_line(paragraphs, numbers), dtype=np.int32)
    size = len(numbers)
    company = sparse.csr_array((size, size), dtype=np.float32)
    for distance in range(1, _REACH + 1):
        left, right = line[:-distance], line[distance:]
        both = (left >= 0) & (right >= 0)
        nearness = np.full(int(both.sum()), 1 / distance, dtype=np.float32)
        company += sparse.coo_array((nearness, (left[both], right[both])), (size, size)).tocsr()
    return company + company.T.tocsr()


def _in_line(paragraphs: Iterable[Sequence[str]], numbers: dict[str, int]) -> Iterator[int]:
    """All stems one after another as numbers; -1 is none, and parts paragraphs by more than a
    stem's reach."""
    for paragraph in paragraphs:
        for stem in paragraph:
            yield numbers.get(stem, -1)
        yield from [-1] * _REACH


def _vectors(company: sparse.csr_array, dimensions: int) -> Matrix:
    """One a stem, of length 1."""
    pairs = company.tocoo()
    words = np.asarray(company.sum(axis=1)).ravel()
    contexts = words**_SMOOTHING
    contexts /= contexts.sum()
    chance = words[pairs.row] * contexts[pairs.col]
    information = np.log(np.maximum(pairs.data, 1e-12) / np.maximum(chance, 1e-12))
    told = information > 0
    ppmi = sparse.csr_array(
        (information[told].astype(np.float32), (pairs.row[told], pairs.col[told])), company.shape
    )
    left, values, _ = svds(ppmi, dimensions, v0=np.ones(len(words), dtype=np.float32))
    found: Matrix = (left * np.sqrt(values)).astype(np.float32)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    found /= np.maximum(lengths, 1e-9)
    return found


def _common(model: Model, paragraphs: Sequence[Sequence[str]]) -> list[float]:
    """The mean of the vectors of paragraphs from all over the corpus."""
    long = [paragraph for paragraph in paragraphs if len(paragraph) >= _LEAST_PARAGRAPH]
    every = max(1, len(long) // _SAMPLED)
    reader = StaticEncoder(model)
    found = np.array([reader.of_stems(paragraph) for paragraph in long[::every]])
    mean: list[float] = found.mean(axis=0).tolist()
    return mean


def paragraphs_of(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        for text in texts(file):
            yield from text.splitlines()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    parser.add_argument("--to", metavar="FOLDER", type=Path, required=True)
    parser.add_argument("--name", default="static-1")
    parser.add_argument("--dimensions", type=int, default=150)
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--least-similarity", type=float, default=0.4)
    parser.add_argument("--weight", type=float, default=0.1)
    options = parser.parse_args()
    made = encoder(
        paragraphs_of(options.files),
        name=options.name,
        dimensions=options.dimensions,
        words=options.words,
        least_similarity=options.least_similarity,
        weight=options.weight,
    )
    made.write(options.to)
    size = sum(file.stat().st_size for file in options.to.iterdir())
    print(f"{len(made.words):,} stems, {made.dimensions} dimensions, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
