"""The query that docs/search.md gives to who has Elasticsearch alone, run as it stands there."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.docs.pages import ROOT
from tests.search.shelf import Shelf

_ASKED = "المليشيات طرابلس"  # the militias, Tripoli


@pytest.fixture(scope="module")
def documented() -> str:
    page = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    [body] = re.findall(r"/_search\".*? -d '(\{.*?\})'", page, re.DOTALL)
    return str(body)


def hits(shelf: Shelf, body: str) -> list[dict[str, Any]]:
    answer = shelf.client.search(index=shelf.alias, body=json.loads(body))
    found: list[dict[str, Any]] = answer["hits"]["hits"]
    return found


def test_it_finds_and_marks_what_has_all_words_in_any_form(shelf: Shelf, documented: str) -> None:
    assert _ASKED in documented
    published = {"published_at": "2018-01-08T10:00:00Z"}
    body = shelf.put("في طرابلس ميليشيات قديمة.", **published).id  # old ones
    title = shelf.put("خبر.", title="الميليشيات في طرابلس", **published).id
    shelf.put("في تونس ميليشيات.", **published)
    shelf.put("الميليشيات في طرابلس.", published_at="2017-12-31T10:00:00Z")
    found = hits(shelf, documented)
    assert [hit["_id"] for hit in found] == [title, body]
    [text] = found[1]["highlight"]["body"]
    assert text == "في <em>طرابلس</em> <em>ميليشيات</em> قديمة."


def test_it_finds_what_warraq_search_finds_in_its_order(shelf: Shelf, documented: str) -> None:
    published = {"published_at": "2018-01-08T10:00:00Z"}
    for text in (
        "زار وزير النفط بنغازي.",  # the minister of oil visited Benghazi
        "ارتفعت أسعار النفط في الأسواق.",  # prices of oil rose in the markets
        "سعر النفط أمس، وأسعار القمح. النفط أولا.",  # the price of oil yesterday, those of wheat
        "النفط والغاز: أسعار وأسواق.",  # oil and gas: prices and markets
    ):
        shelf.put(text, **published)
    asked = "أسعار النفط"
    found = [hit["_id"] for hit in hits(shelf, documented.replace(_ASKED, asked))]
    ours = shelf.search(asked)
    assert found == [hit.id for hit in ours.hits[: ours.total]]
    assert len(found) == 3
