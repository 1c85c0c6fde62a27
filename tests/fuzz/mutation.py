"""Mutation of texts: what bytes alone hardly hit, whole Arabic letters, words and marks."""

from __future__ import annotations

import random
from collections.abc import Callable

TOKENS = (
    # words that the steps look for: said, and, the, day, million, page furniture, names
    "قال", "وقال إن", "و", "ال", "لل", "عبد", "الله", "يناير", "الأحد", "أمس", "العام الماضي",
    "مليون", "خمسة", "وعشرون", "في المئة", "دولار", "كيلومتر", "هـ", "م", "اقرأ أيضا:",
    "جميع الحقوق محفوظة", "القاهرة -", "رويترز", "د.", "الرئيس", "طرابلس", "حفتر", "من", "إلى",
    # characters that repairs look for
    "«", "»", '"', "“", "”", "'", "،", "؛", "؟", ".", "…", ":", "(", ")", "[", "]", "-", "–",
    "/", "%",
    "٪", "٫", "٬", "ـ", "\u064b", "\u0651", "\u0670", "\u200b", "\u200c", "\u200d", "\u200f",
    "\u202e", "\u2063", "\u2066", "\ufeff", "\u00ad", "\ufffd", "\ufffe", "\ue000", "\U000e0001",
    "ﻻ", "ﻃﺮﺍ", "ک", "ی", "ە", "ٱ", "أ", "ؤ", "لآ", "😀", "👨\u200d👩", "Ø§", "ط§", "ÇáÎÈÑ", "\x85",
    "0", "7", "15", "2018", "١٢", "۱۹", "1,500.5", "1/1/2018", "1439", "1e9", "\n", "\n\n", "\r\n",
    "\u2028", "\t", "\u00a0", " ", "word", "U.N.", "é", "e\u0301", "İ", "ß", "中",
    # HTML and JSON
    "<p>", "</p>", "<br>", "<div class='x'>", "<script>", "</script>", "<!--", "-->", "<", ">", "&",
    "&amp;", "&quot;", "&#x6f;", "&#1575;", "&#xd800;", "&nbsp", "&lt;b&gt;", "{", "}", ":", ",",
    "null", "true", "\\u0000", "\\ud800", "\\", "NaN",
    # what queries are made of
    "أو", "OR", "|", "*", "=", "person:", "date:", "بلد:", "2018..2019", '-"', "root:كتب",
)  # fmt: skip

_AT_ONCE = 4
_LONGEST_COPY = 64


def mutated(text: str, chance: random.Random) -> str:
    """`text` after one to four small changes."""
    for _ in range(chance.randint(1, _AT_ONCE)):
        text = chance.choice(_CHANGES)(text, chance)
    return text


def _span(text: str, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.randint(1, _LONGEST_COPY))


def _with_token(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(TOKENS) + text[at:]


def _with_token_instead(text: str, chance: random.Random) -> str:
    start = chance.randint(0, len(text))
    end = start + chance.randint(0, 3)
    return text[:start] + chance.choice(TOKENS) + text[end:]


def _without_span(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance)
    return text[:start] + text[end:]


def _with_span_again(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance)
    at = chance.randint(0, len(text))
    return text[:at] + text[start:end] * chance.choice((1, 1, 2, 16)) + text[at:]


def _without_a_space(text: str, chance: random.Random) -> str:
    at = text.find(" ", chance.randint(0, len(text)))
    return text[:at] + text[at + 1 :] if at >= 0 else text


def _with_any_character(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    low, high = chance.choice(
        ((0, 0x7F), (0x80, 0x24F), (0x300, 0x36F), (0x600, 0x6FF), (0x2000, 0x206F), (0, 0x10FFFF))
    )
    code = chance.randint(low, high)
    character = "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
    return text[:at] + character + text[at + chance.randint(0, 1) :]


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    _with_token,
    _with_token,
    _with_token_instead,
    _without_span,
    _with_span_again,
    _without_a_space,
    _with_any_character,
)
