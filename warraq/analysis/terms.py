"""Terms: the nouns and noun phrases of a text, and how they are written without clitics.

A phrase is a noun with what may follow it in Arabic: another noun (صناديق الأسلحة, boxes of arms),
an adjective (القوات المسلحة, the armed forces), or both. Words of one lemma are one: صناديق and
الصندوق (boxes, the box).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from warraq.analysis.morphology import Reading, readings
from warraq.annotations import TextField
from warraq.text.letters import WITHOUT_UNSEEN
from warraq.text.lexicon import lexicon_key, shipped_lexicon
from warraq.text.normalize import fold
from warraq.text.tokens import Token

FOLDER = Path(__file__).parent.parent / "data" / "keywords"

_ARTICLE = "ال"
_LONGEST = 3  # words of a phrase
_UNKNOWN_COST = 7.5
_SHORTEST = 3  # letters
_AS_VERBS = ("ي", "ت", "ما")
_PARTS = frozenset({"noun", "name", "adj"})


class Word(NamedTuple):
    """A word as a part of terms.

    group: the same for all forms of a lemma. surface: without clitics and vowel signs. definite:
    whether it has the article. bare: whether nothing was left off before it. ends: whether it
    carries no pronoun (هم, their). stop: whether it says nothing by itself.
    """

    group: str
    surface: str
    part: str
    lemma: str
    definite: bool
    bare: bool
    ends: bool
    stop: bool


class Occurrence(NamedTuple):
    """A term where it stands. first: the number of its first token."""

    groups: tuple[str, ...]
    surface: str
    first: int
    words: Sequence[Word]


_lexicon = shipped_lexicon()
_stop_words = frozenset(
    fold(word)
    for line in (FOLDER / "stop-words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)


def words(tokens: Sequence[Token]) -> list[Word | None]:
    """What each token is as a part of terms; None for verbs, particles, numbers and so on."""
    return [_word(token.form) for token in tokens]


@lru_cache(maxsize=1 << 15)
def _word(form: str) -> Word | None:
    found = readings(form)
    return _as_read(form, found[0]) if found else _foreign(form)


def _as_read(form: str, reading: Reading) -> Word | None:
    letters = form.translate(WITHOUT_UNSEEN)
    stem = reading.stem
    at = letters.find(stem)
    if at < 0 or reading.part not in _PARTS or _no_noun(letters, reading):
        return None
    before, behind = letters[:at], letters[at + len(stem) :]
    article = _ARTICLE if before.endswith((_ARTICLE, "لل")) else ""
    if behind:
        stem = _without_pronoun(stem, reading.lemma)
    elif stem == f"{reading.lemma}ا":  # the alef of tanwin: صندوقا
        stem = reading.lemma
    elif before.endswith("ل") and stem.startswith("ل") and reading.lemma.startswith(_ARTICLE):
        stem = f"ا{stem}"  # it fell behind ل: للقرآن
    group = fold(reading.lemma)
    return Word(
        group,
        f"{article}{stem}",
        reading.part,
        reading.lemma,
        bool(article) or stem.startswith(_ARTICLE),
        before in ("", _ARTICLE),
        not behind,
        group in _stop_words or fold(stem) in _stop_words or len(stem) < _SHORTEST,
    )


def _no_noun(letters: str, reading: Reading) -> bool:
    """Whether it holds digits, or is unknown and looks like a verb: يتقاذفان (they throw)."""
    if not letters.isalpha():
        return True
    guessed = reading.root is None and letters == reading.lemma
    return guessed and letters.startswith(_AS_VERBS) and lexicon_key(letters) not in _lexicon


def _without_pronoun(stem: str, lemma: str) -> str:
    """`stem` as it is written where no pronoun follows: هويت(ه) → هوية, أعضائ(هم) → أعضاء."""
    plural = stem.endswith("ات") and not lemma.endswith("اة")
    if stem.endswith("ت") and lemma.endswith("ة") and not plural:
        return f"{stem[:-1]}ة"
    return f"{stem[:-1]}ء" if stem.endswith(("ائ", "اؤ")) else stem


def _foreign(form: str) -> Word | None:
    if not form.isalpha() or len(form) < _SHORTEST:
        return None
    return Word(fold(form), form, "name", form, definite=True, bare=True, ends=True, stop=False)


def cost(word: Word) -> float:
    """Minus log10 of how likely `word` is in any text, in its commonest form."""
    forms = {word.surface, word.surface.removeprefix(_ARTICLE), word.lemma}
    costs = (_lexicon.cost(lexicon_key(form)) for form in forms)
    return min((one for one in costs if one is not None), default=_UNKNOWN_COST)


def occurrences(
    field: TextField, found: Sequence[Word | None], heads: Container[str]
) -> Iterator[Occurrence]:
    """The terms of one to three words that begin with a word of the groups `heads`; they overlap.

    found: the words of `field`, one for each token.
    """
    for first, head in enumerate(found):
        if head is None or head.group not in heads or head.part == "adj":
            continue
        if not head.stop:
            yield Occurrence((head.group,), head.surface, first, (head,))
        behind = found[first + 1] if first + 1 < len(found) else None
        if behind is None or not (head.ends and behind.bare and behind.ends):
            continue
        for phrase in _phrases(field, found, first):
            yield Occurrence(
                tuple([one.group for one in phrase]),
                " ".join([one.surface for one in phrase]),
                first,
                tuple(phrase),
            )


def _phrases(
    field: TextField, found: Sequence[Word | None], first: int
) -> Iterator[Sequence[Word]]:
    """The phrases that begin at token `first` and are not cut short."""
    text, tokens = field.text, field.tokens
    phrase: list[Word] = []
    for last in range(first, min(first + _LONGEST, len(tokens))):
        word = found[last]
        if word is None or not word.ends:
            return
        if phrase and not (_beside(text, tokens, last) and _fits(phrase, word)):
            return
        phrase.append(word)
        told = len(phrase) > 1 and 2 * sum(one.stop for one in phrase) <= len(phrase)
        if told and not _goes_on(text, tokens, found, last):
            yield phrase


def _beside(text: str, tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].start - tokens[at - 1].end == 1 and text[tokens[at - 1].end] == " "


def _fits(phrase: Sequence[Word], word: Word) -> bool:
    """Whether `word` goes on with a noun phrase."""
    before = phrase[-1]
    if not word.bare or (word.stop and word.part != "adj"):
        return False
    if word.part == "adj":
        return word.definite == (before.definite or before.part == "name")
    return not before.definite and before.part == "noun"


def _goes_on(text: str, tokens: Sequence[Token], found: Sequence[Word | None], at: int) -> bool:
    """Whether the phrase that ends `at` is cut short there: رئيس مجلس before الإدارة."""
    word, behind = found[at], found[at + 1] if at + 1 < len(found) else None
    if word is None or behind is None or word.definite or word.part != "noun":
        return False
    return behind.bare and behind.part != "adj" and _beside(text, tokens, at + 1)
