"""Text as people may type it who know the query language a little."""

from __future__ import annotations

from hypothesis import strategies as st

from warraq.search.fields import FIELDS

_PIECES = [
    *(f"{name}:" for field in FIELDS for name in field.names),
    *(field.example for field in FIELDS),
    *'"«»“”=*-−|.…:/\\()[]{}~^?!+&#@<> \t\n\u200f\u2063',
    *("أو", "OR", "AND", "او", " ", "  ", "طرابلس", "ليبي*", "عشرين ألف", "٢٠٬٠٠٠", "3.5 مليون"),
    *("2018", "٢٠١٨-٠١-٠٨", "..", "2018-02-30", "9999", "0000", "1e9", "ا*", "ال*", "=على", "LY"),
    *("😀", "²", "中文", "ﷺ", "\ud800", "جنوبيطرابلس", "source", "foo:bar", "a", "المليشيات"),
]
TYPED = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)
