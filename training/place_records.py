"""Writes the gazetteer as it is mapped into memory: tries and records.

See `warraq.analysis.entities.gazetteer`, which reads them.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from pathlib import Path

import marisa_trie

from training import place_sources as sources
from training.place_sources import Named
from warraq.analysis.entities.gazetteer import CERTAIN, KINDS, LINKS, NUMBER, PLACE
from warraq.text.lexicon import lexicon_key


def write(
    names: dict[str, list[Named]], priors: dict[str, float], spellings: Counter[str], folder: Path
) -> None:
    """Writes all files of a gazetteer into `folder`: of names, by key, their places and priors.

    spellings: how often a corpus writes a name so.
    """
    numbers: dict[int, int] = {}
    records, texts_of = bytearray(), bytearray()
    at: dict[str, int] = {}
    for place in itertools.chain.from_iterable(names.values()):
        if id(place) in numbers:
            continue
        numbers[id(place)] = len(numbers)
        name = _canonical(place, spellings)
        text = name.encode()
        if name not in at:
            at[name] = len(texts_of)
            texts_of += text
        records += PLACE.pack(
            at[name],
            len(text),
            KINDS.index(place.kind),
            (place.country or "  ").encode(),
            math.nan if place.latitude is None else place.latitude,
            math.nan if place.longitude is None else place.longitude,
            min(place.population, 0xFFFFFFFF),
        )
    trie = marisa_trie.Trie(f"{key} " for key in names)
    links, meant = bytearray(LINKS.size * len(trie)), bytearray()
    for key, places in names.items():
        likely = round(min(1.0, priors[key]) * CERTAIN)
        LINKS.pack_into(
            links, trie[f"{key} "] * LINKS.size, len(meant) // NUMBER.size, len(places), likely
        )
        for place in places:
            meant += NUMBER.pack(numbers[id(place)])
    trie.save(str(folder / "names.marisa"))
    marisa_trie.Trie(sorted({key.split(" ")[0] for key in names})).save(
        str(folder / "first-words.marisa")
    )
    marisa_trie.BytesTrie(
        sorted({lexicon_key(n): c.encode() for n, c in sources.nationalities().items()}.items())
    ).save(str(folder / "nationalities.marisa"))
    (folder / "names.links").write_bytes(links)
    (folder / "names.places").write_bytes(meant)
    (folder / "places.records").write_bytes(records)
    (folder / "places.names").write_bytes(texts_of)


def _canonical(place: Named, spellings: Counter[str]) -> str:
    """The first name in a table; else the spelling that the corpus has most."""
    if place.canonical is not None:
        return place.canonical
    if place.source == "table":
        return place.names[0]
    return max(place.names, key=lambda name: (spellings[name], name.endswith("ة"), len(name)))
