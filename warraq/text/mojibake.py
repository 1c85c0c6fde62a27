"""Text that was read in another encoding, restored: Ø§Ù„Ø¬Ù†ÙˆØ¨ → الجنوب (the south).

UTF-8 has a structure that no language has: a lead byte decides how many continuation bytes follow.
So a misread text is known by its shape. Repair is by token and only on lines with evidence: two
such sequences in a row. حفظ، (he kept, and a comma) ends in one by chance, never in two, and holds
letters besides, so it is left alone; where the bytes do not decode, the text stays as it came.
What `warraq.text.codepage` restores comes last, for it may have been misread a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import ftfy.bad_codecs

from warraq.text.codepage import misread_windows_1256
from warraq.text.edits import Edit, EditedText

ftfy.bad_codecs.ok()  # registers the codecs "sloppy-…", which decode all 256 bytes as browsers do

# An article may have gone through the same fault more than once.
_MOST_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Misreading:
    """One wrong guess of an encoding: which byte each character was, and how the result looks."""

    name: str
    byte_of: dict[str, int]
    evidence: re.Pattern[str]
    token: re.Pattern[str]

    def undone(self, token: str) -> str | None:
        """The token's bytes read as UTF-8, or None where they are none."""
        try:
            return bytes(self.byte_of[character] for character in token).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return None


def _misreading(name: str, codec: str, evident_leads: bytes) -> _Misreading:
    # Undefined bytes of a code page come through as C1 controls, and Latin-1 has all of them so.
    byte_of = {chr(byte): byte for byte in range(0x80, 0xA0)}
    byte_of |= {bytes([byte]).decode(codec): byte for byte in range(256)}

    def characters(first: int, last: int, among: bytes = b"") -> str:
        wanted = among or bytes(range(first, last + 1))
        return "[" + "".join(re.escape(c) for c, byte in byte_of.items() if byte in wanted) + "]"

    tail = characters(0x80, 0xBF)
    sequence = (
        f"(?:{characters(0xC2, 0xDF)}{tail}|{characters(0xE0, 0xEF)}{tail}{{2}}"
        f"|{characters(0xF0, 0xF4)}{tail}{{3}})"
    )
    # White space and controls here are ASCII's: U+00A0 and U+0085 are continuation bytes.
    return _Misreading(
        name,
        byte_of,
        re.compile(f"{characters(0, 0, evident_leads)}{tail}{sequence}"),
        re.compile(f"(?<![^\\x00- ])[!-~]*{sequence}(?:[!-~]|{sequence})*(?![^\\x00- ])"),
    )


_MISREADINGS = (
    # Twice misread Arabic begins with C3 and C2, so Latin leads mean as much as Arabic ones.
    _misreading("windows-1252 or Latin-1", "sloppy-windows-1252", bytes(range(0xC2, 0xE0))),
    _misreading("windows-1256", "sloppy-windows-1256", bytes((0xC2, 0xC3, *range(0xD8, 0xDC)))),
)
_LINE = re.compile(r"[^\n]+")


def is_misread(text: str) -> bool:
    """Whether there is evidence in `text` that UTF-8 was read as another encoding."""
    return any(misreading.evidence.search(text) for misreading in _MISREADINGS)


def mojibake(text: str) -> Iterator[Edit]:
    """Edits that restore each misread token of `text`."""
    edited = EditedText(text)
    for _ in range(_MOST_ROUNDS):
        restored = edited.edited(_restored(edited.text))
        if restored is edited:
            break
        edited = restored
    yield from edited.edited(misread_windows_1256(edited.text)).edits


def _restored(text: str) -> Iterator[Edit]:
    if not is_misread(text):
        return
    for line in _LINE.finditer(text):
        for misreading in _MISREADINGS:
            if misreading.evidence.search(line.group()):
                edits = tuple(_restored_line(line, misreading))
                yield from edits
                if edits:  # what another misreading left is for the next round
                    break


def _restored_line(line: re.Match[str], misreading: _Misreading) -> Iterator[Edit]:
    for token in misreading.token.finditer(line.group()):
        meant = misreading.undone(token.group())
        if meant is not None:
            yield Edit(
                "mojibake",
                line.start() + token.start(),
                line.start() + token.end(),
                token.group(),
                meant,
                reason=f"UTF-8 that was read as {misreading.name}",
            )
