"""What a machine may hold against a start, each in one line that says what to do."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.paths import cache_folder
from stack import Stack, StackError, StackOptions
from stack.servers import Ports

ROOT = os.geteuid() == 0


def options(**given: int | str) -> StackOptions:
    return StackOptions(
        **{"elasticsearch_url": "http://elasticsearch.invalid", "redis_port": 0, **given}  # type: ignore[arg-type]
    )


def refusal(state: Path, options: StackOptions, cache: Path | None = None) -> str:
    with pytest.raises(StackError) as raised:
        Stack(state, cache or cache_folder(), options).start_servers()
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_wanted_port_that_is_taken(state: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        told = refusal(state, options(redis_port=port))
    assert told.startswith(f"Port {port} on 127.0.0.1 is taken by ")


def test_the_last_port_was_taken_meanwhile(state: Path) -> None:
    stack = Stack(state, cache_folder(), options())
    first = stack.start_servers().redis
    stack.stop()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", urlsplit(first).port))
        listener.listen()
        assert stack.start_servers().redis != first


def test_another_program_takes_the_port_at_the_last_moment(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel says the port is free, yet Redis cannot bind it: another one is tried."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        taken = listener.getsockname()[1]
        state.mkdir(parents=True)
        Ports(state / "ports.json").note("redis", taken)
        looks = iter([True])
        monkeypatch.setattr("stack.ports.is_free", lambda _port: next(looks, False))
        addresses = Stack(state, cache_folder(), options()).start_servers()
    assert urlsplit(addresses.redis).port != taken


def test_given_servers_are_used_and_nothing_is_started(state: Path) -> None:
    stack = Stack(
        state,
        cache_folder(),
        StackOptions(
            elasticsearch_url="https://search.example:9200", redis_url="rediss://queue.example"
        ),
    )
    addresses = stack.start_servers()
    assert addresses.elasticsearch == "https://search.example:9200"
    assert addresses.redis == "rediss://queue.example"
    assert stack.processes() == []
    assert "URL" not in stack.env_file.read_text()


def test_no_java_is_noticed_before_the_download(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stack.java.USUAL_PLACES", ())
    monkeypatch.setattr("stack.java.PLACES_AT_HOME", ())
    monkeypatch.setenv("JAVA_HOME", "/nonexistent")
    monkeypatch.setenv("PATH", "/nonexistent")
    options = StackOptions(redis_port=0, elasticsearch_port=0)
    told = refusal(state, options, cache=tmp_path / "cache")
    assert told.startswith("Elasticsearch needs a JDK of Java 21 or newer")
    assert not (tmp_path / "cache").exists()


@pytest.mark.skipif(not ROOT, reason="mounting a small disk takes root")
def test_a_full_disk(state: Path) -> None:
    state.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "warraq-test", state], check=True)
    try:
        told = refusal(state, options())
        Stack(state, cache_folder(), options()).stop()
    finally:
        subprocess.run(["umount", state], check=True)
    assert told.startswith(f"No room left to write in {state}: free some disk space")


@pytest.mark.skipif(not ROOT, reason="a normal user's servers run as that user")
def test_a_folder_that_the_servers_user_cannot_enter(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    told = refusal(tmp_path / "state", options())
    assert " is closed to the user nobody, whom the servers run as: set WARRAQ_STATE" in told


@pytest.mark.skipif(not ROOT, reason="only root may choose another user")
def test_a_user_that_does_not_do(state: Path) -> None:
    assert "There is no user nobody-here" in refusal(state, options(user="nobody-here"))
    assert "refuses to run as root" in refusal(state, options(user="root"))


def test_a_state_folder_of_somebody_else(state: Path) -> None:
    state.parent.joinpath("file").write_text("in the way")
    told = refusal(state.parent / "file" / "state", options())
    assert "WARRAQ_STATE" in told


def test_stopping_where_nothing_ever_ran(state: Path) -> None:
    stack = Stack(state, cache_folder(), options())
    assert stack.stop() == []
    stack.remove()
    assert stack.processes() == []
    with pytest.raises(StackError, match="No servers have been started here yet"):
        Stack(state, cache_folder(), StackOptions()).addresses()
