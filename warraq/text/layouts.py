"""Where the letters lie on keyboards: what was typed on the wrong layout, and which keys are near.

The Arabic layout is "Arabic (101)" of Windows, which Linux and "Arabic PC" of macOS share. Layouts
of Latin letters are read key by key: who types طرابلس (Tripoli) on the English one gets 'vhfgs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

# Rows of keys from top to bottom; what one key writes is parted by spaces.
_ARABIC = (
    "ذ",
    "ض ص ث ق ف غ ع ه خ ح ج د",
    "ش س ي ب ل ا ت ن م ك ط",
    "ئ ء ؤ ر لا ى ة و ز ظ",
)
_ARABIC_SHIFTED = {"H": "أ", "Y": "إ", "N": "آ", "G": "لأ", "T": "لإ", "B": "لآ"}
_LATIN = {
    "English": ("`", "q w e r t y u i o p [ ]", "a s d f g h j k l ; '", "z x c v b n m , . /"),
    "French": ("*", "a z e r t y u i o p ^ $", "q s d f g h j k l m ù", "w x c v b n , ; : !"),
}
# How far each row stands in to the right, in keys, and how near the middles of neighbours are.
_INDENTS = (-1.0, 0.0, 0.25, 0.75)
_NEAR = 1.0


def _keys(latin: tuple[str, ...]) -> dict[str, str]:
    return {
        key: letters
        for latin_row, arabic_row in zip(latin, _ARABIC, strict=True)
        for key, letters in zip(latin_row.split(), arabic_row.split(), strict=True)
    }


_TO_ARABIC = {name: _keys(rows) for name, rows in _LATIN.items()}
_TO_ARABIC["English"] |= _ARABIC_SHIFTED
_TO_LATIN = {
    name: {letters: key for key, letters in keys.items() if key not in _ARABIC_SHIFTED}
    for name, keys in _TO_ARABIC.items()
}


def _neighbours() -> frozenset[frozenset[str]]:
    places = [
        (letters, row, place + _INDENTS[row])
        for row, keys in enumerate(_ARABIC)
        for place, letters in enumerate(keys.split())
    ]
    return frozenset(
        frozenset((one, other))
        for (one, row, place), (other, next_row, next_place) in combinations(places, 2)
        if abs(row - next_row) <= 1 and abs(place - next_place) <= _NEAR
    )


_NEIGHBOURS = _neighbours()


def are_neighbours(one: str, other: str) -> bool:
    """Whether the keys of two Arabic letters touch."""
    return frozenset((one, other)) in _NEIGHBOURS


def as_arabic(typed: str) -> Iterator[str]:
    """What the keys of `typed`, Latin letters, write on the Arabic layout; none if one does not.

    English before French; with Shift where a letter is a capital, and as if it were not.
    """
    for keys in _TO_ARABIC.values():
        for pressed in dict.fromkeys((typed, typed.lower())):
            letters = [keys.get(key) for key in pressed]
            if letters and None not in letters:
                yield "".join(filter(None, letters))


def as_latin(typed: str) -> Iterator[str]:
    """What the keys of `typed`, Arabic letters, write on Latin layouts: ىشفخ was to be nato."""
    for keys in _TO_LATIN.values():
        found = []
        read = 0
        while read < len(typed):
            length = 2 if typed.startswith("لا", read) else 1  # one key on the Arabic layout
            found.append(keys.get(typed[read : read + length]))
            read += length
        if found and None not in found:
            yield "".join(filter(None, found))
