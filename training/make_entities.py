"""Makes what finds names: `python -m training.make_entities wiki-train.jsonl.xz pud.jsonl.xz`.

First the lists (`words.marisa`, `phrases.marisa`), then the model, which is trained on texts with
names marked in them: those in `tagged/`, as they stand and with other names in the place of theirs,
and paragraphs of the two corpora, by `labels/`. The same input gives the same model.
"""

from __future__ import annotations

import json
import pickle
import random
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import marisa_trie
import pycrfsuite
import typer

from training.corpus import texts
from training.name_lists import NameLists, name_lists
from training.name_swaps import Pools, swapped
from training.tagged_corpus import FOLDER as TAGGED
from training.tagged_corpus import LABELS as READ
from training.tagged_corpus import Tag, TaggedText, labelled_texts, tagged_texts
from training.word_clusters import word_clusters
from warraq.analysis.entities import features
from warraq.analysis.entities.evidence import Evidence, WordType, behind_heads
from warraq.analysis.entities.gazetteer import shipped_gazetteer
from warraq.analysis.entities.phrases import Phrases
from warraq.analysis.entities.weights import (
    COMMON,
    LABELS,
    OTHERS,
    STEPS,
    WORDS,
    Weights,
    WordTypes,
)
from warraq.analysis.entities.words import BITS, FOLDER, RECORD, Words
from warraq.annotations import TextField
from warraq.text.lexicon import shipped_lexicon
from warraq.text.normalize import fold
from warraq.text.tokens import sentences, tokens

CLUSTERS = (100, 800)
_LEAST_SEEN = 5
_SWAPS = 2
_COMMON_WORDS = 120_000
"""Of the lexicon; they are nine tenths of a text."""
_FORGOTTEN = 0.3
"""Of the names of an article, so many that a first reading misses."""
_LEAST_WEIGHT = 0.02
_PLACES = ("<<", "<", "", ">", ">>")
_OTHERS = (
    "kk=",
    "kn=",
    "kkn=",
    "g=",
    "h=",
    "gk=",
    "hk=",
    "gh=",
    "P=",
    "PK=",
    "PS=",
    "L=",
    "H=",
    "HK=",
    "HH=",
    "D=",
    "DK=",
)
"""What names of features that are not of words begin with."""
_CRF = {"c1": 0.02, "c2": 0.7, "max_iterations": 150, "feature.possible_transitions": True}


def write_lists(lists: NameLists, clusters: dict[str, tuple[int, ...]], folder: Path) -> None:
    """`words.marisa` and `phrases.marisa`."""
    bits: dict[str, int] = {}
    for word, classes in lists.classes.items():
        bits[word] = sum(BITS[one] for one in classes if one in BITS)
    phrases = set()
    for letter, class_, names in (
        ("o", "wikiorg", lists.organizations),
        ("p", "wikiper", lists.persons),
    ):
        for name in names:
            folded = [fold(token.key) for token in tokens(name)]
            if not folded or (len(folded) == 1 and letter == "p"):
                continue
            phrases.add(letter + " ".join(folded) + " ")
            bits[folded[0]] = bits.get(folded[0], 0) | BITS[class_]
            if len(folded) == 1:
                bits[folded[0]] |= BITS["single"]
    words = {*bits, *clusters}
    small_large = {word: (one + 1, two + 1) for word, (one, two) in clusters.items()}
    marisa_trie.RecordTrie(
        RECORD,
        [(word, (bits.get(word, 0), *small_large.get(word, (0, 0)))) for word in sorted(words)],
    ).save(str(folder / "words.marisa"))
    marisa_trie.Trie(sorted(phrases)).save(str(folder / "phrases.marisa"))


def corpus_clusters(corpus: Path) -> dict[str, tuple[int, ...]]:
    """The clusters of the words of `corpus`, folded; numbers are one word."""

    @cache
    def key_of(key: str) -> str:
        return "0" if key[:1].isdigit() else fold(key)

    def lines() -> Iterator[list[str]]:
        for text in texts(corpus):
            for line in text.split("\n"):
                yield [key_of(token.key) for token in tokens(line)]

    return word_clusters(lines(), least=_LEAST_SEEN, clusters=CLUSTERS)


def field_of(text: str) -> TextField:
    """`text` as the steps read it."""
    return TextField("body", text, tokens(text), sentences(text))


def labels_of(field: TextField, tags: Iterable[Tag]) -> list[str]:
    """A label for each token; a tag begins in the token that holds its first letter."""
    labels = ["O"] * len(field.tokens)
    at = 0
    for tag in tags:
        while at < len(labels) and field.tokens[at].end <= tag.start:
            at += 1
        begin = "B-"
        while at < len(labels) and field.tokens[at].start < tag.end:
            labels[at] = begin + tag.type
            begin = "I-"
            at += 1
    return labels


class FeatureNames:
    """The features of texts by name, as the tagger will look them up."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._types: dict[str, WordType] = {}

    def of(
        self, field: TextField, memory: Mapping[int, Iterable[str]] = MappingProxyType({})
    ) -> Iterator[tuple[int, int, list[list[str]]]]:
        """[first, last) tokens of each sentence, and the features of each token in it.

        memory: token → what parts of names elsewhere in the article its word is.
        """
        types = [self._type(token.key) for token in field.tokens]
        gaps = [
            features.gap(field.text[one.end : two.start])
            for one, two in zip(field.tokens, field.tokens[1:], strict=False)
        ]
        matches = self.evidence.gazetteer.matches([token.key for token in field.tokens])
        looked = [one.looked for one in types]
        said = self.evidence.from_lists(looked, matches)
        for at, (head, distance) in behind_heads(looked, ["^", *gaps]).items():
            said.setdefault(at, []).extend(features.of_head(head, distance, types[at].kind))
        for at, parts in memory.items():
            said.setdefault(at, []).extend(features.of_memory(parts, types[at].kind))
        border = self._type(features.BORDER)
        for first, last in field.sentence_bounds():
            padded = [border, border, *types[first:last], border, border]
            found = []
            for at in range(first, last):
                around = padded[at - first : at - first + 5]
                before, here, behind = around[1:4]
                gap_before = gaps[at - 1] if at > first else "^"
                gap_behind = gaps[at] if at + 1 < last else "$"
                found.append([
                    *(
                        name
                        for one, place in zip(around, _PLACES, strict=True)
                        for name in features.at_place(one.features, place)
                    ),
                    *features.of_kinds(before.kind, here.kind, behind.kind),
                    *features.of_gaps(gap_before, here.kind, gap_behind),
                    *said.get(at, ()),
                ])  # fmt: skip
            yield first, last, found

    def remembered(
        self, field: TextField, labels: Sequence[str], chance: random.Random
    ) -> dict[int, list[str]]:
        """Token → what parts of names elsewhere in the text its word is, of most of the names."""
        parts: dict[str, list[tuple[int, str]]] = {}
        for first, last in _names(labels):
            if chance.random() < _FORGOTTEN:
                continue
            for at in range(first, last):
                type_ = self._type(field.tokens[at].key)
                if not features.is_remembered(type_.kind):
                    continue
                core = type_.looked.core
                part = features.part_of_name(labels[at][2:], at, first, last)
                parts.setdefault(core, []).append((at, part))
        found: dict[int, list[str]] = {}
        for at, token in enumerate(field.tokens):
            elsewhere = parts.get(self._type(token.key).looked.core, ())
            here = sorted({part for other, part in elsewhere if other != at})
            if here:
                found[at] = here
        return found

    def _type(self, key: str) -> WordType:
        found = self._types.get(key)
        if found is None:
            found = self._types[key] = self.evidence.word_type(key)
        return found


def _names(labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """[first, last) of each name."""
    first = None
    for at, label in enumerate((*labels, "O")):
        if first is not None and label[0] != "I":
            yield first, at
            first = None
        if label[0] == "B":
            first = at


def train(articles: Sequence[TaggedText], names: FeatureNames, model: Path) -> None:
    """Fits the weights and writes them as crfsuite does.

    Every second article is read as the tagger reads it at first, without a memory of names.
    """
    chance = random.Random(len(articles))
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=_CRF, verbose=False)
    for number, article in enumerate(articles):
        field = field_of(article.text)
        labels = labels_of(field, article.tags)
        memory = names.remembered(field, labels, chance) if number % 2 else {}
        for first, last, found in names.of(field, memory):
            trainer.append(found, labels[first:last])
    trainer.train(str(model))


def write_model(model: Path, folder: Path) -> int:
    """The weights in the form that the tagger reads; returns the number of features kept."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    info = tagger.info()
    weights: dict[str, list[float]] = {}
    for (name, label), weight in info.state_features.items():
        weights.setdefault(name, [0.0] * len(LABELS))[LABELS.index(label)] = weight
    words: dict[str, list[int]] = {}
    others: dict[str, list[int]] = {}
    width = len(LABELS) - 1
    for name, row in weights.items():
        if max(abs(one - row[0]) for one in row[1:]) < _LEAST_WEIGHT:
            continue
        steps = [max(-32768, min(32767, round((one - row[0]) * STEPS))) for one in row[1:]]
        if name.startswith(_OTHERS):
            others[name] = steps
        else:
            bare = name.lstrip("<>")
            at = features.PLACES.index(name[: len(name) - len(bare)]) * width
            total = words.setdefault(bare, [0] * (width * len(features.PLACES)))
            total[at : at + width] = steps
    for file, rows in ((WORDS, words), (OTHERS, others)):
        _write_table(rows, folder, file)
    transitions = sorted((*pair, round(weight, 4)) for pair, weight in info.transitions.items())
    (folder / "transitions.json").write_text(json.dumps(transitions) + "\n", encoding="utf-8")
    return len(words) + len(others)


def write_common_words(evidence: Evidence, folder: Path) -> None:
    """What the commonest words of the lexicon add to scores, reckoned beforehand."""
    lexicon = shipped_lexicon()
    keys = sorted(lexicon.keys(), key=lambda key: (lexicon.cost(key), key))[:_COMMON_WORDS]
    types = WordTypes(evidence, Weights(folder), None)
    trie = marisa_trie.Trie(sorted(keys))
    ordered = sorted(keys, key=lambda key: trie[key])
    (folder / f"{COMMON}.records").write_bytes(b"".join(map(types.record, ordered)))
    trie.save(str(folder / f"{COMMON}.marisa"))
    kinds = json.dumps(list(types.kinds), ensure_ascii=False)
    (folder / f"{COMMON}.kinds.json").write_text(kinds + "\n", encoding="utf-8")


def _write_table(rows: Mapping[str, Sequence[int]], folder: Path, file: str) -> None:
    trie = marisa_trie.Trie(sorted(rows))
    ordered = sorted(rows.items(), key=lambda item: trie[item[0]])
    trie.save(str(folder / f"{file}.marisa"))
    values = array("h", (one for _, row in ordered for one in row))
    (folder / f"{file}.weights").write_bytes(values.tobytes())


def main(
    corpus: Annotated[Path, typer.Argument(help="JSON Lines with `text`: wiki-train.")],
    sentences: Annotated[Path, typer.Argument(help="JSON Lines with `text`: UD_Arabic-PUD.")],
    to: Annotated[Path, typer.Option(help="Where to.")] = FOLDER,
    clusters: Annotated[Path | None, typer.Option(help="Kept of an earlier run.")] = None,
    seed: Annotated[int, typer.Option(help="Of the names that take other names' places.")] = 1,
) -> None:
    """Make the lists, and train the model on texts with names marked in them."""
    lists = name_lists(corpus)
    found = _kept_clusters(corpus, clusters)
    to.mkdir(parents=True, exist_ok=True)
    write_lists(lists, found, to)
    evidence = Evidence(Words(to), Phrases(to / "phrases.marisa"), shipped_gazetteer())
    articles = [article for file in sorted(TAGGED.glob("*.txt")) for article in tagged_texts(file)]
    read = [
        *labelled_texts(READ / "wiki-names.tsv", corpus),
        *labelled_texts(READ / "pud-names.tsv", sentences),
    ]
    chance = random.Random(seed)
    pools = Pools(lists)
    swaps = [swapped(article, pools, chance) for _ in range(_SWAPS) for article in articles]
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.crfsuite"
        train([*articles, *swaps, *read], FeatureNames(evidence), model)
        number = write_model(model, to)
    write_common_words(evidence, to)
    typer.echo(f"{len(articles)} articles, {len(read)} paragraphs, {number:,} features")


def _kept_clusters(corpus: Path, file: Path | None) -> dict[str, tuple[int, ...]]:
    if file and file.is_file():
        return dict(pickle.loads(file.read_bytes()))  # noqa: S301  our own
    found = corpus_clusters(corpus)
    if file:
        file.write_bytes(pickle.dumps(found))
    return found


if __name__ == "__main__":
    typer.run(main)
