"""How texts and queries become the words that are compared: the analyzers of the index.

A text is indexed in views: the same words made comparable in several ways, each a subfield with an
analyzer of its own. All views begin with the same folding, made from `warraq.text.letters`, so
Kibana and plain Elasticsearch queries fold exactly as `warraq.text.normalize.fold` does.

Then words with parts. A word of an article that carries `PART_MARK` is indexed whole, and its
parts at its place. In searches a word with that mark asks for its parts, and a compound for its
joined or its spaced spelling. Never must a search ask for a joined word *or* its parts where
articles have both: in the middle of a phrase Lucene then tries the shorter way alone.

A new view is one line in `VIEWS`.

Stems are led back to those of their lemmas by rules that the lexicon gave, so that صناديق (boxes)
is found by صندوق (a box). `GRAMS` and `OPENING` are for the order of hits alone: pieces of three
letters, which tell of kinship that no stemmer knows of, and what a text begins with.

Names, which are filtered and counted whole, are keywords with the normalizer `NAMES`: the same
folding, and the joined spelling of compounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from warraq.text.compounds import FOLDED_PATTERN
from warraq.text.letters import DECOMPOSED_HAMZA, FOLDING, PART_MARK, SEATED_HAMZA, UNFOLDED
from warraq.text.normalize import fold

Mapping = dict[str, Any]

COMPOUND_MARK = "\u2064"
"""Stands between the parts of a compound while a search is analysed, and nowhere else."""

NAMES = "warraq_names"
"""Makes one of the spellings of a name: باراك أوباما and باراك اوباما, عبد الله and عبدالله."""

_FOLDING, _COMPOUNDS = "warraq_folding", "warraq_compounds"
_JOINED_COMPOUNDS = "warraq_joined_compounds"
_UNFOLDED = "warraq_unfolded"
_LIGHT_STEM = "warraq_light_stem"
EQUIVALENTS = "warraq_equivalents"
"""The filter whose rules can be changed in an index that is there."""
_LEMMAS = "warraq_lemmas"
_CONJUNCTION = "warraq_conjunction"
# "And" or "so" before "by the", "like the", "for the": the light stemmer takes one of them away.
# Not of وكالاتها (its agencies), which begins alike.
_CONJUNCTIONS = r"^[وف](?=(?:بال|كال(?![تا])|لل)\p{L}{3})"

_LEMMA_RULES = Path(__file__).parents[1] / "data" / "morphology" / "stems.txt"
_THREE_LETTERS = "warraq_three_letters"
_BORDER = "_"
# What stands before half of all nouns would make strangers kin: ال, وال, بال, لل.
_ARTICLE = r"(?<![\p{L}\p{N}])(?:[وفبك]?ال|و?لل)(?=\p{L}{3})"

# What the tokenizer leaves inside a word besides letters and digits.
_INSIDE_WORDS = "'’.,:_·"


@dataclass(frozen=True, slots=True)
class View:
    """One way to make the words of a text comparable.

    name: of the subfield; "" is the field itself. filters: token filters that come last, after
    folding, lower case and parts. Searches add the equivalents before the parts, on whole words.
    """

    name: str
    analyzer: str
    filters: tuple[str, ...] = ()

    @property
    def search_analyzer(self) -> str:
        return f"{self.analyzer}_search"


WORDS = View("", "warraq_folded")
VIEWS = (WORDS, View("stem", "warraq_stem", (_CONJUNCTION, _LIGHT_STEM, _LEMMAS)))
EXACT = View("exact", "warraq_exact")
"""The very letters, for `=word`: folded by `UNFOLDED` alone, searched without equivalents."""
GRAMS = View("grams", "warraq_grams")
"""Three letters after one another, the borders of a word being letters: _كت كتا تاب اب_."""
OPENING = View("opening", "warraq_opening", (*VIEWS[-1].filters, "warraq_beginning"))
"""The stems of a title, and those that a text begins with."""
OPENING_WORDS = 40
"""About a newspaper's first sentence, which says what the article is about."""


def analysis(rules: Sequence[str]) -> Mapping:
    """The part `analysis` of an index's settings. rules: those of `synonyms`."""
    # Equivalents go before the parts: their filter cannot read a word that has been parted.
    searched = [EQUIVALENTS, "warraq_wanted_parts", "warraq_compound_parts", "warraq_whole"]
    analyzers: Mapping = {}
    for view in VIEWS:
        analyzers[view.analyzer] = _analyzer([_FOLDING], ["warraq_indexed_parts", *view.filters])
        analyzers[view.search_analyzer] = _analyzer(
            [_FOLDING, _COMPOUNDS], [*searched, *view.filters]
        )
    stems = VIEWS[-1]
    analyzers[OPENING.analyzer] = _analyzer([_FOLDING], ["warraq_indexed_parts", *OPENING.filters])
    analyzers[OPENING.search_analyzer] = analyzers[stems.search_analyzer]
    analyzers[GRAMS.analyzer] = analyzers[GRAMS.search_analyzer] = {
        **_analyzer([_FOLDING, "warraq_parts_apart", "warraq_bare", "warraq_bordered"], []),
        "tokenizer": _THREE_LETTERS,
    }
    analyzers[EXACT.analyzer] = _analyzer([_UNFOLDED], ["warraq_indexed_parts"])
    analyzers[EXACT.search_analyzer] = _analyzer([_UNFOLDED], [])
    filters: Mapping = {
        # Without rules it does nothing, but is there to be given some.
        EQUIVALENTS: {"type": "synonym_graph", "synonyms": list(rules)},
        _CONJUNCTION: {"type": "pattern_replace", "pattern": _CONJUNCTIONS, "replacement": ""},
        _LIGHT_STEM: {"type": "stemmer", "language": "arabic"},
        _LEMMAS: {"type": "stemmer_override", "rules": list(lemma_rules())},
        "warraq_beginning": {"type": "limit", "max_token_count": OPENING_WORDS},
        "warraq_word_and_parts": _parted(PART_MARK, catenate_all=True),
        "warraq_parts": _parted(PART_MARK, preserve_original=True),
        "warraq_spellings": _parted(COMPOUND_MARK, catenate_all=True),
        "warraq_indexed_parts": _where_marked(PART_MARK, "warraq_word_and_parts", "flatten_graph"),
        "warraq_wanted_parts": _where_marked(PART_MARK, "warraq_parts"),
        "warraq_compound_parts": _where_marked(COMPOUND_MARK, "warraq_spellings"),
        "warraq_whole": {"type": "pattern_replace", "pattern": COMPOUND_MARK, "replacement": ""},
    }
    return {
        "char_filter": {
            _FOLDING: {"type": "mapping", "mappings": folding_rules()},
            _UNFOLDED: {"type": "mapping", "mappings": _rules(SEATED_HAMZA | UNFOLDED)},
            "warraq_parts_apart": {
                "type": "mapping",
                "mappings": [f"{_escaped(PART_MARK)}=>{_escaped(' ')}"],
            },
            "warraq_bare": {"type": "pattern_replace", "pattern": _ARTICLE, "replacement": ""},
            "warraq_bordered": {
                "type": "pattern_replace",
                "pattern": r"([\p{L}\p{N}]+)",
                "replacement": f"{_BORDER}$1{_BORDER}",
            },
            _COMPOUNDS: {
                "type": "pattern_replace",
                "pattern": FOLDED_PATTERN,
                "replacement": f"$1{COMPOUND_MARK}$2",
            },
            _JOINED_COMPOUNDS: {
                "type": "pattern_replace",
                "pattern": FOLDED_PATTERN,
                "replacement": "$1$2",
            },
        },
        "tokenizer": {
            _THREE_LETTERS: {
                "type": "ngram",
                "min_gram": 3,
                "max_gram": 3,
                "token_chars": ["letter", "digit", "custom"],
                "custom_token_chars": _BORDER,
            }
        },
        "normalizer": {
            NAMES: {
                "type": "custom",
                "char_filter": [_FOLDING, _JOINED_COMPOUNDS],
                "filter": ["lowercase"],
            }
        },
        "filter": filters,
        "analyzer": analyzers,
    }


def _analyzer(char_filters: list[str], filters: list[str]) -> Mapping:
    return {
        "type": "custom",
        "char_filter": char_filters,
        "tokenizer": "standard",
        "filter": ["lowercase", *filters],
    }


def _parted(mark: str, **and_whole: bool) -> Mapping:
    """A word with marks → its parts, one after another, and at their place a word of them all.

    and_whole: `catenate_all` for one without the marks. `preserve_original` for one with them,
    which no article has: the parts are then wanted side by side, as every longer way is.
    """
    return {
        "type": "word_delimiter_graph",
        "type_table": [
            f"{_escaped(mark)} => SUBWORD_DELIM",
            *(f"{_escaped(character)} => ALPHA" for character in _INSIDE_WORDS),
        ],
        "split_on_case_change": False,
        "split_on_numerics": False,
        "stem_english_possessive": False,
        **and_whole,
    }


def _where_marked(mark: str, *filters: str) -> Mapping:
    """`filters` for the few words alone that have the mark: all others, 4.5 and don't, stay whole.

    Not for what equivalents put out, which is one way among several and cannot become more.
    """
    here = f"token.term.charAt(i) == (char) {ord(mark)}"
    return {
        "type": "condition",
        "filter": list(filters),
        "script": {
            "source": "if (token.type == 'SYNONYM') { return false; } "
            "for (int i = 0; i < token.term.length(); i++) { "
            f"if ({here}) {{ return true; }} }} return false;"
        },
    }


@cache
def lemma_rules() -> tuple[str, ...]:
    """Stems → what they are led back to; made by `training/make_stems.py`."""
    return tuple(_LEMMA_RULES.read_text(encoding="utf-8").splitlines())


def equivalent_rules(lines: Iterable[str]) -> list[str]:
    """The rules among `lines`, without comments and blank lines."""
    stripped = (line.strip() for line in lines)
    return [line for line in stripped if line and not line.startswith("#")]


def synonyms(lines: Iterable[str]) -> list[str]:
    """The rules among `lines` as Elasticsearch is given them."""
    return list(_readable(equivalent_rules(lines)))


def _readable(rules: Iterable[str]) -> Iterator[str]:
    """The rules, where they have compounds, so that these are understood in them.

    Words come to the filter of equivalents with marks in their compounds, and so do the rules'. Put
    out are both spellings: parts with two spaces between, which is no compound, or the whole word.
    """
    for rule in rules:
        sides = [[_spaced(term) for term in side.split(",")] for side in rule.split("=>")]
        if not any("  " in term for side in sides for term in side):
            yield rule
        elif len(sides) > 1 or len(set(sides[0])) > 1:
            put_out = [term.replace("  ", gap) for term in sides[-1] for gap in ("  ", "")]
            found = ", ".join(dict.fromkeys(sides[0])).replace("  ", " ")
            yield f"{found} => {', '.join(dict.fromkeys(put_out))}"


def _spaced(term: str) -> str:
    return re.sub(FOLDED_PATTERN, r"\g<1>  \g<2>", fold(term.strip()))


def folding_rules() -> list[str]:
    r"""The folding as rules of a `mapping` char filter: `\u0623=>\u0627` for أ → ا (alef).

    Everything is escaped, because blanks, `=>` and backslashes have a meaning in rules. The filter
    takes the longest rule that fits, so a hamza that was typed after its seat folds with it.
    The mark of parts stays.
    """
    pairs = {
        pair: FOLDING.get(letter, letter) for pair, letter in DECOMPOSED_HAMZA.items()
    } | FOLDING
    return _rules(pairs)


def _rules(pairs: Mapping) -> list[str]:
    return [
        f"{_escaped(spelling)}=>{_escaped(folded)}"
        for spelling, folded in pairs.items()
        if spelling != PART_MARK
    ]


def _escaped(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(
        f"\\u{units[place] << 8 | units[place + 1]:04x}" for place in range(0, len(units), 2)
    )
