"""Text from articles on a terminal: harmless, and readable from right to left.

Terminals that know right-to-left writing order the letters of a line themselves, others (tmux)
show them as they are stored; reversing anything here would spoil both. What can be done is to keep
the two directions on lines of their own, and to isolate what must share one.
"""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

_MEASURE = Console()  # wrapping asks it for the width of tabs and for nothing else
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
# Embeddings, overrides and isolates of the text itself would reach beyond their piece.
_DIRECTION = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SPACE = re.compile(r"[\s\u2028\u2029]+")
# C0, DEL, C1 and halves of surrogate pairs: an article must not send commands to a terminal.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Private mode 2501 of "BiDi in Terminal Emulators" (VTE has it): a line that begins with an Arabic
# letter is laid out from the right. Terminals that do not know the mode ignore it.
_DETECT_DIRECTION, _DETECT_NO_MORE = "\x1b[?2501h", "\x1b[?2501l"
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


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken between words and isolated one by one.

    A piece that is isolated as a whole would lose its direction on its second line.
    """
    lines = Text(text).wrap(_MEASURE, max(1, width))
    return [isolated(line.plain.rstrip()) for line in lines]


def _picture(control: str) -> str:
    if ord(control) < 0x20:
        return chr(0x2400 + ord(control))
    return "\u2421" if control == "\x7f" else "\ufffd"


@contextmanager
def for_people() -> Iterator[tuple[Console, bool]]:
    """Standard output as a console, and whether it is plain: no terminal, or one without colours.

    A program may read on there: write whole lines, with marks that are characters.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal of another time may have no arrows
        sys.stdout.reconfigure(errors="replace")
    console = Console(highlight=False, markup=False, emoji=False)
    is_plain = not console.is_terminal or console.is_dumb_terminal
    if not is_plain:
        console.file.write(_DETECT_DIRECTION)
    try:
        yield console, is_plain
    finally:
        if not is_plain:
            console.file.write(_DETECT_NO_MORE)
            console.file.flush()


def with_asterisks(line: Text, *styles: str) -> str:
    """The line with what has one of `styles` between asterisks: the same in both directions."""
    text = line.plain
    for span in reversed(line.spans):
        if span.style in styles:
            text = f"{text[: span.start]}*{text[span.start : span.end]}*{text[span.end :]}"
    return text
