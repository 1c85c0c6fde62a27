"""Bytes → text, in an encoding that is known and not guessed.

In order: a byte order mark, what the user says, what the file says, UTF-8. What does not fit is
refused with the way out, for a wrong guess is garbage that nobody finds again.
"""

from __future__ import annotations

import codecs

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
HINT = "say which encoding it is, for example --encoding windows-1256"


def encoding_of(start: bytes, said: str | None) -> str:
    """The encoding of a file that begins with `start`; said: by the user."""
    marked = next((name for mark, name in _MARKS.items() if start.startswith(mark)), None)
    return marked or said or "utf-8"


def check_encoding(name: str) -> str:
    """`name` if Python knows it as an encoding of text, else ValueError."""
    try:
        codecs.lookup(name)
        "".encode(name)
    except LookupError as error:
        raise ValueError(
            f"{name!r} is no known encoding; Arabic files may be utf-8, windows-1256, iso-8859-6, "
            "utf-16 or mac-arabic"
        ) from error
    return name


def misfit(error: UnicodeError, encoding: str) -> str:
    """Where bytes are not `encoding`, as a sentence. Not all decoders tell the place."""
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start:,} is not {encoding}"
    return f"it is not {encoding} ({error})"
