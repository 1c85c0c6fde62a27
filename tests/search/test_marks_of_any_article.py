"""Whatever is broken in an article, what is marked is what was asked for, and all of it.

Articles are the demonstration's sentences, damaged; they go through all steps. Which words answer
a query is asked of the analyzers, word by word: highlighting whole texts, parts of joined words,
edits and passages come after that, and are what is tested.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.search.shelf import Shelf, full
from warraq.index.analyzers import VIEWS
from warraq.search import as_articles
from warraq.search.query import Query, parse
from warraq.search.ranking import content_words
from warraq.search.terms import Phrase
from warraq.text.damage import KINDS
from warraq.text.edits import EditedText
from warraq.text.joins import JoinedWords
from warraq.text.letters import PART_MARK
from warraq.text.tokens import Span, sentences, tokens

_ARTICLES = Path(__file__).parents[2] / "demo" / "articles.jsonl"
_SENTENCES = sorted(
    {
        body[start:end].strip()
        for line in _ARTICLES.read_text("utf-8").splitlines()
        for body in [json.loads(line)["body"]]
        for start, end in sentences(body)
        if 20 < end - start < 200
    }
)
_ODD = [
    "قال عبدالله وعبد الرحمن في أبو ظبي وأبوظبي.",  # compounds, joined and spaced
    "التقى الجيش الليبي والجيش المصري بالجيش في للجيش.",  # one word with its clitics
    "في ٢٠١٨ و۲۰۱۹ و2020 قُتل 1,500 شخص و٣٫٥ ملايين و15رجلا.",
    "البرلمان ومجلس النواب والمليشيات والميليشيات.",  # equivalents
    "كِتَابُ الطَّالِبِ الجـــديد ﺍﻟﺠﻴﺶ لیبیا.",
    "USA و U.N. وiPhone6 و«أفريكوم»😀 𝒳 لا سيما\u200f لاسيما.",
]
_CLITICS = ["و", "ف", "ب", "ك", "ل", "ال", "وال", "بال", "لل"]


def _misread(text: str, steps: tuple[str, str]) -> str:
    written, read = steps
    try:
        return text.encode(written).decode(read)
    except UnicodeError:
        return text


_MISREAD = [("utf-8", "cp1256"), ("utf-8", "latin-1"), ("cp1256", "latin-1")]


def _damaged(sentence: str, kind: str, chance: random.Random) -> str:
    if kind == "misread":
        return _misread(sentence, chance.choice(_MISREAD))
    return KINDS[kind](sentence, chance) if kind in KINDS else sentence


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """One to five sentences, each damaged in its own way, as text or as HTML."""
    drawn = st.tuples(
        st.sampled_from(_SENTENCES) | st.sampled_from(_ODD),
        st.sampled_from(["none", "misread", *KINDS]),
    )
    chance = random.Random(draw(st.integers(0, 10_000)))
    paragraphs = [
        _damaged(sentence, kind, chance)
        for sentence, kind in draw(st.lists(drawn, min_size=1, max_size=5))
    ]
    if draw(st.integers(0, 3)) == 0:
        return "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return draw(st.sampled_from([" ", "\n"])).join(paragraphs)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed. as_it_stands: of words of the article alone, so it has to be found."""

    typed: str
    as_it_stands: bool


@st.composite
def queries(draw: st.DrawFn, text: str) -> Asked:
    """Words of `text`, some side by side in quotation marks, some with a clitic more or less."""
    words = [token.form for token in tokens(text)]
    terms, kinds = [], draw(st.lists(st.sampled_from(_TERMS), min_size=1, max_size=3))
    for kind in kinds:
        place = draw(st.integers(0, len(words) - 1))
        word = words[place]
        if kind == "phrase":
            word = f'"{" ".join(words[place : place + draw(st.integers(2, 4))])}"'
        elif kind == "clitic more":
            word = draw(st.sampled_from(_CLITICS)) + word
        elif kind == "clitic less":
            clitic = next((one for one in reversed(_CLITICS) if word.startswith(one)), "")
            word = word.removeprefix(clitic) if len(word) > len(clitic) + 2 else word
        terms.append(word)
    return Asked(" ".join(terms), set(kinds) == {"word"})


_TERMS = ["word", "word", "phrase", "clitic more", "clitic less"]


@dataclass(frozen=True, slots=True)
class Analyzed:
    """A word as a view sees it: its place in the text (code points), and the places of words that
    it takes up, which are several where other words may stand for it."""

    term: str
    span: Span
    position: int
    length: int

    def holds(self, other: Analyzed) -> bool:
        """Whether `other` is asked for beside others, where this one may stand alone."""
        inside = self.position <= other.position < self.position + self.length
        return inside and other.length < self.length


def analyzed(shelf: Shelf, text: str, analyzer: str) -> list[Analyzed]:
    found = shelf.client.indices.analyze(index=shelf.index, analyzer=analyzer, text=text)
    points = _code_points(text)
    return [
        Analyzed(
            token["token"],
            Span(points[token["start_offset"]], points[token["end_offset"]]),
            token["position"],
            token.get("positionLength", 1),
        )
        for token in found["tokens"]
    ]


def _code_points(text: str) -> list[int]:
    """UTF-16 offset → code point, as Elasticsearch counts in the one and we in the other."""
    points = [0]
    for number, character in enumerate(text, start=1):
        points += [number] * (2 if ord(character) > 0xFFFF else 1)
    return points


@pytest.fixture(scope="module")
def real_shelf(shelf_of_module: Shelf) -> Shelf:
    return replace(shelf_of_module, repair=as_articles(JoinedWords()))


def phrases(query: Query) -> list[str]:
    return [term.text for term in (*query.required, *query.helpful) if isinstance(term, Phrase)]


def words_asked_for(shelf: Shelf, query: Query, text: EditedText, *, alone: bool) -> list[Span]:
    """The words of `text`, and the parts of its joined words, that `query` asks for.

    alone: without those that are asked for only side by side, as عبد and الله. As spans of the
    original.
    """
    said = [part for part in (" ".join(content_words(query.words)), *phrases(query)) if part]
    readings = {reading for part in said for reading in (part, part.replace(PART_MARK, ""))}
    found: set[Span] = set()
    for view in VIEWS:
        terms: set[str] = set()
        for reading in readings:
            words = analyzed(shelf, reading, view.search_analyzer)
            terms |= {
                word.term
                for word in words
                if not (alone and any(other.holds(word) for other in words))
            }
        found |= {
            Span(*text.to_original(*word.span))
            for word in analyzed(shelf, text.text, view.analyzer)
            if word.term in terms
        }
    return sorted(found)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_is_marked_was_asked_for_and_all_that_was_is_marked(
    real_shelf: Shelf, data: st.DataObject
) -> None:
    shelf = real_shelf
    shelf.empty()
    document = shelf.put(data.draw(bodies(), label="body"))
    assume(tokens(document.body.text))
    asked = data.draw(queries(document.body.text), label="query")
    query = parse(asked.typed, shelf.repair)
    hits = full(shelf.search(asked.typed))
    event(f"found: {bool(hits)}, phrases: {bool(phrases(query))}")
    assert hits or not asked.as_it_stands
    original = document.body.original
    passages = [passage for hit in hits for passage in hit.passages]
    marks = [mark for passage in passages for mark in passage.marks]
    for passage in passages:
        assert original[passage.start : passage.end] == passage.text
        for mark in passage.marks:
            inside = [
                word
                for word in words_asked_for(shelf, query, document.body, alone=False)
                if mark.start <= word.start and word.end <= mark.end
            ]
            # From the first letter of a word that was asked for to the last letter of another,
            # but for a phrase that goes on in another sentence.
            assert mark.start in (inside[0].start, passage.start)
            assert mark.end in (max(word.end for word in inside), passage.end)
        if not phrases(query):
            missed = [
                original[slice(*word)]
                for word in words_asked_for(shelf, query, document.body, alone=True)
                if passage.start <= word.start and word.end <= passage.end
                # Two sentences may share a stretch that was misread as a whole.
                if not any(mark.start <= word.start and word.end <= mark.end for mark in marks)
            ]
            assert not missed
