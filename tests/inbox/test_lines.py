"""Lines are counted by article and source, whoever sees them, however often; memory is bounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from config.settings import Settings
from warraq.article import Article
from warraq.document import Document
from warraq.errors import Unavailable, WarraqError
from warraq.inbox import keys
from warraq.inbox.lines import ENOUGH, MOST_LINES, RecurringLines
from warraq.inbox.stream import Inbox
from warraq.text.boilerplate import DIGEST_BYTES, Recurrable
from warraq.text.edits import EditedText

SOURCE = "sahifa"


def digest(name: object, size: int = DIGEST_BYTES) -> bytes:
    return blake2b(str(name).encode(), digest_size=size).digest()


def document(
    name: object, *lines: object, source: str = SOURCE, text: object | None = None
) -> Document:
    """An article with `lines`, and a longest line of its own unless `text` names one."""
    article = Article(source=source, id=str(name))
    found = Document(article, article.document_id, 0, 0, EditedText(""), EditedText(""))
    longest = digest(("text", name if text is None else text))
    found.recurrable = Recurrable(tuple(map(digest, lines)), longest)
    return found


@pytest.fixture
def lines(inbox: Inbox) -> RecurringLines:
    return RecurringLines(inbox)


def learned(lines: RecurringLines, *documents: Document) -> list[frozenset[bytes]]:
    lines.learn(documents)
    return [document.recurring for document in documents]


def test_a_line_recurs_from_the_article_on_that_makes_it_enough(lines: RecurringLines) -> None:
    for number in range(ENOUGH - 1):
        assert learned(lines, document(number, "follow us", number)) == [frozenset()]
    assert learned(lines, document("last", "follow us", "own")) == [{digest("follow us")}]
    assert lines.known(SOURCE) == {digest("follow us")}


def test_a_batch_teaches_all_of_its_articles(lines: RecurringLines) -> None:
    batch = [document(number, "follow us", number) for number in range(ENOUGH + 20)]
    assert learned(lines, *batch) == [{digest("follow us")}] * len(batch)


def test_an_article_counts_once_however_often_it_is_delivered(lines: RecurringLines) -> None:
    for _ in range(2 * ENOUGH):
        assert learned(lines, document("1", "line"), document("1", "line")) == [frozenset()] * 2


def test_a_later_version_of_it_does_not_count_nor_does_a_copy(lines: RecurringLines) -> None:
    for number in range(2 * ENOUGH):
        version = document("1", "line", text=("version", number))
        copy = document(("copy", number), "line", text="the same")
        assert learned(lines, version, copy) == [frozenset()] * 2


def test_sources_learn_each_for_itself(lines: RecurringLines) -> None:
    other = "مدونة"
    for number in range(ENOUGH):
        lines.learn([document(number, "a", "b"), document(number, "b", source=other)])
    assert lines.known(SOURCE) == {digest("a"), digest("b")}
    assert lines.known(other) == {digest("b")}
    new = document("new", "x", "b"), document("new", "a", "b", source=other), document("old", "a")
    assert learned(lines, *new) == [{digest("b")}, {digest("b")}, {digest("a")}]


def test_nothing_to_learn_asks_nobody() -> None:
    nobody = RecurringLines(Inbox.connect("redis://127.0.0.1:1"))
    nothing = document("1")
    unseen = document("2", "line")
    unseen.recurrable = None
    nobody.learn([nothing, unseen])
    with pytest.raises(Unavailable):
        nobody.learn([document("3", "line")])


def test_two_workers_at_once_lose_no_sighting(inbox: Inbox, settings: Settings) -> None:
    def work(worker: int) -> None:
        mine = RecurringLines(Inbox.connect(settings.redis_login))
        for number in range(worker, 200, 2):
            mine.learn([document(number, *(("line", number // ENOUGH, n) for n in range(6)))])

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))
    expected = {digest(("line", group, n)) for group in range(200 // ENOUGH) for n in range(6)}
    assert RecurringLines(inbox).known(SOURCE) == expected


def _hashes(inbox: Inbox) -> list[dict[bytes, bytes]]:
    return [inbox.client.hgetall(f"{keys.LINES}{SOURCE}:{half}") for half in (0, 1)]


def test_what_recurs_stays_known_while_other_lines_come_and_go(
    inbox: Inbox, lines: RecurringLines
) -> None:
    learned(lines, *(document(number, "always", "once") for number in range(ENOUGH)))
    for number in range(5 * MOST_LINES // 20):
        own = ((number, n) for n in range(20))
        assert learned(lines, document(("more", number), "always", *own)) == [{digest("always")}]
        assert max(map(len, _hashes(inbox))) <= MOST_LINES + 1
    assert lines.known(SOURCE) == {digest("always")}


def test_memory_of_a_source_is_bounded_and_given_back(inbox: Inbox, lines: RecurringLines) -> None:
    for number in range(300):
        lines.learn([document(number, *((number, n) for n in range(24)))])
    names = [f"{keys.LINES}{SOURCE}:{half}" for half in (0, 1)]
    assert sum(inbox.client.memory_usage(name) for name in names) < 200_000
    assert all(0 < inbox.client.ttl(name) <= 90 * 86_400 for name in names)


def test_digests_and_sightings_are_all_that_is_kept(inbox: Inbox, lines: RecurringLines) -> None:
    lines.learn([document(number, "a", "b") for number in range(3)])
    [kept, nothing] = _hashes(inbox)
    assert (len(kept), nothing) == (2, {})
    assert {(len(name), len(seen)) for name, seen in kept.items()} == {(DIGEST_BYTES, 3 * 4)}


def test_a_key_of_another_kind_is_told_of(inbox: Inbox, lines: RecurringLines) -> None:
    inbox.client.set(f"{keys.LINES}{SOURCE}:0", "not a hash")
    with pytest.raises(WarraqError, match="WRONGTYPE"):
        lines.learn([document("1", "line")])


def _articles() -> Iterator[st.SearchStrategy[tuple[str, int, frozenset[int]]]]:
    yield st.tuples(
        st.sampled_from([SOURCE, "wakala"]),
        st.integers(0, 12),
        st.frozensets(st.integers(0, 3), min_size=1),
    )


@hypothesis_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(*_articles(), max_size=6), max_size=12))
def test_it_counts_as_sets_do(
    inbox: Inbox, batches: list[list[tuple[str, int, frozenset[int]]]]
) -> None:
    inbox.client.delete(*(f"{keys.LINES}{name}:{n}" for name in (SOURCE, "wakala") for n in (0, 1)))
    lines = RecurringLines(inbox)
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for batch in batches:
        documents = [document(name, *said, source=source) for source, name, said in batch]
        for source, name, said in batch:
            for line in said:
                seen[source, line].add(name)
        expected = [
            {digest(line) for line in said if len(seen[source, line]) >= ENOUGH}
            for source, _, said in batch
        ]
        assert learned(lines, *documents) == expected
