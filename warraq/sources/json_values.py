"""JSON files: an array of objects, one object, or several with only white space between."""

from __future__ import annotations

import io
import json
import re
from typing import BinaryIO

from warraq.article import json_object
from warraq.errors import Rejected
from warraq.sources.record import Origin, Read, Reading, Record, Refusal, Unreadable

_PIECE = 256 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")
# Only where a value ends; what it is `json_object` says, which bounds the digits of integers.
_scan = json.JSONDecoder(parse_int=str).raw_decode


def read_json(stream: BinaryIO, file: str, reading: Reading) -> Read:
    """Each object; never more than one of them and a piece of the file in memory.

    Raises Unreadable where the file is no JSON: nobody can tell where the next object begins.
    """
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    values = _Values(text, reading.payload_bytes)
    try:
        yield from _records(values, file)
    except UnicodeDecodeError:
        raise Unreadable("not-utf8", f"after line {values.line:,}: not UTF-8") from None
    finally:
        text.detach()


def _records(values: _Values, file: str) -> Read:
    in_array = values.take("[")
    if in_array and values.take("]"):
        in_array = False
    while not values.at_end():
        line = values.line
        raw = values.next()
        try:
            yield Record(Origin(file, line), json_object(raw.encode("utf-8", "surrogatepass")))
        except Rejected as refused:
            yield Refusal(Origin(file, line), refused.reason, refused.detail, raw)
        if in_array and not values.take(","):
            if not values.take("]"):
                raise values.broken("expected , or ] after a value")
            in_array = False
    if in_array:
        raise values.broken("the array is not closed")


class _Values:
    """JSON values one after the other, out of a window that moves over the text."""

    def __init__(self, text: io.TextIOWrapper, limit: int) -> None:
        self._text = text
        self._limit = limit
        self._window = ""
        self._at = 0
        self._ended = False
        self.line = 1

    def broken(self, why: str) -> Unreadable:
        return Unreadable("not-json", f"line {self.line:,}: {why}; the rest is not read")

    def take(self, mark: str) -> bool:
        """Steps over `mark` if it is what comes next."""
        if self.at_end() or self._window[self._at] != mark:
            return False
        self._at += 1
        self.at_end()
        return True

    def at_end(self) -> bool:
        """Steps over white space; True if nothing comes after it."""
        while True:
            spaces = _SPACE.match(self._window, self._at)
            self._move(spaces.end() if spaces else self._at)
            if self._at < len(self._window):
                return False
            if not self._more():
                return True

    def next(self) -> str:
        """The text of the next value."""
        while True:
            try:
                _, end = _scan(self._window, self._at)
            except RecursionError:
                raise self.broken("nested too deeply") from None
            except ValueError as error:
                if not self._more():
                    raise self.broken(str(error)) from None
                continue
            # A number at the end of the window may go on: 1|2.
            if end < len(self._window) or not self._more():
                value = self._window[self._at : end]
                self._move(end)
                return value

    def _move(self, end: int) -> None:
        self.line += self._window.count("\n", self._at, end)
        self._at = end

    def _more(self) -> bool:
        """Doubles the window, so that a long value is scanned a few times and not a thousand."""
        if self._ended:
            return False
        held = len(self._window) - self._at
        if held > self._limit:
            raise self.broken(f"a value is longer than {self._limit:,} characters")
        piece = self._text.read(max(_PIECE, held))
        self._ended = not piece
        self._window = self._window[self._at :] + piece
        self._at = 0
        return bool(piece)
