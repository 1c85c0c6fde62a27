"""Text from articles on a terminal: harmless, and readable from right to left.

Terminals that know right-to-left writing order the letters of a line themselves, others (tmux)
show them as they are stored; reversing anything here would spoil both. What can be done is to keep
the two directions on lines of their own, and to isolate what must share one.
"""

from __future__ import annotations

import re
import unicodedata

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
# Embeddings, overrides and isolates of the text itself would reach beyond their piece.
_DIRECTION = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SPACE = re.compile(r"[\s\u2028\u2029]+")
# C0, DEL, C1 and halves of surrogate pairs: an article must not send commands to a terminal.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# JSON may hold these as they are. Some terminals take U+009B for ESC [, some readers of lines take
# U+2028 for their end, and half a surrogate pair is no UTF-8.
_RAW_IN_JSON = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def harmless(text: str) -> str:
    """`text` as one line without control characters; ESC shows as ␛, others likewise or as �."""
    line = _SPACE.sub(" ", text).translate(_DIRECTION)
    return _UNPRINTABLE.sub(lambda match: _picture(match.group()), line)


def harmless_json(dumped: str) -> str:
    """JSON with its letters as they are, but none in it that breaks a line or a terminal."""
    return _RAW_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", dumped)


def isolated(text: str) -> str:
    """`text` so that a line around it keeps its own direction, if `text` has right-to-left letters.

    Plain ASCII comes back unchanged: not every terminal hides the two isolating characters.
    """
    if any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return text


def _picture(control: str) -> str:
    if ord(control) < 0x20:
        return chr(0x2400 + ord(control))
    return "\u2421" if control == "\x7f" else "\ufffd"
