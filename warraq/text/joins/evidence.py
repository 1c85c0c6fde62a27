"""What speaks for a segmentation and against it, in numbers that the model weighs.

Three groups, the dearer the later: `first_look` and `spelling` know the token alone and are asked
once for each, `context` knows its neighbours and its article. Their names stand in `NAMES`, in the
order of the numbers; costs are those of `warraq.text.lexicon`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from warraq.text.joins.segmentations import Segmentation
from warraq.text.lexicon import Lexicon

FIRST_LOOK = (
    "spelling_cost", "length", "is_rare_word", "rare_word_cost", "words_cost", "association",
    "rarest", "has_many_parts", "shortest_is_2", "shortest_is_3", "first_is_2", "last_is_2",
    "last_is_3", "first_is_function_word", "last_is_function_word", "ends_disjoined",
    "ends_in_teh_marbuta", "ends_in_alef_maksura", "next_has_article", "next_has_hamza",
    "next_is_suffix", "first_is_prefix", "ahead_of_the_other", "cost_if_short",
    "first_is_short_function_word", "last_length", "first_length", "ends_with_hamza",
)  # fmt: skip
SPELLING = (
    "affixes_off", "no_affixes_off", "misspelt", "not_misspelt", "vowel_left_out", "clitic_off",
    "family", "family_of_first", "family_of_last", "border_cost", "first_is_in",
)  # fmt: skip
CONTEXT = (
    "left_association", "right_association", "left_association_of_token",
    "right_association_of_token", "others_in_article", "clitic_forms_in_article",
    "parts_meet_in_article", "first_in_article", "last_in_article", "has_left", "has_right",
    "gain", "is_quoted", "share_of_others",
)  # fmt: skip
NAMES = FIRST_LOOK + SPELLING + CONTEXT

_UNKNOWN = 9.0  # in place of a cost, where there is none
_FAR_AHEAD = 6.0
_ALONE = 14.0
_LARGEST_SHARE = 5.0

DISJOINED = frozenset("اأإآدذرزوؤةىء")
"""Letters that do not join the next one: after them a lost space is hardest to see."""
_FUNCTION_WORDS = frozenset(
    [
        "من",
        "في",
        "على",
        "عن",
        "الى",
        "ان",
        "اذا",
        "او",
        "ثم",
        "قد",
        "لم",
        "لن",
        "لا",
        "ما",
        "هل",
        "كل",
        "بعد",
        "قبل",
        "عند",
        "مع",
        "هو",
        "هي",
        "هم",
        "هذا",
        "هذه",
        "ذلك",
        "تلك",
        "التي",
        "الذي",
        "كان",
        "كانت",
        "غير",
        "بين",
        "حتى",
        "منذ",
        "نحو",
        "حول",
        "عبر",
        "ضد",
        "دون",
        "خلال",
        "بن",
        "ابن",
        "ابو",
        "ال",
        "يا",
    ]
)
_PREFIXES = (
    "و", "ف", "ب", "ل", "ك", "س", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل", "وب", "ول",
    "وك", "وس", "فس", "فب", "فل", "وبال", "وكال", "ا",
)  # fmt: skip
_SUFFIXES = (
    "ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا", "ني", "ي", "ا", "ان", "ين", "ون", "ات", "ية",
    "يه", "ة", "تين", "تان", "يون", "يين", "وا", "ت", "تم", "ن", "ته", "تها", "تهم", "تنا", "اته",
    "اتها", "اتهم", "يا", "يات", "تي", "ونه", "ونها", "ونهم", "وه", "وها", "وهم", "تهما", "اتهما",
    "انه", "انها", "يته", "يتها", "يها", "يهم",
)  # fmt: skip
_LIKE_SUFFIXES = frozenset(_SUFFIXES) | {"ء", "اء"}
_LIKE_PREFIXES = frozenset(_PREFIXES) | {"لا", "ما", "مت", "است", "يت", "من"}
_COST_OF_AN_AFFIX = 0.8
_WORTH_OF_A_LETTER = 0.12  # of the stem: a long one is no accident
_SHORTEST_STEM = 3
_ONE_LETTER_CLITICS = "وفبلكس"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a token stands.

    left, right: the keys of its neighbours, None where anything but spaces is between.
    counts: how often each key stands in the article; pairs: which two stand side by side in it.
    is_quoted: quotation marks or brackets hold the token alone.
    share_of_others: how many other tokens of the article look joined, in a hundred: where a scraper
    lost one space it often lost more.
    """

    left: str | None
    right: str | None
    counts: Mapping[str, int]
    pairs: Collection[tuple[str, str]]
    is_quoted: bool
    share_of_others: float


def first_look(
    lexicon: Lexicon, token: str, key: str, found: Sequence[Segmentation], number: int
) -> list[float]:
    """The numbers `FIRST_LOOK` for `found[number]`. token: `key` with hamzas, without marks."""
    one = found[number]
    first, *others = one.parts
    last = one.parts[-1]
    shortest = min(map(len, one.parts))
    known = lexicon.cost(key)
    others_cost = found[1 - min(number, 1)].cost if len(found) > 1 else _ALONE
    ends = [part[-1] for part in one.parts[:-1]]
    return [
        lexicon.spelling_cost(key),
        len(key),
        known is not None,
        (known or _UNKNOWN) - _UNKNOWN,
        one.words_cost,
        one.association,
        one.rarest,
        len(others) > 1,
        shortest == 2,
        shortest == 3,
        len(first) == 2,
        len(last) == 2,
        len(last) == 3,
        first in _FUNCTION_WORDS,
        last in _FUNCTION_WORDS,
        all(end in DISJOINED for end in ends),
        "ة" in ends,
        "ى" in ends,
        any(part.startswith("ال") and len(part) > 4 for part in others),
        any(token[cut] in "أإآ" for cut in one.cuts),
        any(part in _LIKE_SUFFIXES for part in others),
        first in _LIKE_PREFIXES,
        min(others_cost - one.cost, _FAR_AHEAD),
        one.cost if shortest == 2 else 0.0,
        len(first) == 2 and first in _FUNCTION_WORDS,
        min(len(last), 7),
        min(len(first), 7),
        any(token[cut - 1] in "أإآ" for cut in one.cuts),
    ]


@dataclass(frozen=True, slots=True)
class OneWord:
    """How well a token can be explained as one word: costs, `_UNKNOWN` where it cannot."""

    affixes_off: float | None
    misspelt: float | None
    vowel_left_out: float | None
    clitic_off: float | None
    family: float


def as_one_word(lexicon: Lexicon, key: str) -> OneWord:
    """The token itself, whatever its segmentations are."""
    clitic_off = lexicon.cost(key[1:]) if key[0] in _ONE_LETTER_CLITICS else None
    return OneWord(
        _affixes_off(lexicon, key),
        _misspelt(lexicon, key),
        _vowel_left_out(lexicon, key),
        clitic_off,
        _family(lexicon, key),
    )


def spelling(lexicon: Lexicon, key: str, word: OneWord, one: Segmentation) -> list[float]:
    """The numbers `SPELLING` for the segmentation `one` of `key`."""
    first = one.parts[0]
    return [
        _UNKNOWN if word.affixes_off is None else word.affixes_off,
        word.affixes_off is None,
        _UNKNOWN if word.misspelt is None else word.misspelt,
        word.misspelt is None,
        _UNKNOWN if word.vowel_left_out is None else word.vowel_left_out,
        _UNKNOWN if word.clitic_off is None else word.clitic_off,
        word.family,
        _family(lexicon, first),
        _family(lexicon, one.parts[-1]),
        lexicon.border_cost(key, len(first)),
        first in {"في", "وفي"},
    ]


def context(
    lexicon: Lexicon, key: str, one: Segmentation, own_gain: float, around: Surroundings
) -> list[float]:
    """The numbers `CONTEXT` for the segmentation `one` of `key`, which is among the counted.

    own_gain: the `gain` of `one`, the same wherever it stands.
    """
    first, last = one.parts[0], one.parts[-1]
    left = lexicon.association(around.left, first) if around.left else 0.0
    right = lexicon.association(last, around.right) if around.right else 0.0
    counts = around.counts
    clitic_forms = sum(clitic + key in counts for clitic in "وبلفك")
    return [
        left,
        right,
        lexicon.association(around.left, key) if around.left else 0.0,
        lexicon.association(key, around.right) if around.right else 0.0,
        min(counts.get(key, 1) - 1, 1),  # a scraper loses the same space as often as a name recurs
        clitic_forms + (key[0] in _ONE_LETTER_CLITICS and key[1:] in counts),
        any(pair in around.pairs for pair in zip(one.parts, one.parts[1:], strict=False)),
        min(counts.get(first, 0), 3),
        min(counts.get(last, 0), 3),
        around.left is not None,
        around.right is not None,
        own_gain + left + right,
        around.is_quoted,
        min(around.share_of_others, _LARGEST_SHARE),
    ]


def gain(lexicon: Lexicon, key: str, one: Segmentation) -> float:
    """How many powers of ten likelier `key` is as the words of `one` than as a word by itself."""
    return lexicon.spelling_cost(key) - one.words_cost + one.association


def _cheapest(costs: Collection[float | None]) -> float | None:
    return min((cost for cost in costs if cost is not None), default=None)


def _affixes_off(lexicon: Lexicon, key: str) -> float | None:
    """The cheapest known stem of `key`, its affixes paid for: وستكتبونها from تكتب."""
    prefixes = ["", *(affix for affix in _PREFIXES if key.startswith(affix))]
    suffixes = ["", *(affix for affix in _SUFFIXES if key.endswith(affix))]
    costs: list[float | None] = []
    for prefix in prefixes:
        for suffix in suffixes:
            stem = key[len(prefix) : len(key) - len(suffix)]
            if (not prefix and not suffix) or len(stem) < _SHORTEST_STEM:
                continue
            cost = lexicon.cost(stem)
            if cost is None and suffix and stem[-1] == "ت" and len(stem) > _SHORTEST_STEM:
                cost = lexicon.cost(f"{stem[:-1]}ة")
            if cost is None and suffix:
                cost = lexicon.cost(f"{stem}ة")
            if cost is not None:
                paid = (bool(prefix) + bool(suffix)) * _COST_OF_AN_AFFIX
                costs.append(cost + paid - len(stem) * _WORTH_OF_A_LETTER)
    return _cheapest(costs)


def _misspelt(lexicon: Lexicon, key: str) -> float | None:
    """The commonest word that `key` is with a letter too many, or with two changed about."""
    costs: list[float | None] = []
    for place in range(len(key)):
        costs.append(lexicon.cost(key[:place] + key[place + 1 :]))
        swapped = key[place + 1 : place + 2] + key[place]
        costs.append(lexicon.cost(key[:place] + swapped + key[place + 2 :]))
    return _cheapest(costs)


def _vowel_left_out(lexicon: Lexicon, key: str) -> float | None:
    """The commonest word that lacks one long vowel in `key`: ريفربليت beside ريفربلايت."""
    return _cheapest(
        [
            lexicon.cost(key[:place] + vowel + key[place:])
            for place in range(1, len(key))
            for vowel in "اوي"
        ]
    )


def _family(lexicon: Lexicon, word: str) -> float:
    """Which share of the forms that an Arabic noun or verb has is known of `word`.

    Low for foreign names, which take no endings.
    """
    if word.startswith("ال") and len(word) > 4:
        stem = word[2:]
        forms: tuple[str, ...] = (
            stem,
            f"و{word}",
            f"ب{word}",
            f"لل{stem}",
            f"{stem}ه",
            f"{stem}ها",
        )
    else:
        forms = (
            *(prefix + word for prefix in ("و", "ال", "ب", "ل", "وال")),
            *(word + suffix for suffix in ("ه", "ها", "ية", "ي", "ات", "ا")),
        )
    return sum(form in lexicon for form in forms) / len(forms)
