"""Windows-1256 that was read as a Western encoding, restored: ÇáÃãã ÇáãÊÍÏÉ → الأمم المتحدة.

Old Arabic sites that did not say their encoding came out so (this is "the United Nations"). Each
Arabic letter became one accented Latin letter, so nothing is lost, but nothing in the bytes proves
it either. What proves it is that all words of accented letters alone read as Arabic: they have its
commonest letters, its article, and its endings where endings are. French, Turkish or Icelandic
words hold plain letters too; what else is accented throughout (misread Russian, Greek or Chinese)
does not read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import ftfy.bad_codecs

from warraq.text.edits import Edit

ftfy.bad_codecs.ok()  # registers the codecs "sloppy-…", which decode all 256 bytes as browsers do

# What each character was. Latin-1 has controls where windows-1252 has punctuation.
_MEANT = {
    found: meant
    for codec in ("latin-1", "sloppy-windows-1252")
    for byte in range(0x80, 0x100)
    if (found := bytes([byte]).decode(codec)) != (meant := bytes([byte]).decode("windows-1256"))
}
_TABLE = str.maketrans(_MEANT)
_IS_ARABIC = re.compile("[\u0621-\u0652\u067e-\u06d2]")
_LETTERS = re.escape("".join(found for found, meant in _MEANT.items() if _IS_ARABIC.match(meant)))
_ALL = re.escape("".join(_MEANT))
_PUNCTUATION = "[¡¿º]"  # ، ؟ ؛
# No other letter stands beside them; digits may (2015ã is 2015م, of our era).
_WORD = re.compile(rf"(?<![^\W\d_])[{_LETTERS}]{{2,}}+(?![^\W\d_])")
_CERTAIN = re.compile(f"{_PUNCTUATION}*+{_WORD.pattern}{_PUNCTUATION}*")
# Latin capitals may: بـLM, مارك II without its space.
_RUN = re.compile(rf"(?<![^\W\d_A-Z])[{_ALL}]++(?![^\W\d_A-Z])|(?:{_PUNCTUATION}|[\x80-\x9f])+")
_PLAIN_WORD = re.compile(r"[A-Za-z][^\W\d_]*")
_ACCENTED = re.compile("[\u00aa-\u00ff]")
_LINE = re.compile("[^\n]+")

# Of 100 letters of Arabic text 62 are one of these; half of its words begin with the article or are
# among the commonest. Less is asked for, for the sake of titles, and is still more than other
# misread alphabets reach (tests/text/test_codepage.py).
_FREQUENT = frozenset("اليمنورت")
_LEAST_SHARE_OF_FREQUENT = 0.33
_KNOWN = re.compile(
    r"[وف]?(?:[بك]?ال|لل)..+|..+(?:ة|ات|ين|ون|ها|اً|ًا)|[وف]?(?:في|من|على|إلى|عن|أن|إن|هو|هي|مع|لا|ما|كان|"
    r"بن|لم|قد|بعد|هذا|كل|بين)"
)
_LEAST_SHARE_OF_KNOWN = 0.12
_LEAST_LETTERS = 6
_MOST_ALEFS = 0.35
_LEAST_SHARE_IN_WORDS = 0.6
# Teh marbuta and alef maksura end words, vowel signs do not begin them.
_MISPLACED = re.compile("[ةى](?=[ء-ي])|^[\u064b-\u0652ـ]")
_MOST_MISPLACED = 0.03


def misread_windows_1256(text: str) -> Iterator[Edit]:
    """Edits that restore the Arabic words of `text`, if they prove each other to be such."""
    if "Ç" not in text:  # alef, in a text of six letters as good as always
        return
    words = _WORD.findall(text)
    if sum(map(len, words)) < _LEAST_SHARE_IN_WORDS * len(_ACCENTED.findall(text)):
        return
    if not _reads_as_arabic([word.translate(_TABLE) for word in words]):
        return
    for line in _LINE.finditer(text):
        found = line.group()
        # A letter or comma by itself is believed only among more such words than Latin ones.
        among_its_own = len(_WORD.findall(found)) > len(_PLAIN_WORD.findall(found))
        pattern = _RUN if among_its_own else _CERTAIN
        for run in pattern.finditer(found):
            yield Edit(
                "mojibake",
                line.start() + run.start(),
                line.start() + run.end(),
                run.group(),
                run.group().translate(_TABLE),
                confidence=0.99,
                reason="windows-1256 that was read as windows-1252 or Latin-1",
            )


def _reads_as_arabic(words: list[str]) -> bool:
    letters = "".join(words)
    if len(letters) < _LEAST_LETTERS:
        return False
    frequent = sum(map(letters.count, _FREQUENT))
    known = sum(1 for word in words if _KNOWN.fullmatch(word))
    misplaced = sum(1 for word in words if _MISPLACED.search(word))
    return (
        frequent >= _LEAST_SHARE_OF_FREQUENT * len(letters)
        and letters.count("ا") <= _MOST_ALEFS * len(letters)
        and known >= _LEAST_SHARE_OF_KNOWN * len(words)
        and misplaced <= _MOST_MISPLACED * len(words)
    )
