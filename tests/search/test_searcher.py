"""Searches on a real index, of small articles that say one thing each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from config.settings import Settings
from tests.search.shelf import Shelf
from warraq.errors import Unavailable, WarraqError
from warraq.index.access import SEARCH, ensure_keys
from warraq.index.client import ADMINISTRATOR
from warraq.search import FIRST_PAGE, BadQuery, Hit, Searcher

MILITIAS = "اشتبكت الميليشيات المسلحة مع قوات حفتر والسراج، وأعلنت «أفريكوم» إجلاء جنودها."
"""The armed militias clashed with forces of Haftar and al-Sarraj; AFRICOM evacuated soldiers."""


def marked(hit: Hit) -> list[str]:
    return [piece for passage in hit.passages for piece, is_marked in passage.pieces() if is_marked]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("حفتر", "حفتر"),
        ("السراج", "والسراج"),
        ("أفريكوم", "أفريكوم"),
        ("افريكوم", "أفريكوم"),
        ("إفريكوم", "أفريكوم"),
        ("آفريكوم", "أفريكوم"),
        ("الميليشيات", "الميليشيات"),
        ("الميليشيّاتُ", "الميليشيات"),
        ("الـمـيـلـيـشـيـات", "الميليشيات"),
        ("المیلیشیات", "الميليشيات"),  # typed on a Persian keyboard
        ("ﺍﻟﻤﻴﻠﻴﺸﻴﺎﺕ", "الميليشيات"),  # copied from a PDF
        ("المليشيات", "الميليشيات"),  # another spelling, by the equivalents
        ("ميليشيات", "الميليشيات"),
    ],
)
def test_every_spelling_finds_and_marks_the_word(shelf: Shelf, typed: str, found: str) -> None:
    shelf.put(MILITIAS)
    shelf.put("خبر لا صلة له بما سبق.")
    results = shelf.search(typed)
    assert (results.total, results.total_is_exact, results.suggestion) == (1, True, None)
    assert marked(results.hits[0]) == [found]
    assert not results.hits[0].near


def test_a_hit_says_where_it_is_from(shelf: Shelf) -> None:
    put = shelf.put(
        "نص الخبر.",
        source="al-mina",
        id="m-1",
        title="أخبار طـرابلسَ",
        url="https://example.org/1",
        published_at="2019-04-08T10:00:00+02:00",
    )
    [hit] = shelf.search("طرابلس").hits
    assert (hit.id, hit.source, hit.article_id) == (put.id, "al-mina", "m-1")
    assert (hit.title, hit.url) == ("أخبار طـرابلسَ", "https://example.org/1")
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["طـرابلسَ"]
    assert hit.published_at == datetime(2019, 4, 8, 8, tzinfo=UTC)
    assert [passage.text for passage in hit.passages] == ["نص الخبر."]
    assert hit.score > 0


def test_one_word_in_the_title_and_one_in_the_body_are_both_there(shelf: Shelf) -> None:
    shelf.put("وصلت السفينة.", title="ميناء طرابلس")
    assert len(shelf.found("طرابلس السفينة")) == 1


def test_a_title_counts_more_and_the_words_as_typed_more_than_their_stems(shelf: Shelf) -> None:
    stem = shelf.put("قال المعلمون كلاماً.").article.own_id
    exact = shelf.put("قال المعلم كلاماً.").article.own_id
    title = shelf.put("قال أحدهم كلاماً.", title="المعلم").article.own_id
    assert shelf.found("المعلم") == [title, exact, stem]


def test_one_or_two_words_must_all_be_there_of_more_two(shelf: Shelf) -> None:
    shelf.put("باخرة من تركيا إلى ليبيا.")
    assert shelf.found("باخرة تنزانيا") == []
    assert len(shelf.found("باخرة تركيا اليابان تنزانيا")) == 1
    assert shelf.found("باخرة كوريا اليابان تنزانيا") == []


def test_a_phrase_wants_its_words_side_by_side(shelf: Shelf) -> None:
    together = shelf.put("زار سوق العطارين صباحاً.").article.own_id
    joined_on = shelf.put("زار المدينة وسوق العطارين.").article.own_id
    shelf.put("زار العطارين في سوق المدينة.")
    assert set(shelf.found('"سوق العطارين"')) == {together, joined_on}
    assert shelf.found('"سوق العطارين" صباحاً') == [together]
    hit = next(h for h in shelf.search("«سوق العطارين»").hits if h.article_id == together)
    assert "".join(marked(hit)).replace(" ", "") == "سوقالعطارين"


def test_a_minus_leaves_out_the_word_but_not_its_relatives(shelf: Shelf) -> None:
    kept = shelf.put("طرابلس مدينة كبيرة.").article.own_id
    shelf.put("طرابلس تونس.")
    related = shelf.put("طرابلس وتونسيون.").article.own_id
    assert set(shelf.found("طرابلس -تونس")) == {kept, related}
    assert shelf.found('طرابلس -"مدينة كبيرة" -تونس') == [related]


def test_an_equivalent_of_several_words_is_one(shelf: Shelf) -> None:
    shelf.put("صوّت مجلس النواب أمس.")
    shelf.put("النواب في مجلس آخر.")
    assert len(shelf.found("البرلمان")) == 1


def test_near_spellings_come_last_are_named_and_do_not_count(shelf: Shelf) -> None:
    shelf.put("وصلت الباخرة إلى طرابلس.")
    shelf.put("في طرابلُس مطار.")
    exact = shelf.put("كتب طرابلص بالخطأ.").article.own_id
    results = shelf.search("طرابلص")
    assert (results.total, results.suggestion) == (1, "طرابلس")
    assert [hit.near for hit in results.hits] == [False, True, True]
    assert results.hits[0].article_id == exact
    assert sorted(map(marked, results.hits[1:])) == [["طرابلس"], ["طرابلُس"]]


def test_near_spellings_are_a_last_resort(shelf: Shelf) -> None:
    for _ in range(3):
        shelf.put("كتب طرابلص.")
    shelf.put("وصلت الباخرة إلى طرابلس.")
    results = shelf.search("طرابلص")
    assert results.total == 3
    assert not any(hit.near for hit in results.hits)


def test_a_year_is_not_near_another_and_filters_hold_for_near_spellings_too(shelf: Shelf) -> None:
    shelf.put("جرى ذلك عام 2018.")
    assert shelf.search("2019").hits == ()
    shelf.put("طرابلس", source="a")
    shelf.put("طرابلس تونس", source="b")
    assert [hit.source for hit in shelf.search("طرابلص", source="a").hits] == ["a"]
    assert [hit.source for hit in shelf.search("طرابلص -تونس").hits] == ["a"]


def test_source_and_days_narrow_the_search(shelf: Shelf) -> None:
    shelf.put("طرابلس", id="early", source="a", published_at="2018-01-07T23:30:00Z")
    shelf.put("طرابلس", id="late", source="b", published_at="2018-01-08T23:30:00Z")
    shelf.put("طرابلس", id="undated", source="b")
    assert set(shelf.found("طرابلس", source="b")) == {"late", "undated"}
    day = date(2018, 1, 8)
    assert shelf.found("طرابلس", since=day) == ["late"]
    assert shelf.found("طرابلس", until=day, source="a") == ["early"]
    assert shelf.found("طرابلس", since=day, until=day) == ["late"]
    assert shelf.found("طرابلس", until=datetime(2018, 1, 7, 23, 30, tzinfo=UTC)) == ["early"]
    # In Tripoli, two hours ahead, both were published a day later.
    there = Searcher(shelf.client, shelf.alias, timezone="Africa/Tripoli")
    [hit] = there.search("طرابلس", since=day, until=day).hits
    assert hit.article_id == "early"


def test_pages_follow_one_another_and_the_total_stays(shelf: Shelf) -> None:
    for _ in range(5):
        shelf.put("طرابلس")
    pages = [shelf.search("طرابلس", size=2, from_=start) for start in (0, 2, 4)]
    assert [page.total for page in pages] == [5, 5, 5]
    assert [len(page.hits) for page in pages] == [2, 2, 1]
    assert len({hit.id for page in pages for hit in page.hits}) == 5
    assert shelf.search("طرابلس", size=0).total == 5


@pytest.mark.parametrize(
    "bounds",
    [{"size": 101}, {"size": -1}, {"from_": -1}, {"from_": 9_995}, {"size": 10**30}],
)
def test_what_is_out_of_bounds_is_refused_in_words(shelf: Shelf, bounds: dict[str, int]) -> None:
    with pytest.raises(BadQuery):
        shelf.search("طرابلس", **bounds)


def test_withdrawn_articles_are_not_found(shelf: Shelf) -> None:
    shelf.put("طرابلس", deleted=True)
    assert shelf.search("طرابلس").hits == ()


def test_of_an_html_article_the_text_is_shown(shelf: Shelf) -> None:
    shelf.put("<p>وصلت <b>الباخرة</b> إلى ميناء طـرابلس &amp; غادرت.</p><p>ثم عادت.</p>")
    [hit] = shelf.search("طرابلس").hits
    [passage] = hit.passages
    assert "<" not in passage.text
    assert marked(hit) == ["طـرابلس"]


def test_an_article_as_large_as_they_come_is_found_and_marked(shelf: Shelf) -> None:
    shelf.put("😀 كلمة " * 60_000 + "طرابلس")
    [hit] = shelf.search("طرابلس").hits
    assert marked(hit) == ["طرابلس"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "؟!… ()[]{}:^~*?\\/+|&",
        '"',
        '"""',
        '"..." -"..."',
        "-",
        "-تونس",
        "😀",
        '😀 "😀" -😀',
        "²",
        "title:طرابلس* OR _exists_:body",
        '{"query":{"match_all":{}}}',
        "طرابلس~10 AND (((",
        "/.*/",
        "[* TO *]",
        "طرا\x00بلس \x1b[2J \x9b31m",
        "\ud800\udc00 \udfff",
        "\u202e\u2066\ufeff\u200b",
        "ا" * 1_000,
        "ا " * 500,
        "中" * 1_000,
        "中" * 499 + " " + "中" * 499,
        "中" * 250 + " " + "中" * 249,
        "中 " * 500,
        "😀" * 1_000,
        '"' + "كلمة " * 190 + '"',
        "-ا " * 333,
        '"ا" ' * 250,
        "a.b" * 300,
        "المليشيات البرلمان " * 50,
        "سلامة " * 8,
    ],
)
def test_whatever_is_typed_is_answered(shelf: Shelf, typed: str) -> None:
    shelf.put(MILITIAS)
    results = shelf.search(typed)
    assert all(hit.passages for hit in results.hits)


def test_the_key_for_searching_is_enough(shelf: Shelf, settings: Settings, tmp_path: Path) -> None:
    shelf.put("طرابلس")
    ensure_keys(shelf.client, shelf.alias, tmp_path)
    key = (tmp_path / SEARCH.file).read_text().strip()
    with Searcher.connect(settings.elasticsearch_url, api_key=key, alias=shelf.alias) as searcher:
        assert searcher.search("طرابلس").total == 1


def test_what_goes_wrong_is_said_in_one_line(shelf: Shelf, settings: Settings) -> None:
    url = settings.elasticsearch_url
    cases = {
        "cannot be reached": Searcher.connect("http://127.0.0.1:9"),
        "knows no such key": Searcher.connect(url, api_key="bm90OmFrZXk="),
        "knows no such key or password": Searcher.connect(url),
    }
    for words, searcher in cases.items():
        with searcher, pytest.raises(Unavailable, match=words) as caught:
            searcher.search("طرابلس")
        assert "\n" not in str(caught.value)
    with pytest.raises(WarraqError, match="no index behind 'nothing-here' yet"):
        Searcher(shelf.client, "nothing-here").search("طرابلس")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("علي", "على"),
        ("الجيش", "الجَيْش"),
        ("الجيش", "ﺍﻟﺠﻴﺶ"),
        ("کتاب", "كتاب"),
        ("2018", "٢٠١٨"),
        ("2018", "۲۰۱۸"),
        ("سراج", "السراج"),
        ("ليبي", "الليبية"),
    ],
)
def test_what_the_documentation_says_is_found(shelf: Shelf, typed: str, written: str) -> None:
    shelf.put(f"خبر {written} هنا.")
    assert marked(shelf.search(typed).hits[0]) == [written]


class _Timed(Elasticsearch):
    """Adds up what its searches took."""

    took_ms = 0

    def search(self, *args: Any, **options: Any) -> Any:
        answer = super().search(*args, **options)
        self.took_ms += answer["took"]
        return answer


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("Haftar", {}),
        ("Haftar", {"from_": 1}),
        ("Haftar", {"page": FIRST_PAGE}),
        ("Haftar", {"fold_stories": True, "facets": True}),
        ("الميليشيات زلزال", {}),  # some of the words
        ("الميليشيص", {"fold_stories": True}),  # near spellings, and a suggestion
    ],
)
def test_its_time_is_that_of_all_its_requests(
    shelf: Shelf, settings: Settings, typed: str, options: dict[str, Any]
) -> None:
    for _ in range(3):
        shelf.put(MILITIAS)
    password = settings.elasticsearch_admin_password
    assert password is not None
    login = (ADMINISTRATOR, password.get_secret_value())
    with _Timed(settings.elasticsearch_url, basic_auth=login) as client:
        searcher = Searcher(client, shelf.alias)
        results = searcher.search(typed, size=2, **options)
        assert results.took_ms == client.took_ms
        if results.next_page:
            client.took_ms = 0
            assert searcher.search(typed, page=results.next_page).took_ms == client.took_ms
