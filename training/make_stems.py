"""Rules that lead stems back to the stems of their lemmas: `python -m training.make_stems`.

Elasticsearch's light stemmer takes prefixes and endings off; صناديق (boxes) and صندوق (a box) stay
two words, so do كتبت (she wrote) and يكتب (he writes). The forms of the lexicon are read by
`warraq.analysis.morphology`, each form and its lemma are stemmed, and where most of what a stem is
written for has a lemma of another stem, that is a rule. The commonest rules are kept. They are
written as Elasticsearch's `stemmer_override` reads them, the stems of one lemma on one line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from training.light_stems import light_stem
from warraq.analysis.morphology import readings
from warraq.text.lexicon import shipped_lexicon
from warraq.text.normalize import fold

KEPT = 20_000
"""Rules. With a quarter of them a sum of views loses .3 points of nDCG@10, with all 137,000 of
them it gains .15 (docs/relevance.md); they stand in the settings of each index."""
_MOST = 0.5
"""What share of the words with a stem must have the lemma."""
_CONTENT = frozenset({"noun", "adj", "verb", "name", "number"})

Rule = tuple[str, str]
"""A stem, and what it is led back to."""


def rules() -> list[Rule]:
    """All rules, those for the commonest stems first."""
    share: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    lexicon = shipped_lexicon()
    for form in lexicon.keys():  # noqa: SIM118 (it is no dict)
        found = readings(form)
        cost = lexicon.cost(form)
        if found and cost is not None:
            stem = light_stem(fold(form))
            lemma = found[0].lemma if found[0].part in _CONTENT else form
            share[stem][_canonical(lemma)] += 10**-cost
    weighed = []
    for stem, lemmas in share.items():
        lemma, of_it = max(lemmas.items(), key=lambda item: (item[1], item[0]))
        if lemma != stem and of_it > _MOST * sum(lemmas.values()):
            weighed.append((-of_it, stem, lemma))
    return [(stem, lemma) for _, stem, lemma in sorted(weighed)]


def _canonical(lemma: str) -> str:
    """A lemma's stem. Behind ال no letter of its own is taken for و (and)."""
    return light_stem("ال" + fold(lemma))


def lines(kept: list[Rule]) -> list[str]:
    """`kept` in the form of Elasticsearch's `stemmer_override`, which is applied once to a word."""
    stems: defaultdict[str, list[str]] = defaultdict(list)
    lemmas = dict(kept)
    for stem in lemmas:
        if (lemma := _last(stem, lemmas)) != stem:
            stems[lemma].append(stem)
    return [f"{', '.join(sorted(stems[lemma]))} => {lemma}" for lemma in sorted(stems)]


def _last(stem: str, lemmas: Mapping[str, str]) -> str:
    """Where one rule leads to another, the end of them: نتوصل → توصل → وصل."""
    passed = {stem}
    while (lemma := lemmas.get(stem, stem)) not in passed:
        passed.add(lemma)
        stem = lemma
    return stem


def main() -> None:
    target = Path(__file__).parents[1] / "warraq" / "data" / "morphology" / "stems.txt"
    kept = rules()
    print(f"{len(kept):,} rules, of which {KEPT:,} are kept")
    target.write_text("\n".join(lines(kept[:KEPT])) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
