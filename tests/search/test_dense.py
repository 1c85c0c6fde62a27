"""The optional dense view, end to end, by an encoder trained here on a made-up use of words.

In the corpus, words of medicine stand with words of medicine and words of football with those of
football; so an article on a hospital (مستشفى) means what who asks for a physician (طبيب) means.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from pydantic import ValidationError

from config.settings import Settings
from tasks.equipment import PerProcess
from tests.search.shelf import Shelf, shelf_on
from training.make_encoder import encoder
from warraq.analysis.encoder import Encoder, direction, load
from warraq.analysis.pipeline import Pipeline, steps
from warraq.analysis.static_encoder import Model, StaticEncoder
from warraq.article import Article, Received
from warraq.cli.evaluate import installation
from warraq.cli.index import analyse_again
from warraq.cli.opening_index import layout
from warraq.document import Document
from warraq.errors import WarraqError
from warraq.index.access import SEARCH, ensure_keys
from warraq.index.lifecycle import Layout, create, status
from warraq.index.reindex import reindex
from warraq.index.schema import Vectors, fields, schema_digest
from warraq.search import FIRST_PAGE, Searcher
from warraq.search.evaluation.beir import Collection, Text
from warraq.search.evaluation.evaluate import OURS, evaluate
from warraq.search.order import MOST_FOR_RECENT

_TOPICS = (
    "مستشفى طبيب مريض علاج دواء جراح تمريض صيدلي وباء لقاح",  # hospital, physician, patient, …
    "ملعب هدف لاعب حارس دوري مباراه فريق مدرب جمهور كره",  # stadium, goal, player, …
    "مصرف عمله سهم بورصه قرض فائده تداول استثمار ربح خساره",  # bank, currency, share, …
)


def _corpus() -> list[str]:
    chance = random.Random(6)
    return [" ".join(chance.sample(topic.split(), 6)) for topic in _TOPICS * 200]


@pytest.fixture(scope="module")
def model() -> Model:
    return encoder(
        _corpus(), name="tiny", dimensions=6, words=100, least_similarity=0.5, weight=0.5
    )


@pytest.fixture(scope="module")
def tiny(model: Model) -> StaticEncoder:
    return StaticEncoder(model)


@pytest.fixture(scope="module")
def dense_shelf_of_module(settings: Settings, tiny: StaticEncoder) -> Iterator[Shelf]:
    with shelf_on(settings, encoder=tiny) as shelf:
        yield shelf


@pytest.fixture
def dense_shelf(dense_shelf_of_module: Shelf) -> Shelf:
    dense_shelf_of_module.empty()
    return dense_shelf_of_module


HOSPITAL = (
    "وصل المريض إلى المستشفى وتلقى العلاج"  # the patient reached the hospital and was treated
)
STADIUM = "سجل اللاعب هدفاً في الملعب أمام الجمهور"  # the player scored in the stadium


# The encoder


def test_words_of_one_topic_lie_together_and_apart_from_others(tiny: StaticEncoder) -> None:
    def similarity(one: str, other: str) -> float:
        vectors = [direction(tiny.encode_query(text), 6) or [] for text in (one, other)]
        return sum(a * b for a, b in zip(*vectors, strict=True))

    assert similarity("طبيب", HOSPITAL) > 0.8
    assert similarity("الطبيب والدواء", HOSPITAL) > 0.8
    assert similarity("طبيب", STADIUM) < 0.3


def test_training_is_repeatable(model: Model) -> None:
    again = encoder(
        _corpus(), name="tiny", dimensions=6, words=100, least_similarity=0.5, weight=0.5
    )
    assert (again.vectors, again.common) == (model.vectors, model.common)


def test_a_model_is_read_as_it_was_written(model: Model, tmp_path: Path) -> None:
    model.write(tmp_path / "new")
    read = load(f"warraq.analysis.static_encoder.from_folder:{tmp_path / 'new'}")
    assert read is not None
    assert (read.name, read.dimensions) == ("tiny", 6)
    assert read.encode_query(HOSPITAL) == pytest.approx(
        StaticEncoder(model).encode_query(HOSPITAL), abs=1e-5
    )


@pytest.mark.parametrize("text", ["", "...", "zzz", "كلمات غريبة تماماً"])
def test_a_text_of_unknown_words_has_no_direction(tiny: StaticEncoder, text: str) -> None:
    assert direction(tiny.encode_query(text), 6) is None


def test_no_encoder_is_the_default() -> None:
    assert Settings().encoder == ""
    assert load("") is None


class Narrow:
    name, dimensions, least_similarity, weight = "narrow", 0, 0.5, 0.5

    def encode(self, texts: list[str]) -> list[list[float]]:
        return [[] for _ in texts]

    def encode_query(self, text: str) -> list[float]:
        return [float(len(text))]


class Timid(Narrow):
    dimensions, weight = 3, 0.0


class Unsure(Narrow):
    dimensions: Any = None  # as a model may say that was not loaded


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("warraq.nowhere.Encoder", "cannot be loaded: No module named 'warraq.nowhere'"),
        ("warraq.errors.Nothing", "cannot be loaded: module 'warraq.errors' has no attribute"),
        ("builtins.dict", "is no encoder, which has name, dimensions"),
        ("warraq.analysis.static_encoder.from_folder:/no/such", "cannot be loaded: [Errno 2]"),
        (f"{__name__}.Narrow", "has 0 dimensions; 1 to 4,096 can be"),
        (f"{__name__}.Timid", "a weight above 0"),
        (f"{__name__}.Unsure", "needs numbers as dimensions"),
    ],
)
def test_what_is_no_encoder_is_told_in_one_line(path: str, words: str) -> None:
    with pytest.raises(WarraqError) as raised:
        load(path)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("vector", "expected"),
    [
        ([3.0, 4.0], [0.6, 0.8]),
        ([0.0, 0.0], None),
        ([float("nan"), 1.0], None),
        ([float("inf"), 1.0], None),
    ],
)
def test_a_direction_has_length_one(vector: list[float], expected: list[float] | None) -> None:
    assert direction(vector, 2) == expected


def test_a_vector_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="3 dimensions instead of 2"):
        direction([1, 2, 3], 2)


# The index


def test_without_an_encoder_there_is_no_field_and_no_step() -> None:
    assert "vector" not in fields()
    assert "vector" not in [step.name for step in steps()]
    assert Layout("a").body()["mappings"]["_meta"]["schema"] == schema_digest()


def test_an_index_has_the_field_as_it_was_asked_for_and_another_encoder_is_drift(
    client: Elasticsearch, dense_shelf: Shelf, tiny: StaticEncoder
) -> None:
    ours = _layout(dense_shelf, tiny)
    mapping = client.indices.get_mapping(index=dense_shelf.index)[dense_shelf.index]["mappings"]
    assert mapping["properties"] == fields(ours.vectors)

    def drift(layout: Layout) -> list[str]:
        (version,) = status(client, layout)
        return [words for words in version.drift if "equivalents" not in words]

    assert drift(ours) == []
    other = replace(ours, vectors=Vectors("another", 6))
    assert drift(other) == ["fields that it has of another kind: vector"]
    assert drift(replace(ours, vectors=None)) == ["fields that it has and we do not: vector"]


def test_an_article_gets_a_vector_a_withdrawn_one_and_one_of_unknown_words_none(
    dense_shelf: Shelf,
) -> None:
    known = dense_shelf.put(HOSPITAL)
    assert len(known.fields["vector"]) == 6
    assert "vector" not in dense_shelf.put("كلمات غريبة تماماً").fields
    assert "vector" not in dense_shelf.put(HOSPITAL, deleted=True).fields


def test_an_encoder_that_fails_costs_its_own_field_alone(model: Model) -> None:
    class Broken(StaticEncoder):
        def encode(self, texts: Sequence[str]) -> list[list[float]]:
            return [[1.0] for _ in texts]

    received = Received(Article(source="s", id="1", body=HOSPITAL))
    document = Document.begun(received, intake_ms=1)
    Pipeline(steps(encoder=Broken(model))).run(document)
    assert document.failed_steps == ["vector"]
    assert document.fields["word_count"] == 6


def test_a_copied_index_keeps_the_vectors(
    client: Elasticsearch, settings: Settings, tiny: StaticEncoder
) -> None:
    with shelf_on(settings, encoder=tiny) as shelf:
        shelf.put(HOSPITAL)
        done = reindex(client, _layout(shelf, tiny))
        try:
            assert [hit.by_meaning for hit in shelf.search("طبيب").hits] == [True]
        finally:
            client.indices.delete(index=done.new)


@pytest.fixture
def with_encoder(settings: Settings, model: Model, tmp_path: Path) -> Settings:
    """The settings of an operator who has set an encoder."""
    model.write(tmp_path)
    path = f"warraq.analysis.static_encoder.from_folder:{tmp_path}"
    return settings.model_copy(update={"encoder": path, "alias": f"dense-{uuid4().hex[:12]}"})


def test_an_index_from_before_gets_vectors_by_a_reindex_with_analysis(
    client: Elasticsearch, with_encoder: Settings, tiny: StaticEncoder
) -> None:
    before = layout(with_encoder.model_copy(update={"encoder": ""}))
    name, _ = create(client, before)
    shelf = Shelf(client, before.alias, name, count(1), encoder=tiny)
    shelf.put(HOSPITAL)
    assert status(client, layout(with_encoder))[0].drift == ("fields that it lacks: vector",)
    assert ids(shelf, "طبيب") == []
    analyse = analyse_again(with_encoder)
    done = reindex(client, layout(with_encoder), analyse=analyse, drop_old=True)
    try:
        assert status(client, layout(with_encoder))[0].drift == ()
        assert ids(shelf, "طبيب") == [("n1", True)]
    finally:
        client.indices.delete(index=done.new)


def test_workers_do_not_start_with_an_encoder_that_is_none(settings: Settings) -> None:
    with pytest.raises(WarraqError, match=r"the encoder 'no\.where' cannot be loaded"):
        PerProcess(settings.model_copy(update={"encoder": "no.where"}))


@pytest.mark.parametrize("value", ["MyEncoder", "my encoders.E5", ".E5", ":small"])
def test_a_setting_that_is_no_dotted_path_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        Settings(encoder=value)


def test_evaluation_measures_the_view_that_is_set(
    client: Elasticsearch, with_encoder: Settings
) -> None:
    texts = (Text("h", "", HOSPITAL), Text("s", "", STADIUM))
    collection = Collection(texts, {"q": "طبيب"}, {"q": {"h": 1}})

    def found(settings: Settings) -> float:
        report = evaluate(client, collection, installation(settings))
        return report.systems[OURS].means["nDCG@10"]

    assert found(with_encoder) == 1
    assert found(with_encoder.model_copy(update={"encoder": ""})) == 0


def _layout(shelf: Shelf, by: Encoder) -> Layout:
    return Layout(shelf.alias, vectors=Vectors(by.name, by.dimensions))


# The search


def ids(shelf: Shelf, text: str, **options: Any) -> list[tuple[str, bool]]:
    """Own id and whether by meaning alone, best first."""
    return [(hit.article_id, hit.by_meaning) for hit in shelf.search(text, **options).hits]


@pytest.fixture(scope="module")
def news(settings: Settings, tiny: StaticEncoder) -> Iterator[Shelf]:
    """Only to be read."""
    with shelf_on(settings, encoder=tiny) as shelf:
        shelf.put(HOSPITAL, id="hospital", source="a", published_at="2020-01-01T00:00:00Z")
        shelf.put(STADIUM, id="stadium", source="b")
        # a physician, at a match
        shelf.put("زار الطبيب الملعب واللاعب", id="visit", source="b")
        shelf.put("كلمات غريبة تماماً", id="strange")
        yield shelf


def test_what_means_the_same_is_found_behind_what_has_the_word(news: Shelf) -> None:
    results = news.search("طبيب")
    assert [(hit.article_id, hit.by_meaning) for hit in results.hits] == [
        ("visit", False),
        ("hospital", True),
    ]
    assert (results.total, results.total_is_exact) == (1, True)


def test_what_is_found_by_meaning_shows_how_it_begins_without_marks(news: Shelf) -> None:
    hit = news.search("طبيب").hits[1]
    assert [passage.text for passage in hit.passages] == [HOSPITAL]
    assert not any(marked for passage in hit.passages for _, marked in passage.pieces())


def test_a_search_without_the_encoder_finds_words_alone(news: Shelf) -> None:
    by_words = Searcher(news.client, news.alias)
    assert [hit.article_id for hit in by_words.search("طبيب").hits] == ["visit"]


@pytest.mark.parametrize(
    ("typed", "options", "found"),
    [
        ("طبيب", {"source": "a"}, [("hospital", True)]),
        ("طبيب", {"source": "c"}, []),
        ("طبيب", {"since": date(2019, 12, 31), "until": date(2020, 1, 2)}, [("hospital", True)]),
        ("طبيب", {"since": date(2020, 1, 2)}, []),
        ("طبيب -المستشفى", {}, [("visit", False)]),
        ("طبيب -الملعب", {}, [("hospital", True)]),
        # A physician without the phrase comes behind, as partial.
        ('طبيب "تلقى العلاج"', {}, [("hospital", True), ("visit", False)]),
        ('"طبيب"', {}, [("visit", False)]),  # who quotes wants the words
        ("طبيب source:a", {}, [("hospital", True)]),
        ("طبيب date:2021", {}, []),
        ("طبيب =العلاج", {}, [("hospital", True)]),
        ("طبيب =علاج", {}, []),
        ("طبيب مستش*", {}, [("hospital", True)]),
        ("المستشفى أو الملعب طبيب", {}, [("visit", False), ("hospital", True)]),
        ("طبيب", {"only": {"source": ["a", "b"]}}, [("visit", False), ("hospital", True)]),
        ("زززز", {}, []),  # nothing known: as without the view
    ],
)
def test_conditions_hold_for_what_is_found_by_meaning_too(
    news: Shelf, typed: str, options: dict[str, Any], found: list[tuple[str, bool]]
) -> None:
    assert ids(news, typed, **options) == found


@pytest.mark.parametrize(
    "options",
    [
        {"sort": "newest"},
        {"sort": "oldest"},
        {"facets": ["source"]},
        {"fold_stories": True},
        {"page": FIRST_PAGE},
    ],
)
def test_lists_with_an_order_counts_or_pages_of_their_own_are_by_words(
    news: Shelf, options: dict[str, Any]
) -> None:
    assert ids(news, "طبيب", **options) == [("visit", False)]


def test_all_of_a_search_is_what_has_the_words(news: Shelf) -> None:
    assert [hit.article_id for hit in news.searcher.scan("طبيب")] == ["visit"]


def test_a_preference_for_recent_articles_counts_for_what_is_found_by_meaning_too(
    dense_shelf: Shelf,
) -> None:
    old = dense_shelf.put(HOSPITAL, published_at="2010-01-01T00:00:00Z").article.own_id
    new = dense_shelf.put(HOSPITAL, published_at=datetime.now(UTC).isoformat()).article.own_id
    first, second = dense_shelf.search("طبيب", recency=timedelta(days=7)).hits
    assert (first.article_id, second.article_id) == (new, old)
    assert first.score == pytest.approx(MOST_FOR_RECENT * second.score, rel=0.01)
    first, second = dense_shelf.search("طبيب").hits
    assert first.score == pytest.approx(second.score)


def test_a_name_in_latin_letters_has_to_be_in_what_is_found_by_meaning(
    dense_shelf: Shelf,
) -> None:
    dense_shelf.put(HOSPITAL)
    named = dense_shelf.put(f"خليفة حفتر {HOSPITAL}").article.own_id
    assert ids(dense_shelf, "طبيب Haftar") == [(named, True)]


def test_pages_go_on_where_the_one_before_ended(news: Shelf) -> None:
    whole = ids(news, "طبيب")
    assert ids(news, "طبيب", size=1) == whole[:1]
    assert ids(news, "طبيب", size=1, from_=1) == whole[1:]
    assert ids(news, "طبيب", size=0) == []
    assert news.search("طبيب", size=0).total == 1


def test_a_withdrawn_article_is_not_found_by_meaning(dense_shelf: Shelf) -> None:
    own_id = dense_shelf.put(HOSPITAL, revision=1).article.own_id
    assert ids(dense_shelf, "طبيب") == [(own_id, True)]
    dense_shelf.put(id=own_id, revision=2, deleted=True, written="updated")
    assert ids(dense_shelf, "طبيب") == []
    assert dense_shelf.client.count(index=dense_shelf.index)["count"] == 1


def test_a_tombstone_with_a_vector_is_hidden_too(dense_shelf: Shelf, tiny: StaticEncoder) -> None:
    """As other programs may write it."""
    vector = direction(tiny.encode_query(HOSPITAL), 6)
    hidden = {"source": "s", "article_id": "1", "vector": vector, "deleted": True}
    for number in range(120):  # more than are looked for: filtered before, not behind
        dense_shelf.client.index(index=dense_shelf.index, id=f"hidden-{number}", document=hidden)
    own_id = dense_shelf.put("تلقى المريض العلاج والدواء مع اللاعب").article.own_id
    assert ids(dense_shelf, "طبيب") == [(own_id, True)]


def test_near_spellings_come_before_what_is_found_by_meaning_and_that_before_some_words(
    dense_shelf: Shelf,
) -> None:
    bank = dense_shelf.put("أعلن المصرف ارتفاع العملة").article.own_id  # the currency rises
    exchange = dense_shelf.put("تراجعت البورصة بعد القرض").article.own_id  # the exchange falls
    # One goal after the other, the crowd, a player, a goalkeeper, a trainer: and a currency.
    match = dense_shelf.put("هدف وجمهور ولاعب وحارس ومدرب وملعب، وعملة").article.own_id
    results = dense_shelf.search("المصرق العملة")  # a slip of المصرف (the bank), and currency
    kinds = {hit.article_id: (hit.near, hit.by_meaning, hit.partial) for hit in results.hits}
    assert list(kinds.items()) == [
        (bank, (True, False, False)),
        (exchange, (False, True, False)),
        (match, (False, False, True)),
    ]
    assert results.total == 0


@pytest.mark.parametrize(
    ("made", "words"),
    [([1.0], "a vector of 1 dimensions instead of 6"), (MemoryError("no room"), "no room")],
)
def test_an_encoder_that_fails_is_told_in_one_line(
    news: Shelf, model: Model, made: list[float] | Exception, words: str
) -> None:
    class Broken(StaticEncoder):
        def encode_query(self, text: str) -> list[float]:
            if isinstance(made, Exception):
                raise made
            return made if text else []

    with pytest.raises(WarraqError, match=f"the encoder 'tiny' failed: {words}"):
        Searcher(news.client, news.alias, encoder=Broken(model)).search("طبيب")


def test_an_index_that_has_no_vectors_yet_is_searched_by_words(
    shelf: Shelf, tiny: StaticEncoder
) -> None:
    shelf.put(HOSPITAL)
    own_id = shelf.put("زار الطبيب الملعب").article.own_id
    found = Searcher(shelf.client, shelf.alias, encoder=tiny).search("طبيب")
    assert [hit.article_id for hit in found.hits] == [own_id]


def test_the_search_key_is_enough(news: Shelf, settings: Settings, tmp_path: Path) -> None:
    ensure_keys(news.client, news.alias, tmp_path)
    key = (tmp_path / SEARCH.file).read_text().strip()
    with Searcher.connect(
        settings.elasticsearch_url, api_key=key, alias=news.alias, encoder=news.encoder
    ) as searcher:
        assert [hit.article_id for hit in searcher.search("طبيب").hits] == ["visit", "hospital"]
