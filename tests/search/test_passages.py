from __future__ import annotations

import time

from warraq.search.marked import MarkedText
from warraq.search.passages import LONGEST_PASSAGE, MOST_PASSAGES, passages, pieces
from warraq.text.edits import EditedText
from warraq.text.repair import repaired
from warraq.text.tokens import Span


def marked(text: str, *words: str) -> MarkedText:
    """`text`, repaired, with every place of `words` marked."""
    edited = repaired(text)
    marks = [
        Span(at, at + len(word))
        for word in words
        for at in range(len(edited.text))
        if edited.text.startswith(word, at)
    ]
    return MarkedText(edited, tuple(sorted(marks)))


def shown(body: MarkedText) -> list[str]:
    return [
        "".join(f"[{piece}]" if is_marked else piece for piece, is_marked in passage.pieces())
        for passage in passages(body)
    ]


def test_sentences_with_more_different_words_go_first_and_stand_in_the_order_of_the_text() -> None:
    text = "أ واحد. ب واحد واحد. ج لا شيء. د واحد اثنان. ه واحد. و اثنان واحد."
    assert shown(marked(text, "واحد", "اثنان")) == [
        "ب [واحد] [واحد].",
        "د [واحد] [اثنان].",
        "و [اثنان] [واحد].",
    ]


def test_without_marks_the_beginning_is_shown_and_of_nothing_nothing() -> None:
    assert shown(marked("عنوان\nأول الخبر. وتتمته.")) == ["عنوان\nأول الخبر. وتتمته."]
    assert shown(marked(" \n ")) == []
    [lead] = passages(marked("كلمة " * 200))
    assert len(lead.text) <= LONGEST_PASSAGE
    assert (lead.cut_before, lead.cut_after) == (False, True)


def test_a_long_sentence_is_cut_between_words_around_its_marks() -> None:
    [passage] = passages(marked("حشو " * 300 + "الهدف والهدف " + "حشو " * 300, "الهدف"))
    assert passage.text.startswith("حشو")
    assert passage.text.endswith("حشو")
    assert [passage.text[s - passage.start : e - passage.start] for s, e in passage.marks] == [
        "الهدف",
        "الهدف",
    ]
    assert passage.cut_before
    assert passage.cut_after


def test_marks_lie_in_the_original() -> None:
    text = "قبل الطـــرابلـسي ثم \u200bﻃﺮﺍﺑﻠﺲ\u200b."
    body = marked(text, "طرابلس")
    assert shown(body) == ["قبل ال[طـــرابلـس]ي ثم \u200b[ﻃﺮﺍﺑﻠﺲ]\u200b."]
    [passage] = passages(body)
    assert text[passage.start : passage.end] == passage.text
    assert passage.repaired is None  # it reads the same


def test_what_cannot_be_read_is_shown_repaired_too() -> None:
    broken = "في طرابلس أمس".encode().decode("cp1256", errors="replace")
    [passage] = passages(marked(broken, "طرابلس"))
    assert passage.text == broken
    assert passage.repaired is not None
    assert passage.repaired.text == "في طرابلس أمس"
    assert [passage.repaired.text[s:e] for s, e in passage.repaired.marks] == ["طرابلس"]


def test_a_passage_is_bounded_even_where_repair_made_it_short() -> None:
    text = f"كلمة ط{'ـ' * 100_000}رابلس."
    [passage] = passages(marked(text, "طرابلس"))
    assert len(passage.text) <= 2_000
    assert passage.cut_after
    assert all(passage.start <= s < e <= passage.end for s, e in passage.marks)


def test_hostile_articles_take_no_long_time() -> None:
    bodies = ("ا " * 200_000, "ا\n" * 200_000)
    for text in bodies:
        marks = tuple(Span(at, at + 1) for at in range(0, len(text), 2))
        began = time.process_time()
        assert len(passages(MarkedText(EditedText(text), marks))) <= MOST_PASSAGES
        assert time.process_time() - began < 5


def test_pieces_part_a_text_at_its_marks() -> None:
    assert list(pieces("abcdef", [Span(1, 2), Span(2, 4)])) == [
        ("a", False),
        ("b", True),
        ("cd", True),
        ("ef", False),
    ]
    assert list(pieces("ab", [Span(0, 2)])) == [("ab", True)]
    assert list(pieces("", [])) == []
