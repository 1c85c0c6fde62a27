"""A real Elasticsearch and Redis: who they run as, what they tell whom, and how they come back."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from config.paths import cache_folder, checkout_folder
from stack import Stack, StackError, StackOptions
from tests.stack.watching import family, until

ROOT = os.geteuid() == 0
WARRAQ = "from warraq.cli import main; main()"


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
    def test_its_own_addresses_in_the_environment_are_no_servers_elsewhere(
        self, stack: Stack
    ) -> None:
        exported = os.environ | stack.settings()
        again = Stack.of_this_machine(stack.state, stack.cache, exported)
        assert again.options == stack.options
        elsewhere = exported | {"WARRAQ_REDIS_URL": "redis://127.0.0.1:1/0"}
        other = Stack.of_this_machine(stack.state, stack.cache, elsewhere)
        assert other.options.redis_url == "redis://127.0.0.1:1/0"
        assert other.options.elasticsearch_url is None

    def test_a_given_server_that_is_not_there_is_said_before_anything_starts(
        self, stack: Stack
    ) -> None:
        environ = {"WARRAQ_REDIS_URL": "redis://:secret@127.0.0.1:1/0"}
        other = Stack.of_this_machine(stack.state, stack.cache, environ)
        with pytest.raises(StackError, match=r"Nothing answers .* WARRAQ_REDIS_URL") as caught:
            other.check_given_servers()
        assert "secret" not in str(caught.value)
        stack.check_given_servers()

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
        # Elasticsearch itself outlives its launcher, for longer or shorter, and holds the data.
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
