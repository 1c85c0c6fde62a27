"""Bad inputs: each ends once, as a dead letter with a true reason or as a cleaned article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from tests.bad_inputs.bad_input import INDEXED, BadInput, as_json, fields_of, taken
from tests.bad_inputs.listed import MODULES, bad_inputs, table
from tests.bad_inputs.trying import Try
from warraq.inbox.stream import Inbox
from warraq.index.lifecycle import Layout, create, status

LAYOUT = Layout(alias="bad-inputs")


@pytest.fixture
def trying(inbox: Inbox, client: Elasticsearch) -> Iterator[Try]:
    create(client, LAYOUT)
    yield Try(inbox, client, LAYOUT.alias)
    client.indices.delete(index=[one.name for one in status(client, LAYOUT)])


def test_there_are_more_than_a_thousand_and_all_are_distinct() -> None:
    inputs = list(bad_inputs(huge=False))
    distinct = {(one.raw, *one.entry.items()) for one in inputs}
    assert len(distinct) == len(inputs) > 1_000
    assert len({(one.kind, one.name) for one in inputs}) == len(inputs)


def test_the_table_in_the_docs_is_current() -> None:
    written = (Path(__file__).parents[2] / "docs" / "bad-inputs.md").read_text("utf-8")
    assert table((one.kind, one.outcome) for one in bad_inputs()) in written, (
        "write it anew: python -m tests.bad_inputs --list"
    )


def test_what_ends_otherwise_than_is_listed_would_be_told(trying: Try) -> None:
    listed = [
        BadInput("none", "a good one", as_json(fields_of()), "not-json"),
        BadInput("none", "a bad one", b"{", INDEXED),
        BadInput("none", "a good one refused for its title", b"null", "not-an-object", "title"),
        taken("none", "with another title", becomes="آخر", title="خبر"),
    ]
    faults = [tried.faults for tried in trying.all(listed)]
    assert [len(told) for told in faults] == [1, 1, 1, 1], faults


@pytest.mark.parametrize("module", MODULES)
def test_each_dies_of_a_true_reason_or_is_cleaned_and_harms_nobody(
    trying: Try, module: str
) -> None:
    _check(trying, module, huge=False)


@pytest.mark.torture
@pytest.mark.parametrize("module", ["texts", "pages"])
def test_so_do_those_of_half_a_million_characters(trying: Try, module: str) -> None:
    _check(trying, module, huge=True)


def _check(trying: Try, module: str, *, huge: bool) -> None:
    wrong = [
        f"{tried.one.kind}, {tried.one.name}: {'; '.join(tried.faults)}"
        for tried in trying.all(bad_inputs(module, huge=huge))
        if tried.faults
    ]
    assert not wrong, "\n".join(wrong)
