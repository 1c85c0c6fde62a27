"""`warraq search` as people and programs run it, on a real index."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.settings import Settings
from tests.search.shelf import Shelf, shelf_on
from warraq.cli import main
from warraq.index.access import SEARCH, ensure_keys
from warraq.search.fields import FIELDS

PORT = {
    "source": "sada",
    "id": "s-1",
    "title": "سفينة تصل إلى طـرابلس",
    "body": "رست السفينة في ميناء طرابلس أمس.",
    "url": "https://example.org/s-1",
    "published_at": "2018-01-08T10:00:00+02:00",
}
"""A ship arrives in Tripoli."""
HOSTILE = {
    "source": "الشر",
    "id": "x",
    "title": "طرابلس \x1b[31mأحمر",
    "body": "نص \x9b2J\u202e طرابلس\nسطر",
}


@pytest.fixture(scope="module")
def environment(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The environment of somebody who may search an index with these articles, and no more."""
    with shelf_on(settings) as shelf:
        _fill(shelf)
        keys = tmp_path_factory.mktemp("keys")
        ensure_keys(shelf.client, shelf.alias, keys)
        yield {
            "WARRAQ_ALIAS": shelf.alias,
            "WARRAQ_ELASTICSEARCH_SEARCH_KEY_FILE": str(keys / SEARCH.file),
            "WARRAQ_ELASTICSEARCH_URL": settings.elasticsearch_url,
        }


def _fill(shelf: Shelf) -> None:
    for article in (PORT, HOSTILE):
        shelf.put(**article)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: its exit code and what it wrote."""

    code: int | str | None
    stdout: str
    stderr: str


class Search:
    """Runs `warraq search`, or `command`, in this process, as its entry point does."""

    def __init__(self, patch: pytest.MonkeyPatch, written: pytest.CaptureFixture[str]) -> None:
        self._patch = patch
        self._written = written

    def __call__(
        self, environment: dict[str, str], *arguments: str, code: int = 0, command: str = "search"
    ) -> Done:
        with self._patch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["warraq", command, *arguments])
            with pytest.raises(SystemExit) as ended:
                main()
        done = Done(ended.value.code or 0, *self._written.readouterr())
        if isinstance(done.code, str):  # Python writes it to stderr and exits with 1
            done = Done(1, done.stdout, f"{done.code}\n")
        assert done.code == code, done.stderr
        return done


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Search:
    return Search(monkeypatch, capsys)


def test_hits_are_shown_with_their_source_date_and_marked_passages(
    search: Search, environment: dict[str, str]
) -> None:
    lines = search(environment, "طرابلس", "--source", "sada").stdout.splitlines()
    assert lines[0].startswith("1 article, ")
    assert lines[2:] == [
        "1. سفينة تصل إلى *طـرابلس*",
        "sada · 2018-01-08 · https://example.org/s-1",
        "رست السفينة في ميناء *طرابلس* أمس.",
    ]


def test_an_article_sends_no_commands_to_the_terminal(
    search: Search, environment: dict[str, str]
) -> None:
    shown = search(environment, "طرابلس", "--source", "الشر").stdout
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
    assert "\u202e" not in shown
    assert "␛[31m" in shown
    assert "\u2068الشر\u2069 · no date · x" in shown.splitlines()


def test_programs_get_one_json_document(search: Search, environment: dict[str, str]) -> None:
    shown = search(environment, "طرابلس", "--json").stdout
    assert "\x9b" not in shown
    document = json.loads(shown)
    assert (document["query"], document["total"], document["total_is_exact"]) == ("طرابلس", 2, True)
    hits = {hit["source"]: hit for hit in document["hits"]}
    hit, [passage] = hits["sada"], hits["sada"]["passages"]
    assert hit["published_at"] == "2018-01-08T10:00:00+02:00"
    assert [PORT["title"][start:end] for start, end in hit["title_marks"]] == ["طـرابلس"]
    assert [PORT["body"][start:end] for start, end in passage["marks"]] == ["طرابلس"]
    assert hits["الشر"]["passages"][0]["text"].startswith("نص \x9b2J")


def test_days_bound_the_search(search: Search, environment: dict[str, str]) -> None:
    for since, until, total in (
        ("2018-01-08", "2018-01-08", 1),
        ("2018-01-09", "2020-01-01", 0),
        ("2017-01-01", "2018-01-07", 0),
    ):
        answer = search(environment, "طرابلس", "--since", since, "--until", until, "--json")
        assert json.loads(answer.stdout)["total"] == total
    assert "does not match" in search(environment, "طرابلس", "--since", "أمس", code=2).stderr


def test_where_nothing_was_found_near_spellings_are_offered(
    search: Search, environment: dict[str, str]
) -> None:
    lines = search(environment, "طرابلص", "--source", "sada").stdout.splitlines()
    assert lines[:3] == ["no article was found", "did you mean:", "طرابلس"]
    assert "with a near spelling only:" in lines
    assert search(environment, "زرافة").stdout == "no article was found\n"


def test_articles_with_some_of_the_words_stand_under_a_line_that_says_so(
    search: Search, environment: dict[str, str]
) -> None:
    typed = ("ميناء", "طرابلس", "زرافة", "بطريق", "حوت", "تمساح")  # port, Tripoli, giraffe, …
    lines = search(environment, *typed[:3]).stdout.splitlines()
    assert lines[0].startswith("1 article, ")
    assert lines[2].startswith("1. سفينة تصل")
    said = lines.index("with some of the words only:")
    assert lines[said + 1].startswith("2. *طرابلس*")
    document = json.loads(search(environment, *typed[1:], "--json").stdout)
    assert document["total"] == 0
    assert [hit["partial"] for hit in document["hits"]] == [True, True]


def test_words_need_no_quotation_and_a_leading_minus_needs_two(
    search: Search, environment: dict[str, str]
) -> None:
    assert "1 article" in search(environment, "طرابلس", "السفينة").stdout
    assert "1 article" in search(environment, "--", "-السفينة", "طرابلس").stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ميناء date:2018-13", "`date`: there is no such month; in date:2018-13"),
        ("sorce:x", "there is no field `sorce`, did you mean `source`?; in sorce:x"),
        ("country:كوكب", "a code such as LY; in \u2068country:كوكب\u2069"),
        ('lang:"x\x1by"', 'a code such as ar or en; in lang:"x␛y"'),
    ],
)
def test_a_bad_query_is_told_with_the_piece_at_fault(
    search: Search, environment: dict[str, str], typed: str, said: str
) -> None:
    done = search(environment, typed, code=1)
    assert said in done.stderr
    assert "\x1b" not in done.stderr


def test_the_help_says_what_can_be_typed(search: Search, environment: dict[str, str]) -> None:
    shown = search(environment, "--help").stdout
    for field in FIELDS:
        assert re.search(rf"\b{field.name}\b", shown)
    for sign in ('"word word"', "-word", "OR", "word*", "=word", "field:value"):
        assert sign in shown


def test_hits_are_sorted_folded_counted_and_paged(
    search: Search, environment: dict[str, str]
) -> None:
    answer = search(environment, "طرابلس", "--sort", "newest", "--recent", "--fold", "--json")
    document = json.loads(answer.stdout)
    assert [hit["source"] for hit in document["hits"]] == ["sada", "الشر"]
    assert (document["stories"], document["facets"], document["next_page"]) == (2, [], None)
    shown = search(environment, "طرابلس", "--facets", "--fold", "--size", "1", "--page", "first")
    lines = shown.stdout.splitlines()
    assert lines[0].startswith("2 articles in 2 stories, ")
    assert lines[lines.index("year") + 1] == "2018 1"
    cursor = lines[-1].removeprefix("more with --page ")
    again = ("--fold", "--facets", "--size", "1", "--page", cursor, "--json")
    second = json.loads(search(environment, "طرابلس", *again).stdout)
    assert len(second["hits"]) == 1
    assert second["hits"][0]["title"] not in lines[4]
    assert {facet["name"] for facet in second["facets"]} >= {"source", "persons", "month"}
    bad = search(environment, "طرابلس", "--page", cursor[:-3], code=1)
    assert (
        bad.stderr
        == "warraq: this is no page of a search: give the cursor as it was, or search anew\n"
    )


def test_what_is_chosen_narrows_the_search(search: Search, environment: dict[str, str]) -> None:
    for choices, total in (
        (["year=2018"], 1),
        (["year=2017", "year=2018", "source=sada"], 1),
        (["source=sada", "source=الشر"], 2),
        (["month=2018-02"], 0),
    ):
        options = [word for choice in choices for word in ("--only", choice)]
        answer = search(environment, "طرابلس", *options, "--json")
        assert json.loads(answer.stdout)["total"] == total
    for wrong in ("colour=red", "2018"):
        assert search(environment, "طرابلس", "--only", wrong, code=1).stderr.startswith("warraq: ")


def test_the_like_are_found_by_id_and_by_the_sources_own(
    search: Search, environment: dict[str, str]
) -> None:
    found = json.loads(search(environment, "طرابلس", "--json").stdout)["hits"]
    given = next(hit["id"] for hit in found if hit["source"] == "sada")
    for arguments in ((given,), ("s-1", "--source", "sada")):
        answer = search(environment, *arguments, "--json", command="similar")
        hits = json.loads(answer.stdout)["hits"]
        assert given not in {hit["id"] for hit in hits}
    none = search(environment, "s-2", "--source", "sada", command="similar", code=1)
    assert none.stderr == "warraq: there is no article with this id\n"


def test_what_goes_wrong_is_one_plain_line(
    search: Search, environment: dict[str, str], tmp_path: Path
) -> None:
    away = search(
        {**environment, "WARRAQ_ELASTICSEARCH_URL": "http://127.0.0.1:9"}, "طرابلس", code=1
    )
    keyless = {**environment, "WARRAQ_STATE": str(tmp_path)}
    del keyless["WARRAQ_ELASTICSEARCH_SEARCH_KEY_FILE"]
    for done in (
        away,
        search(keyless, "طرابلس", code=1),
        search({**environment, "WARRAQ_ALIAS": "nothing"}, "طرابلس", code=1),
        search(environment, "ا" * 10_000, code=1),
    ):
        assert done.stderr.startswith("warraq: ")
        assert done.stderr.count("\n") == 1
        assert done.stdout == ""
