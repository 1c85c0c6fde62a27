"""Which Java is taken; the stand-ins are programs that answer as old or reduced Javas do."""

from __future__ import annotations

from pathlib import Path

import pytest

from stack import StackError
from stack.accounts import server_account
from stack.java import MODULES, OLDEST, find_java


def java_that_says(home: Path, modules: str, *, code: int = 0) -> Path:
    command = home / "bin" / "java"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!/bin/sh\n[ $1 = --list-modules ] || exit 9\n{modules}\nexit {code}\n")
    command.chmod(0o755)
    return home


FULL = "printf 'java.base@21.0.4\\njdk.jlink@21.0.4\\njdk.jdi@21.0.4\\n'"
JLINKED = "printf 'java.base@25\\njava.logging@25\\n'"
OLD = "printf 'java.base@17.0.15\\njdk.jlink@17.0.15\\njdk.jdi@17.0.15\\n'"
ANCIENT = "echo 'Unrecognized option: --list-modules' >&2"


def test_this_machine_has_one() -> None:
    java = find_java(server_account(None))
    assert java.release >= OLDEST
    assert java.modules >= MODULES
    assert java.command.exists()


def test_java_home_goes_first(tmp_path: Path) -> None:
    home = java_that_says(tmp_path / "jdk", FULL)
    assert find_java(None, {"JAVA_HOME": str(home), "PATH": "/usr/bin"}).home == home


def test_then_the_path(tmp_path: Path) -> None:
    home = java_that_says(tmp_path / "jdk", FULL)
    old = java_that_says(tmp_path / "old", OLD)
    environment = {"JAVA_HOME": str(old), "PATH": str(home / "bin")}
    assert find_java(None, environment).home == home


def test_then_where_people_keep_theirs_the_newest_that_was_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stack.java.USUAL_PLACES", ())
    jdks = tmp_path / ".jdks"
    for release in (21, 25, 99):
        java_that_says(jdks / str(release), FULL.replace("21.0.4", str(release)))
    java_that_says(jdks / "reduced", JLINKED)
    found = find_java(None, {"PATH": "/nonexistent", "HOME": str(tmp_path)})
    assert found.home == jdks / "25"


def test_no_java_is_one_plain_line_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stack.java.USUAL_PLACES", ())
    with pytest.raises(StackError) as raised:
        find_java(None, {"PATH": str(tmp_path)})
    message = str(raised.value)
    assert message.startswith("Elasticsearch needs a JDK of Java 21 or newer, and none was found: ")
    assert message.endswith(", or set JAVA_HOME to one.")
    assert "\n" not in message


def test_what_was_seen_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stack.java.USUAL_PLACES", ())
    java_that_says(tmp_path / ".jdks" / "ancient", ANCIENT, code=1)
    environment = {
        "JAVA_HOME": str(java_that_says(tmp_path / "old", OLD)),
        "PATH": str(java_that_says(tmp_path / "reduced", JLINKED) / "bin"),
        "HOME": str(tmp_path),
    }
    with pytest.raises(StackError) as raised:
        find_java(None, environment)
    for told in (
        f"JAVA_HOME={tmp_path}/old is Java 17",
        f"{tmp_path}/reduced/bin/java on PATH is Java 25 without jdk.jdi and jdk.jlink",
        f"{tmp_path}/.jdks/ancient is Java 8",
    ):
        assert told in str(raised.value)
