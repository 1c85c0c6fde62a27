"""Searching where spaces were lost: the parts are found and marked, in what was published.

Which words are joined is said here, by a short list: how they are recognized is no part of this.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import chain, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.shelf import Shelf, full
from tests.search.test_searcher import marked
from warraq.analysis.pipeline import Pipeline, Step, part
from warraq.document import Document
from warraq.search import Results
from warraq.search.ranking import content_words
from warraq.text.edits import Edit, EditedText
from warraq.text.letters import PART_MARK
from warraq.text.repair import repaired

_WORDS = ["طرابلس", "جنوبي", "مطار", "حريق", "وتركيا", "قطر", "زلزال"]
_JOINED = re.compile(rf"(?:{'|'.join(_WORDS)}){{2,}}(?!\w)")
_WORD = re.compile("|".join(_WORDS))


def _borders(text: str) -> Iterator[int]:
    for joined in _JOINED.finditer(text):
        for word in _WORD.finditer(text, joined.start(), joined.end()):
            if word.start() > joined.start():
                yield word.start()


def sources(results: Results) -> list[str]:
    """Of the hits, without those that only come near."""
    return [hit.source for hit in full(results)]


def joined_words(text: str) -> list[Edit]:
    return [Edit("joined-words", at, at, "", PART_MARK, 0.9) for at in _borders(text)]


def with_parts(text: str) -> EditedText:
    return EditedText(text, tuple(joined_words(text)))


def _repair(document: Document) -> None:
    for field in ("title", "body"):
        text = repaired(getattr(document, field).original)
        setattr(document, field, text.edited(joined_words(text.text)))


def with_joins(shelf: Shelf) -> Shelf:
    """The shelf with steps and searches that know the words above."""
    pipeline = Pipeline((Step("repair", _repair), Step("tokens", part)))
    return replace(shelf, pipeline=pipeline, repair=with_parts)


@pytest.fixture
def joins(shelf: Shelf) -> Shelf:
    return with_joins(shelf)


LOST = "وقعت اشتباكات في جنوبيطرابلس أمس."  # "clashes happened south of Tripoli yesterday"
JOINED = "جنوبيطرابلس"
KEPT = "وقعت اشتباكات في جنوبي طرابلس أمس."


@pytest.mark.parametrize(
    ("typed", "in_lost", "in_kept"),
    [
        ("طرابلس", ["طرابلس"], ["طرابلس"]),
        ("جنوبي", ["جنوبي"], ["جنوبي"]),
        ("طرابلس جنوبي", ["جنوبيطرابلس"], ["جنوبي", "طرابلس"]),
        ('"جنوبي طرابلس"', ["جنوبيطرابلس"], ["جنوبي طرابلس"]),
        ('"طرابلس أمس"', ["طرابلس أمس"], ["طرابلس أمس"]),
        ('"في جنوبي"', ["في جنوبي"], ["في جنوبي"]),
        ('"في جنوبي طرابلس أمس"', ["في جنوبيطرابلس أمس"], ["في جنوبي طرابلس أمس"]),
        # Typed, or copied, without the space itself
        (JOINED, ["جنوبيطرابلس"], ["جنوبي طرابلس"]),
        ('"جنوبيطرابلس أمس"', ["جنوبيطرابلس", "أمس"], ["جنوبي", "طرابلس", "أمس"]),
        ('"في جنوبيطرابلس أمس"', ["في", "جنوبيطرابلس", "أمس"], ["في", "جنوبي", "طرابلس", "أمس"]),
    ],
)
def test_both_articles_are_found_alike_and_exactly_what_matched_is_marked(
    joins: Shelf, typed: str, in_lost: list[str], in_kept: list[str]
) -> None:
    joins.put(LOST, source="lost")
    joins.put(KEPT, source="kept")
    joins.put("خبر لا صلة له بما سبق.")
    hits = {hit.source: hit for hit in joins.search(typed).hits}
    assert set(hits) == {"lost", "kept"}
    # The very word that was typed may count more, in a collection where it is the rarer one.
    least = hits["kept"].score
    assert hits["lost"].score == pytest.approx(least) or (
        typed == JOINED and hits["lost"].score > least
    )
    assert (marked(hits["lost"]), marked(hits["kept"])) == (in_lost, in_kept)
    [passage] = hits["lost"].passages
    assert (passage.text, passage.repaired) == (LOST, None)
    assert not any(hit.near for hit in hits.values())


def test_an_article_of_which_the_steps_thought_otherwise_is_found_by_what_was_typed(
    shelf: Shelf, joins: Shelf
) -> None:
    shelf.put(LOST.replace("جنوبيطرابلس", "مطارحريققطر"), source="missed")
    assert sources(joins.search("مطارحريققطر")) == ["missed"]
    assert sources(joins.search('"في مطارحريققطر أمس"')) == ["missed"]


def test_titles_have_parts_too_and_are_shown_as_they_came(joins: Shelf) -> None:
    joins.put("نص الخبر.", title="حريق في مطارطرابلس")
    [hit] = joins.search('"في مطار"').hits
    assert hit.title == "حريق في مطارطرابلس"
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["في مطار"]


def test_a_minus_before_a_part_leaves_the_joined_word_out(joins: Shelf) -> None:
    joins.put("زلزال في جنوبيطرابلس.", source="joined")
    joins.put("زلزال في جنوبي المدينة.", source="another")
    assert sources(joins.search("زلزال -طرابلس")) == ["another"]
    assert sources(joins.search("زلزال -جنوبيطرابلس")) == ["another"]
    assert sources(joins.search('زلزال -"جنوبي طرابلس"')) == ["another"]
    assert sources(joins.search("زلزال -قطر", size=5)) == sources(joins.search("زلزال"))


def test_near_spellings_know_parts_and_suggest_them(joins: Shelf) -> None:
    joins.put(LOST)
    for typed, meant in (("طرابلص", "طرابلس"), ("جنوبيطرابلص", "جنوبيطرابلس")):
        results = joins.search(typed)
        assert (results.total, results.suggestion) == (0, meant)
        assert [marked(hit) for hit in results.hits] == [[meant]]


def test_the_mark_is_in_nothing_that_is_shown(joins: Shelf) -> None:
    joins.put(LOST, title="مطارطرابلس")
    joins.put("Ø§Ù„Ø¬Ù†ÙˆØ¨ قرب مطارطرابلس.")  # "the south", misread
    for typed in ("طرابلس", "مطارطرابلس", "مطارطرابلص"):
        results = joins.search(typed)
        assert len(results.hits) == 2
        assert PART_MARK not in json.dumps(asdict(results), ensure_ascii=False, default=str)


def test_a_passage_that_reads_otherwise_has_a_space_in_it(joins: Shelf) -> None:
    joins.put("Ø§Ù„Ø¬Ù†ÙˆØ¨ قرب مطارطرابلس.")
    [hit] = joins.search("طرابلس").hits
    repaired = hit.passages[0].repaired
    assert repaired is not None
    assert repaired.text == "الجنوب قرب مطار طرابلس."
    assert [repaired.text[start:end] for start, end in repaired.marks] == ["طرابلس"]


def test_of_a_joined_word_alone_no_second_copy_is_kept(joins: Shelf) -> None:
    put = joins.put(LOST, title="زلزال")
    source = joins.client.get(index=joins.index, id=put.id)["_source"]
    assert "original" not in source
    assert source["body"].replace(PART_MARK, "") == LOST
    assert [(edit["kind"], edit["start"]) for edit in source["edits"]] == [("joined-words", 22)]
    assert source["repairs"] == ["joined-words"]


@pytest.mark.parametrize(
    "spellings",
    [
        ("عبدالله", "عبد الله", "عبد اللّه"),
        ("أبوظبي", "ابو ظبي", "أبو ظبى"),
        ("بنعلي", "بن علي"),
        ("لاسيما", "لا سيما"),
        ("نصرالله", "نصر الله"),
        ("عزالدين", "عز الدين"),
    ],
)
def test_compounds_are_found_in_either_spelling_in_phrases_too(
    shelf: Shelf, spellings: tuple[str, ...]
) -> None:
    for spelling in spellings:
        shelf.put(f"قال {spelling} اليوم.", source=spelling)
    shelf.put("قال عبد وأبو وبن ونصر وعز وشاء اليوم الله والدين وعلي.", source="scattered")
    for spelling in spellings:
        for typed in (spelling, f'"{spelling}"', f'"قال {spelling} اليوم"', f"اليوم {spelling}"):
            if len(content_words(typed.split())) < len(typed.split()):
                continue  # beside another word, لاسيما (especially) says nothing
            assert set(sources(shelf.search(typed))) == set(spellings), typed
        for hit in shelf.search(spelling).hits:
            assert "".join(marked(hit)).replace(" ", "") == hit.source.replace(" ", "")
        assert sources(shelf.search(f'اليوم -"{spelling}"')) == ["scattered"]


def test_near_spellings_of_compounds_are_found_too(shelf: Shelf) -> None:
    shelf.put("زار عبدالعزيز المدينة.")
    results = shelf.search("عبدالعزيظ")
    assert (results.total, results.suggestion) == (0, "عبدالعزيز")
    shelf.put("زار عبد العزيز المدينة.")
    assert shelf.search("عبد العزيظ").suggestion == "عبد العزيز"


@pytest.mark.parametrize(
    "typed",
    [
        "عبدالله " * 120,
        '"' + "عبد الله " * 110 + '"',
        '"عبدالله" ' * 95,
        "زلزال -لابد" + " -عبدالله" * 95,
        "مطارحريق " * 110,
        '"' + "مطارحريق " * 110 + '"',
        "زلزال" + " -مطارحريق" * 90,
        '"' + "مطارحريق" * 120 + '"',
        '"عبدالله' + "مطارحريق" * 90 + '"',
    ],
)
def test_however_many_of_them_are_typed_there_is_an_answer(joins: Shelf, typed: str) -> None:
    joins.put(LOST)
    assert joins.search(typed).total == 0


_GROUPS = st.lists(
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3), min_size=1, max_size=4
)


def in_groups(drawn: tuple[list[str], list[int]]) -> list[list[str]]:
    """The words one after the other, in groups of these sizes, as far as there are words."""
    words, sizes = iter(drawn[0]), drawn[1]
    groups = [list(islice(words, size)) for size in sizes]
    return [group for group in groups if group]


# An index holds no lengths of positions: a joined word that repeats itself would look shorter.
_DISTINCT = st.tuples(
    st.permutations(_WORDS), st.lists(st.integers(1, 3), min_size=1, max_size=4)
).map(in_groups)


def written(groups: list[list[str]]) -> str:
    """The words of each group without the spaces between them."""
    return " ".join("".join(group) for group in groups)


@settings(max_examples=80, deadline=None)
@given(text=_DISTINCT, query=_GROUPS)
def test_a_phrase_is_found_and_marked_however_words_are_joined(
    shelf_of_module: Shelf, text: list[list[str]], query: list[list[str]]
) -> None:
    joins = with_joins(shelf_of_module)
    joins.empty()
    joins.put(f"قال {written(text)} ثم")
    words, wanted = list(chain(*text)), list(chain(*query))
    places = [
        start
        for start in range(len(words) - len(wanted) + 1)
        if words[start : start + len(wanted)] == wanted
    ]
    hits = full(joins.search(f'"{written(query)}"'))
    assert bool(hits) == bool(places)
    if hits:
        inside = sorted({at + offset for at in places for offset in range(len(wanted))})
        shown = "".join("".join(marked(hits[0])).split())
        assert shown == "".join(words[place] for place in inside)
