"""`warraq up`, `down`, `logs`, `env`: the servers and workers of this machine."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from config.paths import cache_folder, state_folder
from config.settings import Settings, load_settings
from stack import Spoken, Stack, StackError
from stack.environment import exports

FIRST_WORKERS = 2
LOOK_EVERY = 0.3  # seconds between two looks at a log that is followed


@contextmanager
def plain_failure() -> Iterator[None]:
    """Turn what is wrong with the machine into one line and exit code 1."""
    try:
        yield
    except StackError as error:
        Console(stderr=True, highlight=False).print(
            f"warraq: {error}", markup=False, soft_wrap=True
        )
        raise typer.Exit(1) from error


def check_steps(settings: Settings) -> None:
    """Raises WarraqError if `settings` switch off steps that they cannot, or name no encoder."""
    # Here, because it brings in every step, which `down` and `logs` need not wait for.
    from warraq.analysis.encoder import load  # noqa: PLC0415
    from warraq.analysis.pipeline import Pipeline, steps  # noqa: PLC0415

    Pipeline(steps(encoder=load(settings.encoder)), off=settings.steps_off)


def this_stack() -> Stack:
    """The stack of this checkout."""
    return Stack.of_this_machine(state_folder(), cache_folder())


def up(
    *,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            "-w",
            metavar="N",
            min=0,
            help="Worker processes; else as many as there were, at first 2.",
        ),
    ] = None,
    servers_only: Annotated[
        bool, typer.Option("--servers-only", help="Elasticsearch and Redis, no workers.")
    ] = False,
) -> None:
    """Start Elasticsearch, Redis and the workers on this machine, without Docker.

    What runs already is left alone, so it can be called again at any time: to bring back what has
    stopped, or with another number of workers.
    """
    console = Console(highlight=False)
    report = Spoken(console)
    with plain_failure():
        stack = this_stack()
        stack.check_given_servers()
        # Before a worker that runs well is replaced by one that cannot start.
        check_steps(load_settings())
        stack.start_servers(report)
        # Here, because it brings in the whole index, which `down` and `logs` need not wait for.
        from warraq.cli.index import prepare_elasticsearch  # noqa: PLC0415

        with report.wait("Index, roles and keys"):
            prepare_elasticsearch(load_settings(), stack.secrets)
        report.say("Index, roles and keys are there.")
        if not servers_only:
            count = _workers_there(stack) or FIRST_WORKERS if workers is None else workers
            stack.start_workers(count, report)
            report.say(f"{_workers(count)}.")
    console.print("\nTry next:", markup=False)
    for command, what in (
        ("warraq enqueue FILE…", "send articles in"),
        ("warraq search 'طرابلس'", "find them"),
        ("warraq status", "how it stands"),
        ("warraq env", "addresses, and where the passwords lie"),
        ("warraq down", "stop all of it"),
    ):
        console.print(f"  {command:<24} {what}", markup=False)


def _workers_there(stack: Stack) -> int:
    """How many workers were started last and not stopped, be they alive or dead."""
    return sum(process.name.startswith("worker") for process in stack.processes())


def _workers(count: int) -> str:
    if count == 0:
        return "No workers are running"
    return (
        "1 worker and beat are running" if count == 1 else f"{count} workers and beat are running"
    )


def down(
    *,
    remove: Annotated[
        bool,
        typer.Option("--remove", help="Delete all articles, passwords and logs of this stack too."),
    ] = False,
) -> None:
    """Stop the workers and servers that `warraq up` has started; the articles stay."""
    console = Console(highlight=False)
    report = Spoken(console)
    with plain_failure():
        stack = this_stack()
        running = [process.name for process in stack.processes() if process.alive]
        killed = stack.stop(report)
        for name in killed:
            report.say(f"{name} did not end in time and was killed; nothing it had is lost.")
        report.say(f"Stopped {', '.join(running)}." if running else "Nothing was running here.")
        if remove:
            stack.remove(report)
            report.say(f"Removed {stack.state}. Downloads stay in {stack.cache}.")


def logs(
    name: Annotated[
        str | None,
        typer.Argument(help="elasticsearch, redis, worker1, …, beat. All, if none is named."),
    ] = None,
    *,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on with what is added, until Ctrl-C.")
    ] = False,
    lines: Annotated[
        int, typer.Option("--lines", "-n", min=0, metavar="N", help="Last lines of each log.")
    ] = 20,
) -> None:
    """Show what the servers and workers have to say."""
    console = Console(highlight=False)
    with plain_failure():
        folder = this_stack().logs
        files = sorted(folder.glob("*.log"))
        if name is not None:
            if folder / f"{name}.log" not in files:
                there = ", ".join(file.stem for file in files) or "none yet"
                raise StackError(f"There is no log of {name}; there are: {there}.")
            files = [folder / f"{name}.log"]
        if not files:
            raise StackError("There are no logs here yet: `warraq up` starts what writes them.")
    tails = [_Tail(file, lines) for file in files]
    alone = len(tails) == 1
    try:
        while True:
            for tail in tails:
                for line in tail.news():
                    shown = line if alone else f"{tail.name} | {line}"
                    console.print(shown, markup=False, soft_wrap=True)
            if not follow:
                return
            time.sleep(LOOK_EVERY)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


class _Tail:
    """The end of a growing file, line by line."""

    def __init__(self, file: Path, lines: int) -> None:
        self.name = file.stem
        self._file = file
        self._rest = b""
        self._position = _start_of_last(file, lines)

    def news(self) -> Iterator[str]:
        """The whole lines that came since the last call; a file put aside is begun anew."""
        if self._file.stat().st_size < self._position:
            self._position, self._rest = 0, b""
        with self._file.open("rb") as stream:
            stream.seek(self._position)
            added = stream.read()
        self._position += len(added)
        *whole, self._rest = (self._rest + added).split(b"\n")
        for line in whole:
            yield line.decode("utf-8", "replace")


def _start_of_last(file: Path, lines: int) -> int:
    """The byte at which the last `lines` lines begin; looks at the last megabytes alone."""
    size = file.stat().st_size
    start = max(0, size - 4_000_000)
    with file.open("rb") as stream:
        stream.seek(start)
        end = stream.read()
    ends = [index for index, byte in enumerate(end) if byte == 0x0A]
    return start + (ends[-lines - 1] + 1 if lines < len(ends) else 0)


def env(
    *,
    export: Annotated[
        bool, typer.Option("--export", help='As lines for a shell: eval "$(warraq env --export)"')
    ] = False,
) -> None:
    """Print the addresses and where the secrets lie; never a secret itself."""
    console = Console(highlight=False)
    with plain_failure():
        stack = this_stack()
        if export:
            for line in exports(stack.settings()):
                console.print(line, markup=False, soft_wrap=True)
            return
        addresses = stack.addresses()
        alive = {process.name for process in stack.processes() if process.alive}
    options = stack.options
    ours = {
        "elasticsearch": options.elasticsearch_url is None,
        "redis": options.redis_url is None,
    }
    rows = [
        (
            "Elasticsearch",
            _without_login(addresses.elasticsearch),
            _state("elasticsearch", ours, alive),
        ),
        ("Redis", _without_login(addresses.redis), _state("redis", ours, alive)),
        ("Secrets", str(stack.secrets), "one file each; the names say whose"),
        ("Settings", str(stack.env_file), "read by every command"),
        ("Logs", str(stack.logs), ""),
    ]
    for title, value, remark in rows:
        console.print(f"{title:<14} {value}  {remark}".rstrip(), markup=False, soft_wrap=True)


def _state(name: str, ours: dict[str, bool], alive: set[str]) -> str:
    if not ours[name]:
        return "given by the environment"
    return "running" if name in alive else "stopped"


def _without_login(url: str) -> str:
    """The address without a user and password in it, even where it is no proper address."""
    return re.sub(r"^(\w+://)?.*@", r"\1", url, flags=re.DOTALL)
