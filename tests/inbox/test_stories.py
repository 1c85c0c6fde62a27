"""Stories: articles come in any order, twice, at once, or after a long time."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import redis

from config.settings import Settings
from stack import Stack
from stack.credentials import redis_name
from tests.emptied import emptied
from tests.waiting import wait_until
from warraq.analysis.duplicates import excess, sign
from warraq.analysis.pipeline import part
from warraq.article import Article, Received
from warraq.document import Document
from warraq.errors import Unavailable
from warraq.inbox import keys
from warraq.inbox.connection import connect
from warraq.inbox.stories import Stories
from warraq.inbox.stream import Inbox


@pytest.fixture
def admin(stack: Stack, settings: Settings) -> redis.Redis:
    """Redis' administrator, who may list keys."""
    password = (stack.secrets / redis_name("default")).read_text(encoding="utf-8").strip()
    return redis.Redis.from_url(
        f"redis://default:{password}@{settings.redis_url.removeprefix('redis://')}"
    )


def kept(admin: redis.Redis) -> list[bytes]:
    """The keys of the stories that there are, without those of earlier tests."""
    prefix = f"{keys.STORIES}:"
    client: Any = admin
    names = [name for name in client.hmget(keys.STORIES, "young", "elder") if name]
    return [key for name in names for key in client.keys(f"{prefix}{name.decode()}:*")]


def text(seed: int, words: int = 120) -> str:
    chance = random.Random(seed)
    return " ".join(f"كلمة{chance.randrange(50_000)}" for _ in range(words))


def article(name: str, body: str, source: str = "sahifa") -> Document:
    received = Received(Article(source=source, id=name, body=body))
    document = Document.begun(received, intake_ms=0)
    part(document)
    sign(document)
    return document


def story(document: Document) -> str:
    return str(document.fields["story_id"])


def grouped(stories: Stories, *documents: Document) -> list[str]:
    stories.group(documents)
    return [story(document) for document in documents]


@pytest.fixture
def stories(inbox: Inbox) -> Stories:
    return Stories(inbox)


def test_copies_join_the_first_of_them(stories: Stories) -> None:
    first = article("1", text(1))
    copy, cut = article("2", text(1), "akhbar"), article("3", text(1, 80), "jarida")
    other = article("4", text(2))
    assert grouped(stories, first) == [first.id]
    assert grouped(stories, copy, other, cut) == [first.id, other.id, first.id]


@pytest.mark.parametrize("length", [60, 150, 400, 900])
def test_the_script_decides_as_excess_does(stories: Stories, length: int) -> None:
    """Of the first text a part is left off, and something else is added."""
    decided = set()
    for kept in range(40, 101, 4):
        for more in (0, 10, 50, 150):
            begin = text(length * 10_000 + kept * 100 + more, length)
            cut = begin.rsplit(" ", length - length * kept // 100)[0]
            added = text(length * 20_000 + kept * 100 + more, length * more // 100)
            first, second = (
                article(f"{kept}-{more}", begin),
                article(f"{more}-{kept}", cut + " " + added),
            )
            same = excess(first.signature, second.signature) >= 0
            named = grouped(stories, first, second)
            assert named == [first.id, first.id if same else second.id], (kept, more)
            decided.add(same)
    assert decided == {False, True}


def test_the_story_that_has_most_of_a_text_is_taken(stories: Stories) -> None:
    """Of two that would do, the one that agrees better, though it came later."""
    words = text(1).split()
    near = article("1", " ".join(words[:95]) + " " + text(2, 30))
    nearer = article("2", " ".join(words[25:]) + " " + text(3, 10))
    begun = article("3", " ".join(words))
    assert excess(near.signature, nearer.signature) < 0
    assert 0 <= excess(near.signature, begun.signature) < excess(nearer.signature, begun.signature)
    assert grouped(stories, near, nearer, begun) == [near.id, nearer.id, nearer.id]


def test_copies_in_one_batch_join_each_other(stories: Stories) -> None:
    documents = [article(str(number), text(number % 3)) for number in range(9)]
    assert grouped(stories, *documents) == [documents[number % 3].id for number in range(9)]


def test_short_texts_are_copies_only_when_they_are_equal(stories: Stories) -> None:
    first, copy, near = (
        article("1", text(1, 12)),
        article("2", text(1, 12) + " ."),
        article("3", text(1, 13)),
    )
    assert grouped(stories, first, copy, near) == [first.id, first.id, near.id]


def test_a_few_words_are_no_story(stories: Stories, inbox: Inbox) -> None:
    documents = [article(str(number), "التفاصيل لاحقا") for number in range(3)]  # details later
    assert grouped(stories, *documents) == [document.id for document in documents]
    assert inbox.client.exists(keys.STORIES) == 0


def test_an_article_without_signature_is_left_as_it_is(stories: Stories) -> None:
    document = Document.begun(Received(Article(source="s", id="1", body=text(1))), intake_ms=0)
    stories.group([document])
    assert document.fields == {}


def test_redelivery_changes_nothing(stories: Stories, admin: redis.Redis) -> None:
    documents = [article("1", text(1)), article("2", text(1)), article("3", text(3))]
    before = grouped(stories, *documents)
    state = {key: admin.dump(key) for key in kept(admin)}
    assert grouped(stories, *documents) == before
    assert {key: admin.dump(key) for key in kept(admin)} == state


def test_a_new_version_keeps_its_story(stories: Stories) -> None:
    first, copy = article("1", text(1)), article("2", text(1))
    other = article("3", text(3))
    grouped(stories, first, copy, other)
    changed = article("2", text(3))
    assert grouped(stories, changed) == [first.id]
    assert grouped(stories, article("1", text(9))) == [first.id]


def test_a_story_does_not_drift(stories: Stories) -> None:
    """The third is like the second, but not like the first, by which the story is known."""
    begin, middle, end = (text(seed, 60) for seed in (1, 2, 3))
    first = article("1", f"{begin} {middle}")
    second = article("2", f"{begin} {middle} {end}")
    third = article("3", f"{middle} {end}" + text(4, 45))
    assert grouped(stories, first, second, third) == [first.id, first.id, third.id]


def test_two_workers_at_once_make_one_story(inbox: Inbox, settings: Settings) -> None:
    emptied(inbox)
    sides = [Stories(Inbox.connect(settings.redis_login)) for _ in range(2)]
    batches = [
        [article(f"{side}-{number}", text(number)) for number in range(200)] for side in range(2)
    ]
    barrier = threading.Barrier(2)

    def run(side: int) -> None:
        barrier.wait()
        for at in range(0, 200, 5):
            sides[side].group(batches[side][at : at + 5])

    threads = [threading.Thread(target=run, args=(side,)) for side in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [story(one) for one in batches[0]] == [story(one) for one in batches[1]]
    for pair in zip(*batches, strict=True):
        assert story(pair[0]) in {document.id for document in pair}


def generations(inbox: Inbox, batches: Sequence[Sequence[Document]], most: int) -> Stories:
    few = Stories(inbox, most=most)
    for batch in batches:
        few.group(batch)
    return few


def fillers(begin: int, end: int) -> list[Document]:
    return [article(f"f{number}", text(1_000 + number)) for number in range(begin, end)]


def test_what_is_found_in_the_elder_generation_moves_along(inbox: Inbox) -> None:
    first = article("1", text(1))
    few = generations(inbox, [[first], fillers(0, 12)], most=10)
    assert grouped(few, article("2", text(1))) == [first.id]
    grouped(few, *fillers(12, 22))  # would have dropped it
    assert grouped(few, article("3", text(1))) == [first.id]


def test_a_version_after_a_generation_keeps_its_story(inbox: Inbox) -> None:
    first, copy = article("1", text(1)), article("2", text(1))
    few = generations(inbox, [[first, copy], fillers(0, 12)], most=10)
    assert grouped(few, article("2", text(5))) == [first.id]


def test_memory_is_bounded_and_the_oldest_go(inbox: Inbox, admin: redis.Redis) -> None:
    first = article("1", text(1))
    few = generations(inbox, [[first], *[fillers(at, at + 10) for at in range(0, 100, 10)]], 10)
    used = len(admin.keys(f"{keys.STORIES}:*"))
    grouped(few, *fillers(100, 300))
    assert len(admin.keys(f"{keys.STORIES}:*")) <= used + 2
    late = article("2", text(1))
    assert grouped(few, late) == [late.id]


def test_everything_expires(inbox: Inbox, admin: redis.Redis) -> None:
    soon = Stories(inbox, seconds=1)
    first = article("1", text(1))
    grouped(soon, first)
    assert all(0 < admin.pttl(key) <= 2_000 for key in (keys.STORIES, *kept(admin)))
    wait_until(lambda: not admin.exists(keys.STORIES) and not kept(admin))
    late = article("2", text(1))
    assert grouped(soon, late) == [late.id]


def test_stories_outlive_a_restart_of_redis(stories: Stories, admin: redis.Redis) -> None:
    first = article("1", text(1))
    grouped(stories, first)
    client: Any = admin
    client.execute_command("DEBUG", "LOADAOF")  # empties itself and reads what is on the disk
    assert grouped(stories, article("2", text(1))) == [first.id]


def test_the_bucket_of_a_stock_phrase_has_an_end(inbox: Inbox, admin: redis.Redis) -> None:
    """They share half of their text, too little to be copies, and so some of their bands."""
    phrase = text(7, 50)
    documents = [article(str(number), f"{phrase} {text(number, 110)}") for number in range(1_000)]
    stories = Stories(inbox)
    for at in range(0, 1_000, 100):
        assert grouped(stories, *documents[at : at + 100]) == [
            document.id for document in documents[at : at + 100]
        ]
    longest = max(
        len(value)
        for key in kept(admin)
        if admin.type(key) == b"hash"
        for value in admin.hvals(key)
    )
    assert longest == 8 * 4


def test_another_number_of_shards_is_taken_up_with_the_next_generation(inbox: Inbox) -> None:
    first = article("1", text(1))
    grouped(Stories(inbox, most=10), first)
    many = Stories(inbox, most=50_000)
    assert grouped(many, article("2", text(1))) == [first.id]


@pytest.fixture
def full(admin: redis.Redis) -> Iterator[None]:
    """While the server takes no more."""
    before = admin.config_get("maxmemory")["maxmemory"]
    admin.config_set("maxmemory", 1)
    yield
    admin.config_set("maxmemory", before)


def test_a_full_redis_leaves_articles_alone(stories: Stories, full: None) -> None:
    first, copy = article("1", text(1)), article("2", text(1))
    assert grouped(stories, first, copy) == [first.id, copy.id]


def test_a_redis_that_is_away_is_unavailable() -> None:
    away = Stories(Inbox(connect("redis://127.0.0.1:1/0")))
    with pytest.raises(Unavailable):
        away.group([article("1", text(1))])
