"""Words and phrases across what Arabic writes as one word with them: و ف ب ك ل س and ال."""

from __future__ import annotations

import pytest

from tests.search.shelf import Shelf, full
from tests.search.test_searcher import marked

# "The Libyan army": and, by, for, like, so … the Libyan army
_ARMY = [
    "الجيش الليبي",
    "والجيش الليبي",
    "بالجيش الليبي",
    "للجيش الليبي",
    "كالجيش الليبي",
    "فالجيش الليبي",
    "وبالجيش الليبي",
    "وللجيش الليبي",
    "وكالجيش الليبي",
    "فبالجيش الليبي",
    "فللجيش الليبي",
    "جيش ليبي",
    "وجيش ليبي",
]


@pytest.mark.parametrize("typed", ["الجيش الليبي", "بالجيش الليبي", "وللجيش الليبي", "جيش ليبي"])
def test_a_phrase_is_found_and_marked_with_any_clitic_before_it(shelf: Shelf, typed: str) -> None:
    for written in _ARMY:
        shelf.put(f"تحدث أمس {written} مرة أخرى.", source=written)
    shelf.put("تحدث الليبي الجيش مرة أخرى.", source="another order")
    shelf.put("الجيش التونسي والشعب الليبي.", source="not side by side")
    hits = full(shelf.search(f'"{typed}"', size=50))
    assert {hit.source for hit in hits} == set(_ARMY)
    assert all(marked(hit) == [hit.source] for hit in hits)


@pytest.mark.parametrize(
    "written",
    [
        "والـجـيش اللـيبي",
        "وبالجَيْشِ الليبيّ",
        "ﻭﺍﻟﺠﻴﺶ الليبي",
        "وللجیش اللیبی",
        "وللجيش\u200f الليبي",
        "والجيشالليبي",
    ],
)
def test_a_phrase_is_found_across_clitics_and_repairs_together(shelf: Shelf, written: str) -> None:
    shelf.put(f"تحدث أمس {written} مرة أخرى.")
    [hit] = shelf.search('"الجيش الليبي"').hits
    assert not hit.near
    assert marked(hit) == [written]


@pytest.mark.parametrize(
    ("typed", "written", "found"),
    [
        ("المدرسة", "وبالمدرسة", True),  # school; and in the school
        ("مدرسة", "فللمدرسة", True),  # so for the school
        ("وبالمدرسة", "المدرسة", True),
        ("كالات", "وكالات", False),  # agencies is not "and like"
        ("كالاتها", "وكالاتها", False),
        ("لل", "فلل", False),  # villas
    ],
)
def test_two_clitics_are_taken_away_where_a_word_remains(
    shelf: Shelf, typed: str, written: str, found: bool
) -> None:
    shelf.put(f"خبر عن {written} أمس.")
    assert bool(shelf.found(typed)) == found
