"""Makes the tables of morphology: `python -m training.make_morphology wiki-train.jsonl.xz`.

Every word of the shipped lexicon is read in all ways that the dictionaries and paradigms allow
(`training.morphology`), the readings are ranked, and the likely ones are written. Three minutes.
The same input gives the same bytes.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import marisa_trie
import typer

from training.corpus import texts
from training.morphology.analyses import Analysis, Forms
from training.morphology.dictionary import infer_plurals
from training.morphology.lexemes import lexemes
from training.morphology.neighbours import Kinds, Neighbours
from training.morphology.ranking import rank
from warraq.text.forms import FOLDER, LEXEMES, Packed, pack, tag_of
from warraq.text.lexicon import FOLDER as LEXICON
from warraq.text.lexicon import Lexicon

_LEAST = 0.01  # what a reading's share must be to be kept
_MOST = 6  # readings of a word
_CLITICS = re.compile("^[وف]?[بلك]?ال|^[وف]?لل|^[وف]")

Ranked = Mapping[str, list[tuple[float, Analysis]]]


def ranked_readings(lexicon: Lexicon) -> Ranked:
    """All words of the lexicon that can be read, with their readings."""

    def common(key: str) -> float:
        cost = lexicon.cost(key)
        return 0.0 if cost is None else 10.0**-cost

    known = lexemes(common)
    forms = Forms(known)
    trie = marisa_trie.Trie()
    trie.mmap(str(LEXICON / "words.marisa"))
    words = sorted(trie)
    unread = {word for word in words if len(word) > 2 and not forms.read(word)}
    infer_plurals(known, unread | {_CLITICS.sub("", word) for word in unread})
    forms = Forms(known)
    read = {word: found for word in words if (found := forms.read(word))}
    return rank(read, {word: common(word) for word in read})


def tense(analysis: Analysis) -> int:
    """0 past (or no verb), 1 present, 2 what stands after لم, or an order."""
    kind = analysis.pattern[2]
    if analysis.lexeme.part != "verb":
        return 0
    return {"v": 0, "i": 1, "j": 2, "o": 2}.get(kind[0], 0)


def tag_in(word: str, analysis: Analysis) -> int:
    part, before = analysis.lexeme.part, word[: analysis.before]
    return tag_of(part, tense(analysis), before, analysis.behind)


def kept(found: list[tuple[float, Analysis]]) -> list[tuple[Analysis, float]]:
    """The likely readings, one of each lexeme, cut and spelling."""
    shares: dict[tuple[int, int, int, int, int], float] = {}
    first: dict[tuple[int, int, int, int, int], Analysis] = {}
    for share, one in found:
        place = (id(one.lexeme), one.before, one.behind, one.alef, tense(one))
        shares[place] = shares.get(place, 0.0) + share
        first.setdefault(place, one)
    likely = sorted(first, key=lambda place: -shares[place])
    return [(first[one], shares[one]) for one in likely if shares[one] >= _LEAST][:_MOST]


def kinds_of(word: str, readings: list[tuple[Analysis, float]]) -> Kinds:
    tags: dict[int, float] = {}
    for one, share in readings:
        tag = tag_in(word, one)
        tags[tag] = tags.get(tag, 0.0) + share
    return sorted(tags.items(), key=lambda one: -one[1])


def write(ranked: Ranked, corpus: Path, folder: Path) -> None:
    """Writes all files of the tables into `folder`, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    readings = {word: kept(found) for word, found in ranked.items()}
    used = {id(one.lexeme): one.lexeme for found in readings.values() for one, _ in found}
    order = sorted(used.values(), key=lambda one: (one.lemma, one.part))
    if len(order) > LEXEMES:
        raise ValueError(f"{len(order):,} lexemes are more than {LEXEMES:,}")
    numbers = {id(lexeme): number for number, lexeme in enumerate(order)}
    lines = [f"{one.lemma}\t{one.part}\t{one.root or ''}" for one in order]
    (folder / "lexemes.tsv").write_text("\n".join(["lemma\tpart\troot", *lines]) + "\n")

    words = marisa_trie.Trie(readings)
    words.save(str(folder / "words.marisa"))
    by_number = {words[word]: found for word, found in readings.items()}
    first, packed = array("I", [0]), array("I")
    for at in range(len(words)):
        for one, share in by_number[at]:
            number, tag = numbers[id(one.lexeme)], tag_in(words.restore_key(at), one)
            packed.append(pack(Packed(number, one.before, one.behind, one.alef, share, tag)))
        first.append(len(packed))
    (folder / "words.first").write_bytes(first.tobytes())
    (folder / "readings").write_bytes(packed.tobytes())

    kinds = {word: kinds_of(word, found) for word, found in readings.items()}
    neighbours = Neighbours(lambda: texts(corpus), kinds)
    table = {
        "classes": neighbours.words,
        "left": neighbours.left.round(2).tolist(),
        "right": neighbours.right.round(2).tolist(),
    }
    (folder / "neighbours.json").write_text(json.dumps(table, ensure_ascii=False) + "\n")


def main(
    corpus: Annotated[Path, typer.Argument(help="JSON Lines with `text`.")],
    folder: Annotated[Path, typer.Option(help="Where to.")] = FOLDER,
) -> None:
    """Make the tables of morphology from the dictionaries, the lexicon and a corpus."""
    ranked = ranked_readings(Lexicon())
    write(ranked, corpus, folder)
    for file in sorted(folder.iterdir()):
        typer.echo(f"{file.stat().st_size:>10,} bytes  {file.name}")


if __name__ == "__main__":
    typer.run(main)
