"""How well stories are found: pairwise precision and recall on real days of news.

    python -m training.measure_duplicates FILE… --half dev [--needed BASE] [--show]

FILE: JSON Lines, an article a line: source, url, title, content or body, date_extracted. For `dev`
those of the dev papers; for `test` all papers, for its pairs hold an article of the others.

The articles are grouped in the order in which they were seen, by the rule of
`warraq/inbox/lua/group_stories.lua`, kept here in memory; a pair is found if both have one story.
The pairs of `gold/duplicates.tsv` were drawn by level of their exact resemblance, of each level
another share; `weight` is how many pairs of its level one stands for, and counts so in both
measures. Pairs that share less than a twentieth of their shingles of three words (and less than
three tenths of those of the shorter one) were not drawn: they count as no copies.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.corpus import articles, body_of
from warraq.analysis.duplicates import DIGEST_BYTES, NEEDED_SHARE, bands_of, excess, sign
from warraq.analysis.pipeline import Pipeline, Step, part, text_steps
from warraq.article import Contract, parse
from warraq.document import Document
from warraq.errors import Rejected

GOLD = Path(__file__).with_name("gold") / "duplicates.tsv"
_BUCKET = 8  # as in the script


class Stories:
    """What Redis keeps, in memory and without end."""

    def __init__(self, needed: Sequence[float]) -> None:
        self._needed = needed
        self._signatures: dict[str, bytes] = {}
        self._bands: dict[bytes, list[str]] = defaultdict(list)
        self._digests: dict[bytes, str] = {}

    def of(self, name: str, signature: bytes) -> str:
        """The name of the story of the article `name`."""
        if not signature:
            return name
        digest, bands = signature[:DIGEST_BYTES], bands_of(signature)
        story = self._digests.get(digest) or self._resembling(signature, bands)
        if story is None:
            story = name
            self._signatures[name] = signature
            for band in bands:
                self._bands[band] = [*self._bands[band], name][-_BUCKET:]
        self._digests.setdefault(digest, story)
        return story

    def _resembling(self, signature: bytes, bands: list[bytes]) -> str | None:
        others = {name for band in bands for name in self._bands.get(band, ())}
        alike = [(excess(signature, self._signatures[name], self._needed), name) for name in others]
        best, name = max(alike, default=(-1.0, ""))
        return name if best >= 0 else None


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("files", type=Path, nargs="+")
    options.add_argument("--half", choices=("dev", "test"), default="dev")
    options.add_argument(
        "--needed", type=float, default=NEEDED_SHARE[0], help="the first part of NEEDED_SHARE"
    )
    options.add_argument("--show", action="store_true", help="the pairs that were judged otherwise")
    given = options.parse_args()
    kept = Stories((given.needed, *NEEDED_SHARE[1:]))
    stories = {url: kept.of(url, signature) for url, signature in _signatures(given.files)}
    sizes: dict[str, int] = defaultdict(int)
    for story in stories.values():
        sizes[story] += 1
    found, right, there = 0.0, 0.0, 0.0
    with GOLD.open(encoding="utf-8") as file:
        pairs = [row for row in csv.DictReader(file, delimiter="\t") if row["half"] == given.half]
    for row in pairs:
        weight, same = float(row["weight"]), row["label"] == "1"
        together = stories[row["url1"]] == stories[row["url2"]]
        found += weight * together
        there += weight * same
        right += weight * (same and together)
        if given.show and same != together:
            print("missed" if same else "wrong", row["url1"], row["url2"], row["weight"])
    print(
        f"{len(stories):,} articles, {len(sizes):,} stories, the largest of {max(sizes.values())}"
    )
    print(f"{len(pairs)} pairs judged, which stand for {there:,.0f} copies")
    print(f"precision {right / found:.3f}, recall {right / there:.3f}")


def _signatures(files: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Of all articles, in the order in which they were seen."""
    pipeline = Pipeline((*text_steps(), Step("tokens", part), Step("duplicates", sign)))
    records = [record for file in files for record in articles(file)]
    for record in sorted(records, key=lambda record: record["date_extracted"]):
        article = {
            "source": record["source"],
            "id": record["url"],
            "title": record.get("title") or "",
            "body": body_of(record),
            "author": record.get("author") or None,
        }
        try:
            document = Document.begun(parse(json.dumps(article).encode(), Contract()), 0)
            yield record["url"], pipeline.run(document).signature
        except Rejected:
            yield record["url"], b""


if __name__ == "__main__":
    main()
