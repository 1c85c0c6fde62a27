"""A real Elasticsearch and Redis: who they run as, what they tell whom, and how they come back."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from config.paths import cache_folder, checkout_folder
from stack import Stack, StackError, StackOptions
from stack.processes import MARK
from stack.servers import Ports

ROOT = os.geteuid() == 0
WARRAQ = "from warraq.cli import main; main()"


def family(stack: Stack) -> list[psutil.Process]:
    """All processes that carry this stack's mark."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(stack.state / "run"):
                found.append(process)
        except psutil.Error:
            continue
    return [each for each in found if each.is_running() and each.status() != "zombie"]


def answer(url: str, password: str | None = None) -> int:
    """The HTTP status of a GET as `elastic`, or as nobody."""
    request = urllib.request.Request(url)  # noqa: S310 - our own address
    if password:
        login = b64encode(f"elastic:{password}".encode()).decode()
        request.add_header("Authorization", f"Basic {login}")
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)


def password_of(stack: Stack) -> str:
    return (stack.secrets / "elastic-password").read_text().strip()


class TestRunning:
    """The one stack of this test run."""

    def test_elasticsearch_knows_its_password_and_nobody_else(self, stack: Stack) -> None:
        url = stack.addresses().elasticsearch
        assert answer(url) == 401
        assert answer(url, "wrong") == 401
        assert answer(url, password_of(stack)) == 200

    def test_both_listen_on_the_loopback_address_alone(self, stack: Stack) -> None:
        listening = {
            connection.laddr.ip
            for process in family(stack)
            for connection in process.net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        }
        assert listening <= {"127.0.0.1", "::ffff:127.0.0.1"}
        assert listening

    @pytest.mark.skipif(not ROOT, reason="root's servers run as somebody else")
    def test_started_by_root_they_run_as_an_unprivileged_user(self, stack: Stack) -> None:
        assert {process.uids().effective for process in family(stack)} == {
            pwd.getpwnam(os.environ.get("WARRAQ_STACK_USER", "nobody")).pw_uid
        }

    def test_no_password_is_on_a_command_line_or_in_an_environment(self, stack: Stack) -> None:
        shown = "".join(
            " ".join(process.cmdline()) + " ".join(process.environ().values())
            for process in family(stack)
        )
        for file in stack.secrets.iterdir():
            assert file.read_text().strip() not in shown

    def test_secrets_are_for_their_owner_alone(self, stack: Stack) -> None:
        for file in (stack.env_file, *stack.secrets.glob("*-password")):
            assert file.stat().st_mode & 0o077 == 0
        env = stack.env_file.read_text()
        for file in stack.secrets.iterdir():
            assert file.read_text().strip() not in env

    def test_what_runs_is_left_alone_by_another_start(self, stack: Stack) -> None:
        before = {process.name: process.pid for process in stack.processes()}
        addresses = stack.addresses()
        assert stack.start_servers() == addresses
        assert {process.name: process.pid for process in stack.processes()} == before
        assert set(before) >= {"elasticsearch", "redis"}

    def test_no_file_of_it_lies_outside_its_folders(self, stack: Stack) -> None:
        """Java and its launchers like to leave files in the working and temporary folders."""
        bundle = cache_folder() / "elasticsearch-9.4.3"
        assert not (bundle / "logs").exists()
        assert not (bundle / "data").exists()
        pids = {str(process.pid) for process in family(stack)}
        assert not [each for each in Path("/tmp").glob("hsperfdata_*/*") if each.name in pids]

    def test_the_commands_tell_of_it(self, stack: Stack) -> None:
        told = warraq("env")
        assert stack.addresses().elasticsearch in told
        assert stack.addresses().redis in told
        assert told.count("running") == 2
        lines = warraq("env", "--export").splitlines()
        assert f"export WARRAQ_REDIS_URL={stack.addresses().redis}" in lines
        assert all(line.startswith("export WARRAQ_") for line in lines)
        assert "Ready to accept connections" in warraq("logs", "redis", "--lines", "200")

    @pytest.mark.usefixtures("stack")
    def test_no_log_of_that_name_is_one_plain_line(self) -> None:
        done = run_warraq("logs", "nobody")
        assert done.returncode == 1
        assert done.stderr.startswith("warraq: There is no log of nobody; there are: ")
        assert done.stderr.count("\n") == 1


def run_warraq(
    *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WARRAQ, *arguments],
        cwd=checkout_folder(),
        env=environment or dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def warraq(*arguments: str) -> str:
    done = run_warraq(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    base = Path(f"/var/tmp/warraq-test-{os.getpid()}")
    base.mkdir(mode=0o700)
    if ROOT:
        nobody = pwd.getpwnam("nobody")
        os.chown(base, nobody.pw_uid, nobody.pw_gid)
    yield base
    Stack(base / "state", cache_folder(), StackOptions()).remove()
    shutil.rmtree(base)


@pytest.fixture(scope="module")
def his(home: Path) -> Stack:
    return Stack(home / "state", cache_folder(), StackOptions())


class TestLife:
    """One stack of a normal user from its first start to its end, by the commands a user types."""

    def command(self, home: Path, *arguments: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "HOME": str(home), "WARRAQ_STATE": str(home / "state")}
        become: list[str] = []
        if ROOT:
            # May read everything, since the checkout and Python may lie in root's own folders, but
            # is not root and may write nothing of others.
            read_all = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
            become = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *read_all]
        return subprocess.Popen(
            [*become, sys.executable, "-c", WARRAQ, *arguments],
            cwd=checkout_folder(),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def done(self, process: subprocess.Popen[str]) -> str:
        out, err = process.communicate(timeout=240)
        assert process.returncode == 0, out + err
        return out

    def test_two_at_once_start_one_stack(self, home: Path, his: Stack) -> None:
        both = [self.command(home, "up", "--servers-only") for _ in range(2)]
        told = [self.done(process) for process in both]
        assert sum("Another Warraq command is at work here" in each for each in told) == 1
        assert [each.count("Elasticsearch 9.4.3 serves on 127.0.0.1:") for each in told] == [1, 1]
        assert sorted(process.name for process in his.processes()) == ["elasticsearch", "redis"]
        user = pwd.getpwnam("nobody").pw_uid if ROOT else os.geteuid()
        assert {process.uids().real for process in family(his)} == {user}
        assert len(family(his)) == 3, "Redis, Elasticsearch and its launcher"
        assert his.state.stat().st_mode & 0o077 == 0

    def test_after_a_crash_it_comes_back_with_its_data_and_addresses(
        self, home: Path, his: Stack
    ) -> None:
        addresses = his.addresses()
        leaders = {process.name: process.pid for process in his.processes()}
        before = {process.pid for process in family(his)}
        for pid in leaders.values():
            os.kill(pid, signal.SIGKILL)
        until(lambda: not any(process.alive for process in his.processes()))
        assert family(his), "Elasticsearch itself outlives its launcher, and holds the data"
        self.done(self.command(home, "up", "--servers-only"))
        assert his.addresses() == addresses
        assert before.isdisjoint({process.pid for process in family(his)})
        assert answer(f"{addresses.elasticsearch}/articles", password_of(his)) == 200

    def test_down_leaves_no_process_behind(self, home: Path, his: Stack) -> None:
        port = urlsplit(his.addresses().elasticsearch).port
        told = self.done(self.command(home, "down"))
        assert told == "Stopped elasticsearch, redis.\n"
        assert family(his) == []
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
        assert his.processes() == []
        assert his.secrets.exists(), "the articles and passwords stay"
        assert self.done(self.command(home, "down")) == "Nothing was running here.\n"

    def test_remove_leaves_no_file_behind_that_is_ours(self, home: Path, his: Stack) -> None:
        note = his.state / "a note of mine"
        if ROOT:
            note.write_text("not Warraq's")
        told = self.done(self.command(home, "down", "--remove"))
        assert f"Removed {his.state}" in told
        assert list(his.state.iterdir() if his.state.exists() else []) == ([note] if ROOT else [])
        assert (cache_folder() / "elasticsearch-9.4.3").exists()


class TestInTheWay:
    """What a machine may hold against a start, each in one line that says what to do."""

    def options(self, **given: int | str) -> StackOptions:
        return StackOptions(
            **{"elasticsearch_url": "http://elasticsearch.invalid", "redis_port": 0, **given}  # type: ignore[arg-type]
        )

    def refusal(self, state: Path, options: StackOptions, cache: Path | None = None) -> str:
        with pytest.raises(StackError) as raised:
            Stack(state, cache or cache_folder(), options).start_servers()
        assert "\n" not in str(raised.value)
        return str(raised.value)

    def test_a_wanted_port_that_is_taken(self, state: Path) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            port = listener.getsockname()[1]
            told = self.refusal(state, self.options(redis_port=port))
        assert told.startswith(f"Port {port} on 127.0.0.1 is taken by ")

    def test_the_last_port_was_taken_meanwhile(self, state: Path) -> None:
        stack = Stack(state, cache_folder(), self.options())
        first = stack.start_servers().redis
        stack.stop()
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", urlsplit(first).port))
            listener.listen()
            assert stack.start_servers().redis != first

    def test_another_program_takes_the_port_at_the_last_moment(
        self, state: Path, monkeypatch: pytest.MonkeyPatch
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
            addresses = Stack(state, cache_folder(), self.options()).start_servers()
        assert urlsplit(addresses.redis).port != taken

    def test_given_servers_are_used_and_nothing_is_started(self, state: Path) -> None:
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
        self, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("stack.java.USUAL_PLACES", ())
        monkeypatch.setattr("stack.java.PLACES_AT_HOME", ())
        monkeypatch.setenv("JAVA_HOME", "/nonexistent")
        monkeypatch.setenv("PATH", "/nonexistent")
        options = StackOptions(redis_port=0, elasticsearch_port=0)
        told = self.refusal(state, options, cache=tmp_path / "cache")
        assert told.startswith("Elasticsearch needs a JDK of Java 21 or newer")
        assert not (tmp_path / "cache").exists()

    @pytest.mark.skipif(not ROOT, reason="mounting a small disk takes root")
    def test_a_full_disk(self, state: Path) -> None:
        state.mkdir(parents=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "warraq-test", state], check=True)
        try:
            told = self.refusal(state, self.options())
            Stack(state, cache_folder(), self.options()).stop()
        finally:
            subprocess.run(["umount", state], check=True)
        assert told.startswith(f"No room left to write in {state}: free some disk space")

    @pytest.mark.skipif(not ROOT, reason="a normal user's servers run as that user")
    def test_a_folder_that_the_servers_user_cannot_enter(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o700)
        told = self.refusal(tmp_path / "state", self.options())
        assert " is closed to the user nobody, whom the servers run as: set WARRAQ_STATE" in told

    @pytest.mark.skipif(not ROOT, reason="only root may choose another user")
    def test_a_user_that_does_not_do(self, state: Path) -> None:
        assert "There is no user nobody-here" in self.refusal(
            state, self.options(user="nobody-here")
        )
        assert "refuses to run as root" in self.refusal(state, self.options(user="root"))

    def test_a_state_folder_of_somebody_else(self, state: Path) -> None:
        state.parent.joinpath("file").write_text("in the way")
        told = self.refusal(state.parent / "file" / "state", self.options())
        assert "WARRAQ_STATE" in told

    def test_stopping_where_nothing_ever_ran(self, state: Path) -> None:
        stack = Stack(state, cache_folder(), self.options())
        assert stack.stop() == []
        stack.remove()
        assert stack.processes() == []
        with pytest.raises(StackError, match="No servers have been started here yet"):
            Stack(state, cache_folder(), StackOptions()).addresses()


class TestWorkers:
    """Real workers, whose Elasticsearch is away: they start, wait for it, and stop when told."""

    @pytest.fixture
    def stack(self, redis_stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
        monkeypatch.setenv("WARRAQ_ELASTICSEARCH_URL", "http://127.0.0.1:1")
        yield redis_stack
        redis_stack.start_workers(0)

    def names(self, stack: Stack) -> dict[str, int]:
        return {each.name: each.pid for each in stack.processes() if each.alive}

    def test_their_number_is_adjusted_and_other_settings_start_them_anew(
        self, stack: Stack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        redis = self.names(stack)
        stack.start_workers(2)
        two = self.names(stack)
        assert set(two) == {"redis", "worker1", "worker2", "beat"}
        os.kill(two["worker1"], signal.SIGKILL)
        until(lambda: "worker1" not in self.names(stack))
        stack.start_workers(2)
        again = self.names(stack)
        assert again["worker2"] == two["worker2"]
        assert again["worker1"] != two["worker1"]
        monkeypatch.setenv("WARRAQ_BATCH_ARTICLES", "50")
        stack.start_workers(1)
        anew = self.names(stack)
        assert set(anew) == {"redis", "worker1", "beat"}
        assert set(anew.values()) & set(again.values()) == {redis["redis"]}, "other settings"
        stack.start_workers(0)
        assert self.names(stack) == redis
        assert {process.name() for process in family(stack)} == {"redis-server"}

    def test_one_that_does_not_start_says_why(
        self, stack: Stack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WARRAQ_BATCH_ARTICLES", "lots")
        with pytest.raises(
            StackError, match=r"^worker1 did not start: .*Its log: /.*worker1\.log$"
        ):
            stack.start_workers(1)
