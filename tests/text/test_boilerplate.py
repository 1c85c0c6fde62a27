"""What is marked in an article, what is kept, and that nothing but whole passages goes."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.boilerplate import DIGEST_BYTES, Passage, boilerplate, recurrable
from warraq.text.edits import Edit, EditedText

LEAD = "أعلنت الوزارة أمس افتتاح ثلاث مدارس جديدة في المحافظة قبل بدء العام الدراسي المقبل."
BODY = "وقال الوزير إن العمل في المدارس انتهى قبل موعده بشهرين، وإن المقاعد والكتب وصلت كلها."
NEWSLETTER = "نشرة الصباح في صندوق بريدك كل يوم"
"""The morning's newsletter in your mailbox each day."""


def cut(text: str, found: list[Passage]) -> str:
    edits = [
        Edit("boilerplate", one.start, one.end, text[one.start : one.end], "") for one in found
    ]
    edited = EditedText(text, tuple(edits))
    assert edited.undone() == text
    return edited.text


def left(text: str, *, author: str = "", recurring: tuple[str, ...] = ()) -> str:
    """What is left of `text` where each line of `recurring` stands in other articles, too."""
    digests = {
        digest for line in recurring for digest in recurrable(f"{line}\n{LEAD}\n{BODY}").digests
    }
    return cut(text, boilerplate(text, author, digests))


def test_a_line_goes_with_its_end_and_the_blank_lines_behind_it() -> None:
    assert left(f"{LEAD}\n\nاقرأ أيضاً: الأمطار\n\n{BODY}") == f"{LEAD}\n\n{BODY}"


def test_a_line_that_recurs_goes_whole_with_the_dateline_in_front_of_it() -> None:
    title = "الرياض - واس: نشرة الأخبار المحلية"  # Riyadh, SPA: the local news
    assert left(f"{title}\n{LEAD}\n{BODY}", recurring=(title,)) == f"{LEAD}\n{BODY}"


def test_nothing_hangs_over_at_either_end() -> None:
    text = f"\n الرياض - واس\n\n{LEAD}\n{BODY}\n\nاقرأ أيضاً: الأمطار\nانقر هنا \n\n"
    assert left(text) == f"{LEAD}\n{BODY}"


def test_a_dateline_goes_and_the_sentence_behind_it_stays() -> None:
    assert left(f"الرياض (واس) - {LEAD}\n{BODY}") == f"{LEAD}\n{BODY}"
    [passage] = boilerplate(f"الرياض (واس) - {LEAD}")
    assert passage == Passage(0, 15, "byline", 0.95, "names an agency")


def test_bylines_may_stand_under_other_short_lines() -> None:
    text = f"ثلاث مدارس دفعة واحدة\nسعيد الحارثي ـ نزوى\n\n{LEAD}\n{BODY}"
    assert left(text, author="سعيد الحارثي") == f"ثلاث مدارس دفعة واحدة\n{LEAD}\n{BODY}"
    assert left(f"{LEAD}\nسعيد الحارثي ـ نزوى\n{BODY}", author="سعيد الحارثي").count("نزوى") == 1


def test_read_also_without_its_line_end_goes_from_the_end() -> None:
    text = f"{LEAD} {BODY} اقرأ أيضاً: الأمطار تعود غداً"
    assert left(text) == f"{LEAD} {BODY}"
    [passage] = boilerplate(text)
    assert (passage.kind, passage.reason) == ("boilerplate", "read-also line")
    in_the_middle = f"قال: {LEAD} وكتب على اللوح اقرأ أيضاً: {BODY}"
    assert left(in_the_middle) == in_the_middle


# ── what recurs ──────────────────────────────────────────────────────────────────────────────────


def test_a_line_that_recurs_goes_from_the_edges() -> None:
    recurring = ("مساء الخير قراءنا", NEWSLETTER)
    text = f"مساء الخير قراءنا\n{LEAD}\n{BODY}\n{NEWSLETTER}\nاقرأ أيضاً: الأمطار"
    assert left(text, recurring=recurring) == f"{LEAD}\n{BODY}"
    assert left(text) == f"مساء الخير قراءنا\n{LEAD}\n{BODY}\n{NEWSLETTER}"


def test_inside_it_stays_for_it_may_be_a_heading() -> None:
    text = f"{LEAD}\nطريقة التحضير بالتفصيل\n{BODY}"
    assert left(text, recurring=("طريقة التحضير بالتفصيل",)) == text


def test_inside_it_goes_where_it_asks_for_something() -> None:
    call = "حملوا تطبيق الضفة الآن"
    assert left(f"{LEAD}\n{call}\n{BODY}", recurring=(call,)) == f"{LEAD}\n{BODY}"
    assert left(f"{LEAD}\n{call}\n{BODY}") == f"{LEAD}\n{call}\n{BODY}"


def test_names_that_recur_are_bylines_so_they_can_still_be_found() -> None:
    recurring = ("سعيد الحارثي نزوى", "هند العلي", NEWSLETTER)
    text = f"سعيد الحارثي نزوى\n{LEAD}\n{BODY}\n{BODY}\n{NEWSLETTER}\nهند العلي"
    digests = {one for line in recurring for one in recurrable(line).digests}
    kinds = [
        (one.kind, text[one.start : one.end].strip()) for one in boilerplate(text, "", digests)
    ]
    assert kinds == [
        ("byline", "سعيد الحارثي نزوى"),
        ("boilerplate", NEWSLETTER),
        ("byline", "هند العلي"),
    ]


def test_an_article_of_lines_that_recur_is_kept_for_they_are_its_text() -> None:
    lines = ("الرياض صحو حار نهاراً", "جدة غائم جزئياً", "أبها أمطار رعدية متفرقة")
    text = "\n".join(("توقعات يوم الأحد المقبل", *lines))
    assert left(text, recurring=lines) == text


@pytest.mark.parametrize(
    "text",
    ["اقرأ أيضاً: الأمطار", "الرياض - واس\nاقرأ أيضاً: الأمطار\n…", "واس", "شارك\nطباعة", "", "\n"],
)
def test_an_article_never_becomes_empty(text: str) -> None:
    assert boilerplate(text) == []


def test_what_may_recur_is_short_has_words_and_is_not_all_digits() -> None:
    assert recurrable("").digests == recurrable("\n \n").digests == ()
    for line in ("كلمة", "12 34", "— * —", LEAD, "كلمة " * 13):
        assert recurrable(line).digests == ()
    assert {len(digest) for digest in recurrable(NEWSLETTER).digests} == {DIGEST_BYTES}
    assert recurrable(f"{LEAD}\n  {NEWSLETTER} ").digests == recurrable(NEWSLETTER).digests
    assert len(recurrable("\n".join(f"سطر رقم {n}" for n in range(1_000))).digests) == 24


def test_segments_of_slugs_may_recur_whatever_stands_beside_them() -> None:
    first = recurrable(f"سعيد الحارثي- الضفة- نزوى: {LEAD}").digests
    second = recurrable(f"الضفة – صحار: {LEAD}").digests
    [paper] = set(first) & set(second)
    text = f"هند العلي- الضفة- مسقط: {LEAD}"
    [passage] = boilerplate(text, "", {paper})
    assert text[passage.end :] == LEAD
    assert passage.reason == "begins as other articles of this source do"


def test_copies_are_known_by_their_longest_line() -> None:
    one, other = recurrable(f"أ\n{LEAD}\nب"), recurrable(f"{LEAD}\nج")
    assert one.text == other.text != recurrable(f"{BODY}\nج").text


# ── any text ─────────────────────────────────────────────────────────────────────────────────────

PIECES = st.sampled_from(
    [LEAD, NEWSLETTER, "الرياض - واس: ", "اقرأ أيضاً: ", "شارك", "\n", "\n\n", " ", ".", "واس",
     "\xa0", "\u2028", "\r", "©", "بقلم هند العلي", "\ud800"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)


@given(TEXTS, st.sampled_from(["", "هند العلي", "الرياض - واس", "\ud800(", NEWSLETTER]))
def test_passages_are_sorted_apart_and_never_all(text: str, author: str) -> None:
    for recurring in (frozenset[bytes](), frozenset(recurrable(text).digests)):
        found = boilerplate(text, author, recurring)
        kept = cut(text, found)
        assert not found or any(map(str.isalnum, kept))
        assert all(text[one.start : one.end].strip() for one in found)
        assert all(one.end <= behind.start for one, behind in pairwise(found))
        assert not any(one.reason == "" for one in found)


HOSTILE = {
    "blanks": " " * 500_000 + "ا",
    "lines": "\n" * 499_999 + "ا",
    "short lines": "واس\n" * 125_000,
    "lines of words": "اقرأ أيضا\n" * 50_000,
    "one line": "ا " * 250_000,
    "dashes": "- " * 250_000,
    "brackets": "(" * 500_000,
    "colons": ":" * 500_000,
    "full stops and blanks": ". " * 250_000,
    "buttons": "شارك " * 100_000,
    "combining marks": "ا" + "\u064b" * 499_999,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_worst_text_takes_time_in_proportion_to_its_length(text: str) -> None:
    begun = time.process_time()
    found = recurrable(text)
    boilerplate(text, text[:500], set(found.digests))
    assert time.process_time() - begun < 5
