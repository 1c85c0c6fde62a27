"""Which port a server gets, and what an operator may set."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import StackError, StackOptions
from stack.elasticsearch import LARGEST_HEAP, SMALLEST_HEAP, heap_megabytes
from stack.ports import any_free, choose, is_free


@pytest.fixture(params=["127.0.0.1", "0.0.0.0"])  # noqa: S104
def taken(request: pytest.FixtureRequest) -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((request.param, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_the_usual_port_where_it_is_free() -> None:
    usual = any_free()
    assert choose(None, (usual,), "WARRAQ_REDIS_PORT") == usual


def test_another_port_where_the_usual_is_taken(taken: int) -> None:
    assert not is_free(taken)
    assert choose(None, (taken,), "WARRAQ_REDIS_PORT") != taken


def test_never_the_usual_port_where_any_is_asked_for() -> None:
    usual = any_free()
    assert choose(0, (usual,), "WARRAQ_REDIS_PORT") != usual


def test_a_wanted_port_that_is_taken_is_one_plain_line(taken: int) -> None:
    with pytest.raises(StackError) as raised:
        choose(taken, (6379,), "WARRAQ_REDIS_PORT")
    assert str(raised.value) == (
        f"Port {taken} on 127.0.0.1 is taken by {_own_name()}, process {os.getpid()}: "
        "stop that, or set WARRAQ_REDIS_PORT to another port, or to 0 for any free one."
    )


def _own_name() -> str:
    with open("/proc/self/comm") as file:  # noqa: PTH123
        return file.read().strip()


def test_options_come_from_the_environment() -> None:
    options = StackOptions.from_environment(
        {
            "WARRAQ_REDIS_PORT": "0",
            "WARRAQ_ELASTICSEARCH_HEAP": "2g",
            "WARRAQ_ELASTICSEARCH_URL": "https://search.example:9200",
            "WARRAQ_REDIS_URL": " ",
            "WARRAQ_SNAPSHOTS": "/mnt/disk/warraq",
        }
    )
    assert options == StackOptions(
        elasticsearch_url="https://search.example:9200",
        redis_port=0,
        heap_megabytes=2048,
        snapshots=Path("/mnt/disk/warraq"),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WARRAQ_REDIS_PORT", "redis"),
        ("WARRAQ_REDIS_PORT", "65536"),
        ("WARRAQ_ELASTICSEARCH_PORT", "-1"),
        ("WARRAQ_ELASTICSEARCH_PORT", "٩٢٠٠"),
        ("WARRAQ_ELASTICSEARCH_HEAP", "lots"),
        ("WARRAQ_ELASTICSEARCH_HEAP", "100m"),
        ("WARRAQ_SNAPSHOTS", "snapshots"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(name: str, value: str) -> None:
    with pytest.raises(StackError, match=f"^{name}='{value}' is no "):
        StackOptions.from_environment({name: value})


def test_the_heap_is_bounded_and_can_be_set() -> None:
    assert SMALLEST_HEAP <= heap_megabytes(None) <= LARGEST_HEAP
    assert heap_megabytes(300) == 300
