"""Which words a search wants, in which forms, and which articles come first."""

from __future__ import annotations

import pytest

from tests.search.shelf import Shelf
from tests.search.test_searcher import marked
from warraq.search.ranking import content_words
from warraq.text.letters import PART_MARK


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ما هي عاصمة ليبيا", "عاصمة ليبيا"),  # what is the capital of Libya
        ("هل زار الرئيس بنغازي", "زار الرئيس بنغازي"),  # did the president visit Benghazi
        ("من هو رئيس الحكومة", "رئيس الحكومة"),  # who is the head of government
        ("أين تقع طرابلس", "تقع طرابلس"),  # where does Tripoli lie
        ("الحرب على الإرهاب", "الحرب الإرهاب"),  # the war on terror
        ("وفي طرابلس", "طرابلس"),  # and in Tripoli
        ("علي صالح", "علي صالح"),  # Ali is not على
        ("على عبدالله صالح", "على عبدالله صالح"),  # but may be written so
        ("محمد على", "محمد على"),
        ("«محمد على كلاي»", "«محمد على كلاي»"),
        ("القبض على محمد", "القبض محمد"),  # the arrest of Mohammed
        ("على الطريق", "الطريق"),  # on the way
        ("طرابلس السراج", "طرابلس السراج"),
        (f"في{PART_MARK}طرابلس", f"في{PART_MARK}طرابلس"),  # one word, of two parts
        ("في", "في"),  # else nothing would be left
        ("من أين إلى أين", "من أين إلى أين"),
        ("CNN 2018", "CNN 2018"),
        ("", ""),
    ],
)
def test_words_that_say_nothing_of_a_subject_are_left_out(typed: str, kept: str) -> None:
    assert content_words(typed.split()) == kept.split()


def test_an_article_needs_no_function_word_and_none_is_marked(shelf: Shelf) -> None:
    named = shelf.put("طرابلس عاصمة ليبيا، ما دامت.").article.own_id  # as long as it lasts
    shelf.put("ما هي الأخبار؟")
    [hit] = shelf.search("ما هي عاصمة ليبيا").hits
    assert hit.article_id == named
    assert marked(hit) == ["عاصمة", "ليبيا"]


def test_a_name_that_is_written_as_a_function_word_counts(shelf: Shelf) -> None:
    brother = shelf.put("وصل محمد عبدالله صالح.").article.own_id
    himself = shelf.put("وصل علي عبدالله صالح.").article.own_id
    assert shelf.found("على عبدالله صالح") == [himself, brother]


def test_function_words_alone_are_asked_for(shelf: Shelf) -> None:
    there = shelf.put("وصل من هنا إلى هناك.").article.own_id  # from here to there
    shelf.put("وصل هناك.")
    assert shelf.found("من إلى") == [there]


# One to five words of an article, and words of no article.
_HAS = ["زار", "وزير", "بنغازي", "ميناء", "سفينة"]  # visited, minister, Benghazi, port, ship
_LACKS = ["زرافة", "بطريق", "حوت", "تمساح", "فهد"]  # giraffe, penguin, whale, crocodile, leopard


@pytest.mark.parametrize(("asked", "wanted"), [(1, 1), (2, 2), (3, 2), (4, 2), (6, 2), (7, 2)])
def test_how_many_of_the_words_an_article_must_have(shelf: Shelf, asked: int, wanted: int) -> None:
    put = shelf.put(" ".join(_HAS)).article.own_id

    def typed(there: int) -> str:
        return " ".join([*_HAS[:there], *_LACKS[: asked - there]])

    assert shelf.found(typed(wanted)) == [put]
    assert shelf.search(typed(wanted)).total == 1
    if wanted > 1:
        assert shelf.found(typed(wanted - 1)) == []
        assert shelf.search(typed(wanted - 1)).total == 0


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("صندوق", "صناديق"),  # a box, boxes
        ("صناديق", "صندوق"),
        ("بالصناديق", "صندوقها"),  # with the boxes, her box
        ("سعر النفط", "أسعار النفط"),  # the price of oil, prices
        ("وزراء", "الوزير"),  # ministers, the minister
        ("يستقيل", "استقال"),  # resigns, resigned
        ('"سعر النفط"', "أسعار النفط"),  # side by side, in whatever form
    ],
)
def test_forms_of_a_word_find_each_other_and_are_marked(
    shelf: Shelf, typed: str, written: str
) -> None:
    put = shelf.put(f"خبر عن {written} أمس.").article.own_id
    assert shelf.found(typed) == [put]
    shown = " ".join(marked(shelf.search(typed).hits[0]))
    assert shown.split() == written.split()


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("سيارتيهما", False),  # one or two words have to be there
        ("الدبلوماسيتان الأمريكيتان", False),
        ("الدبلوماسيتان الأمريكيتان المفاوضتان", True),  # the two American diplomats negotiating
        ("الدبلوماسيتان زرافة بطريق", False),  # less than half
    ],
)
def test_of_many_words_half_of_the_letters_do_as_well(
    shelf: Shelf, typed: str, is_found: bool
) -> None:
    shelf.put("السيارات والدبلوماسيون الأمريكيون والمفاوضون.")  # cars; diplomats; Americans; …
    assert bool(shelf.found(typed)) == is_found


def test_what_an_article_begins_with_counts_more(shelf: Shelf) -> None:
    filler = " ".join(["ثم وصلت السفينة إلى الميناء"] * 12)  # then the ship reached the port
    late = shelf.put(f"جرى ذلك. {filler} زلزال").article.own_id
    early = shelf.put(f"زلزال جرى ذلك. {filler}").article.own_id
    assert shelf.found("زلزال") == [early, late]  # an earthquake


def test_kin_that_no_stemmer_knows_of_puts_an_article_first(shelf: Shelf) -> None:
    shelf.put("تفاوض الوفدان في بنغازي.", id="other")  # the delegations negotiated
    shelf.put("الدبلوماسية الأمريكية في بنغازي.", id="kin")  # American diplomacy
    assert shelf.search("دبلوماسيوها بنغازي").hits[0].article_id == "kin"
