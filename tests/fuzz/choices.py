"""Choices: structured values out of a fuzzer's bytes, so that it need not find the structure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Choices:
    """Reads bytes from the front; what is read beyond their end are zeros."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, most: int) -> int:
        """0 to `most`, of which there may be 65,536."""
        width = 1 if most < 256 else 2
        read = self._data[self._at : self._at + width]
        self._at += width
        return int.from_bytes(read, "big") % (most + 1)

    def one_of(self, values: Sequence[T]) -> T:
        return values[self.number(len(values) - 1)]

    def text(self, most_bytes: int) -> str:
        """Up to so many bytes, as text without NUL."""
        length = self.number(most_bytes)
        read = self._data[self._at : self._at + length]
        self._at += length
        return as_text(read)

    def rest(self) -> bytes:
        read = self._data[self._at :]
        self._at = len(self._data)
        return read

    @property
    def is_over(self) -> bool:
        return self._at >= len(self._data)


def as_text(data: bytes) -> str:
    """Any bytes as a text that can come out of the contract: no NUL, no half surrogate pairs."""
    return data.decode("utf-8", "replace").replace("\x00", "")
