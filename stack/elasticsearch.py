"""The local Elasticsearch: one node on the loopback address, security on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stack.accounts import Account, make_private, run_as, write_private
from stack.elasticsearch_bundle import VERSION
from stack.errors import StackError
from stack.java import Java
from stack.memory import megabytes_of_memory
from stack.ports import LOOPBACK

USUAL_PORTS = (9200,)
_USERS = ".security-7"  # where Elasticsearch 9 keeps users and API keys
SMALLEST_HEAP, LARGEST_HEAP = 512, 4096  # MB
# Absolute, because percentages make a large disk with room to spare read-only.
_SETTINGS = """\
cluster.name: warraq
node.name: warraq-1
discovery.type: single-node
network.host: {host}
http.port: {http_port}
transport.port: {transport_port}
path.data: {data}
path.logs: {logs}
path.repo: {snapshots}
xpack.security.enabled: true
xpack.security.enrollment.enabled: false
xpack.security.http.ssl.enabled: false
xpack.security.transport.ssl.enabled: false
cluster.routing.allocation.disk.watermark.low: 2gb
cluster.routing.allocation.disk.watermark.high: 1gb
cluster.routing.allocation.disk.watermark.flood_stage: 500mb
"""


def heap_megabytes(given: int | None) -> int:
    """The heap: what was given, else an eighth of the memory, from 512 MB to 4 GB.

    An eighth, because workers, Redis, and the page cache that Lucene lives on want theirs, and on a
    laptop so does a person.
    """
    if given:
        return given
    return max(SMALLEST_HEAP, min(LARGEST_HEAP, megabytes_of_memory() // 8))


@dataclass(frozen=True, slots=True)
class Node:
    """A node in `folder`, of the bundle at `home`."""

    folder: Path
    home: Path
    java: Java
    account: Account | None
    snapshots: Path | None = None
    """Where snapshots may be put; None: in a folder of that name beside the data."""

    @property
    def snapshots_folder(self) -> Path:
        return self.snapshots or self.folder / "snapshots"

    @property
    def settings(self) -> Path:
        return self.folder / "config"

    @property
    def log(self) -> Path:
        return self.folder / "logs" / "warraq.log"

    def environment(self) -> dict[str, str]:
        """What the launcher reads; of our own environment only what a program needs anywhere."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
        temporary = str(self.folder / "tmp")
        return {
            **kept,
            "HOME": str(self.folder),
            "JAVA": str(self.java.command),
            "ES_JAVA_HOME": str(self.java.home),
            "JAVA_TYPE": "provided",
            "ES_HOME": str(self.home),
            "ES_PATH_CONF": str(self.settings),
            "ES_DISTRIBUTION_TYPE": "zip",
            "ES_TMPDIR": temporary,
            "LIBFFI_TMPDIR": temporary,
            # Split at blanks by its reader, so only where the path has none; otherwise /tmp serves.
            "CLI_JAVA_OPTS": "" if " " in temporary else f"-Djava.io.tmpdir={temporary}",
        }

    def configure(self, http_port: int, transport_port: int, heap: int, password: str) -> None:
        """Write all that the node needs into its folder; `password` is for the user `elastic`.

        The password counts only before the first start; afterwards Elasticsearch keeps its own.
        """
        for folder in (self.folder, *(self.folder / n for n in ("config", "data", "logs", "tmp"))):
            make_private(folder, self.account)
        make_private(self.settings / "jvm.options.d", self.account)
        make_private(self.snapshots_folder, self.account)
        for file in (self.home / "config").iterdir():
            if file.name not in {"elasticsearch.yml", "jvm.options"}:
                write_private(
                    self.settings / file.name, file.read_text(encoding="utf-8"), self.account
                )
        settings = _SETTINGS.format(
            host=LOOPBACK,
            http_port=http_port,
            transport_port=transport_port,
            data=_quoted(self.folder / "data"),
            logs=_quoted(self.folder / "logs"),
            snapshots=_quoted(self.snapshots_folder),
        )
        write_private(self.settings / "elasticsearch.yml", settings, self.account)
        self._write_jvm_options(heap)
        if not (self.settings / "elasticsearch.keystore").exists():
            self._make_keystore(password)

    def _write_jvm_options(self, heap: int) -> None:
        """The bundle's own options, with files in the logs folder instead of Elasticsearch's."""
        logs = self.folder / "logs"
        text = (self.home / "config" / "jvm.options").read_text(encoding="utf-8")
        text = text.replace("file=gc.log", f"file={logs}/gc.log").replace(
            "filecount=32,filesize=64m", "filecount=4,filesize=16m"
        )
        text = text.replace("-XX:ErrorFile=hs_err", f"-XX:ErrorFile={logs}/hs_err")
        write_private(self.settings / "jvm.options", text, self.account)
        # Without AlwaysPreTouch memory is taken when it is used: a laptop's is not all ours.
        ours = ("-XX:-AlwaysPreTouch", "-XX:-UsePerfData", f"-XX:HeapDumpPath={logs}")
        text_of_ours = "\n".join((f"-Xms{heap}m", f"-Xmx{heap}m", *ours)) + "\n"
        write_private(
            self.settings / "jvm.options.d" / "warraq.options", text_of_ours, self.account
        )

    def _make_keystore(self, password: str) -> None:
        """Put the first password into the keystore, by the tool's standard input."""
        libraries = f"{self.home}/lib/*:{self.home}/lib/cli-launcher/*"
        command: list[str | Path] = [
            self.java.command,
            *self._small(),
            "-Dcli.name=keystore",
            "-Dcli.script=bin/elasticsearch-keystore",
            "-Dcli.libs=lib/tools/keystore-cli",
            f"-Des.path.home={self.home}",
            f"-Des.path.conf={self.settings}",
            "-Des.distribution.type=zip",
            "-Des.java.type=provided",
            "-cp",
            libraries,
            "org.elasticsearch.launcher.CliToolLauncher",
            "add",
            "--force",
            "--stdin",
            "bootstrap.password",
        ]
        done = subprocess.run(
            command,
            cwd=self.home,
            env=self.environment(),
            input=password + "\n",
            capture_output=True,
            text=True,
            check=False,
            **run_as(self.account),
        )
        if done.returncode != 0:
            raise StackError(
                "Elasticsearch's keystore could not be made: "
                + (_last_line(done.stderr) or _last_line(done.stdout) or "its tool says nothing")
            )

    def command(self) -> list[str | Path]:
        """What Elasticsearch's own start script runs."""
        return [
            self.java.command,
            *self._small(),
            "-cp",
            f"{self.home}/lib/tools/server-launcher/*",
            "org.elasticsearch.server.launcher.ServerLauncher",
        ]

    def _small(self) -> list[str]:
        """Options of a small, quick Java that leaves nothing in the system's temporary folder."""
        return [
            "-Xms4m",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            f"-Djava.io.tmpdir={self.folder / 'tmp'}",
        ]

    def forget_leftovers(self) -> None:
        """Empty the temporary folder that a killed node left."""
        shutil.rmtree(self.folder / "tmp", ignore_errors=True)
        make_private(self.folder / "tmp", self.account)


def what_ails(port: int, password: str) -> str | None:
    """Why the node does not yet serve as ours with all its primary shards; None when it does.

    A new node makes its index of users some moments after it answers, and refuses everyone while it
    does. So that index is waited for, too, and made by storing the password where nobody has yet.
    """
    status = _ask(port, password, "_cluster/health?wait_for_status=yellow&timeout=1s")
    if status != 200:
        return f"it answers {status}" if status else "it does not answer"
    # Active shards, not yellow: an index just made counts as yellow before its shard is there.
    if _ask(port, password, f"_cluster/health/{_USERS}?wait_for_active_shards=1&timeout=1s") != 200:
        same = json.dumps({"password": password}).encode()
        _ask(port, password, "_security/user/elastic/_password", same)
        return f"its index {_USERS} is not there yet"
    # The question before was let in before that index was there; this one is asked with it.
    status = _ask(port, password, "_security/_authenticate")
    return None if status == 200 else f"it refuses its own password ({status})"


def _ask(port: int, password: str, path: str, body: bytes | None = None) -> int | None:
    """The status of an answer to `elastic`, or None where none comes."""
    login = b64encode(f"elastic:{password}".encode()).decode()
    headers = {"Authorization": f"Basic {login}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"http://{LOOPBACK}:{port}/{path}", body, headers)
    # Not through a proxy: it is this very machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return None


def why_it_ended(output: str) -> str:
    """The cause in the output of a node that did not start, in one line."""
    for line in _causes(output):
        return line
    return _last_line(output) or "it left no message"


def _causes(output: str) -> Iterator[str]:
    patterns = (
        r"Address already in use",
        r"No space left on device",
        r"failed to obtain node locks[^\n]*",
        r"(?:insufficient memory|Cannot allocate memory|Could not reserve enough space)[^\n]*",
        r"(?:java\.lang\.[A-Za-z]*Exception|Error): [^\n]*",
    )
    for pattern in patterns:
        if match := re.search(pattern, output):
            yield match[0]


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""


def _quoted(path: Path) -> str:
    """A path as a YAML string."""
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


__all__ = ["USUAL_PORTS", "VERSION", "Node", "heap_megabytes", "what_ails", "why_it_ended"]
