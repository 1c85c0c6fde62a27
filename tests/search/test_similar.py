"""Articles like one: those that share the words that tell it from others."""

from __future__ import annotations

import pytest

from tests.search.shelf import Shelf
from warraq.search import BadQuery, Results

SHIP = "وصلت سفينة شحن تحمل قمحا روسيا إلى ميناء مصراتة وبدأ عمال الميناء تفريغ حمولة القمح."
"""A freighter with Russian wheat came to the port of Misrata; dockers began to unload it."""
SHIP_TOO = "قال مدير ميناء مصراتة إن حمولة قمح ثانية تصل على سفينة روسية ويفرغها العمال."
GAME = "فاز فريق الاتحاد على الأهلي بهدفين في مباراة الدوري وسجل اللاعب هدفا في الشوط الأول."
GAME_TOO = "سجل لاعب الأهلي هدفا في الشوط الثاني من مباراة الدوري أمام فريق الاتحاد وفاز."


@pytest.fixture
def news(shelf: Shelf) -> Shelf:
    for name, body in {"s1": SHIP, "s2": SHIP_TOO, "g1": GAME, "g2": GAME_TOO}.items():
        shelf.put(body, id=name, source="sada" if name[1] == "1" else "al-mina")
    return shelf


def ids(results: Results) -> list[str]:
    return [hit.article_id for hit in results.hits]


@pytest.mark.parametrize(("given", "like"), [("s1", "s2"), ("s2", "s1"), ("g1", "g2")])
def test_the_like_are_found_and_not_the_article_itself(news: Shelf, given: str, like: str) -> None:
    source = "sada" if given[1] == "1" else "al-mina"
    results = news.searcher.similar((source, given))
    assert ids(results) == [like]
    [hit] = results.hits
    assert hit.score > 0
    assert hit.passages
    assert ids(news.searcher.similar(news.searcher.similar(hit.id).hits[0].id)) == [like]


def test_copies_of_its_own_story_are_left_out_and_others_are_folded(news: Shelf) -> None:
    stories = {"copy": (SHIP, "s"), "o1": (SHIP_TOO, "o"), "o2": (SHIP_TOO, "o")}
    for name, (body, story) in stories.items():
        put = news.put(body, id=name, source="other")
        news.client.update(index=news.index, id=put.id, doc={"story_id": story}, refresh=True)
    given = news.search("قمحا", source="sada").hits[0].id
    news.client.update(index=news.index, id=given, doc={"story_id": "s"}, refresh=True)
    results = news.searcher.similar(given)
    assert "copy" not in ids(results)
    folded = [hit for hit in results.hits if hit.story_id == "o"]
    assert [hit.copies for hit in folded] == [1]
    assert results.stories == len(results.hits) == 2


def test_options_narrow_the_like(news: Shelf) -> None:
    assert ids(news.searcher.similar(("sada", "s1"), source="sada")) == []
    assert ids(news.searcher.similar(("sada", "s1"), source="al-mina")) == ["s2"]
    assert news.searcher.similar(("sada", "s1"), size=0).hits == ()


@pytest.mark.parametrize(
    "article", ["", ("sada", "\udc80"), "nobody", ("sada", "nothing"), "x" * 2_000, "\udc80"]
)
def test_an_article_that_is_not_there_is_told(news: Shelf, article: str | tuple[str, str]) -> None:
    with pytest.raises(BadQuery, match="article"):
        news.searcher.similar(article)


def test_a_withdrawn_article_is_not_there_and_not_alike(news: Shelf) -> None:
    like = news.searcher.similar(("sada", "s1")).hits[0]
    news.client.update(index=news.index, id=like.id, doc={"deleted": True}, refresh=True)
    assert ids(news.searcher.similar(("sada", "s1"))) == []
    with pytest.raises(BadQuery, match="there is no article"):
        news.searcher.similar(like.id)
