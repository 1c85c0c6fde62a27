"""What is checked on the running compose file, in the order of a day in production."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

import redis
from redis.exceptions import AuthenticationError, NoPermissionError

from tests.compose.deployment import Deployment
from tests.compose.harm import freeze, kill_a_busy_worker, kill_at_once, kill_for_good, thaw
from tests.compose.samples import SOURCE, article, article_ids

WORKERS = 4
ARTICLES = 2_000
MORE_ARTICLES = 1_000
GRACE_SECONDS = 45.0  # stop_grace_period of the compose file
RUNNING = ("redis", "elasticsearch", "beat", "flower", *("worker",) * WORKERS)


class Verdicts(Protocol):
    """Who is told what held."""

    def say(self, line: str) -> None:
        """A line of progress."""

    def check(self, name: str, held: bool, found: object = "") -> bool:
        """Count one check; returns `held`."""


def play(deployed: Deployment, checks: Verdicts) -> None:
    """Bring it up, use it, hurt it, bring it down and up again."""
    if not come_up(deployed, checks):
        return
    is_hardened(deployed, checks)
    hides_secrets(deployed, checks)
    lets_producers_only_add(deployed, checks)
    loses_nothing_to_killed_workers(deployed, checks)
    answers_searches(deployed, checks)
    sees_a_frozen_worker(deployed, checks)
    goes_down_in_time_and_comes_back(deployed, checks)


def come_up(deployed: Deployment, checks: Verdicts) -> bool:
    """`docker compose up --scale worker=4`: set-up done once, every health check content."""
    checks.say(f"docker compose up --detach --scale worker={WORKERS}")
    up = deployed.compose("up", "--detach", "--no-build", "--scale", f"worker={WORKERS}")
    if not checks.check("compose up ends well", up.returncode == 0, last_line(up.stderr)):
        return False
    setup = deployed.containers("setup")
    checks.check("setup ran to its end", [each["State"]["ExitCode"] for each in setup] == [0])
    healthy = until(120, lambda: sorted(services_healthy(deployed)) == sorted(RUNNING))
    return checks.check("every health check is content", healthy, services_healthy(deployed))


def services_healthy(deployed: Deployment) -> list[str]:
    """The service of each healthy container."""
    return [
        each["Config"]["Labels"]["com.docker.compose.service"]
        for each in deployed.containers()
        if each["State"].get("Health", {}).get("Status") == "healthy"
    ]


def is_hardened(deployed: Deployment, checks: Verdicts) -> None:
    """What the compose file promises, as the kernel sees it."""
    faults, published = [], set()
    for container in (each for each in deployed.containers() if each["State"]["Pid"]):
        status = Path(f"/proc/{container['State']['Pid']}/status").read_text(encoding="utf-8")
        facts = dict(line.split(":\t", 1) for line in status.splitlines())
        name, limits = container["Name"], container["HostConfig"]
        if facts["Uid"].split()[1] == "0":
            faults.append(f"{name} is root")
        if int(facts["CapEff"], 16) or int(facts["CapBnd"], 16):
            faults.append(f"{name} has capabilities")
        if facts["NoNewPrivs"].strip() != "1":
            faults.append(f"{name} may gain privileges")
        if not limits["ReadonlyRootfs"]:
            faults.append(f"{name} may write to its root")
        if not (limits["Memory"] and limits["NanoCpus"] and limits["PidsLimit"]):
            faults.append(f"{name} has no limits")
        for bindings in (limits["PortBindings"] or {}).values():
            published |= {(each["HostIp"], int(each["HostPort"])) for each in bindings}
    checks.check("no root, no capability, read-only, limits", not faults, "; ".join(faults))
    ours = {("127.0.0.1", port) for port in deployed.ports.values()}
    checks.check("published on loopback: Redis and Elasticsearch alone", published == ours)


def hides_secrets(deployed: Deployment, checks: Verdicts) -> None:
    """No secret is an argument, in a process's environment from the engine, or in a log."""
    words = {
        word
        for file in deployed.secrets.iterdir()
        if file.suffix != ".acl"
        for word in file.read_text(encoding="utf-8").strip().split(":")
        if len(word) > 20
    }
    seen = {
        "the engine": json.dumps(deployed.containers()),
        "a list of processes": subprocess.run(
            ["ps", "-eww", "-o", "args"], capture_output=True, text=True, check=True
        ).stdout,
        "a log": deployed.compose("logs", "--no-color").stdout,
    }
    places = [place for place, text in seen.items() if any(word in text for word in words)]
    checks.check("no secret is seen", not places, ", ".join(places))


def lets_producers_only_add(deployed: Deployment, checks: Verdicts) -> None:
    """The login of producers adds to the stream and does nothing else; nobody comes without one."""
    producer = deployed.redis("producer")
    refused: list[Callable[[redis.Redis], Any]] = [
        lambda client: client.xlen("warraq:articles"),
        lambda client: client.xadd("warraq:dead", {"a": "b"}),
        lambda client: client.delete("warraq:articles"),
        lambda client: client.get("anything"),
        lambda client: client.config_get("*"),
    ]
    held = all(refuses(producer, command) for command in refused)
    checks.check("a producer may not read, delete or configure", held)
    stranger = redis.Redis(port=deployed.ports["redis"])
    nothing = refuses(stranger, lambda client: client.ping())
    checks.check("without a login Redis answers nothing", nothing)


def refuses(client: redis.Redis, command: Callable[[redis.Redis], Any]) -> bool:
    """Whether Redis does not let this client run the command."""
    try:
        command(client)
    except (AuthenticationError, NoPermissionError):
        return True
    return False


def loses_nothing_to_killed_workers(deployed: Deployment, checks: Verdicts) -> None:
    """SIGKILL to two workers with articles in hand; all are found, once, none is dead."""
    began = time.monotonic()
    add(deployed, range(ARTICLES))
    checks.say(f"{ARTICLES:,} articles are in the stream")
    # As when memory is out: the engine is to start it again.
    fallen = kill_a_busy_worker(deployed, kill_at_once, but=())
    # As an operator does: it stays down, so the others must take over what it held.
    gone = kill_a_busy_worker(deployed, lambda each: kill_for_good(deployed, each), but=fallen)
    held = [worker["held"] for worker in (*fallen, *gone)]
    checks.check("two workers were killed with articles in hand", min(held, default=0) > 0, held)
    all_there = until(180, lambda: found(deployed) >= set(article_ids(range(ARTICLES))))
    seconds = time.monotonic() - began
    checks.check("all are found", all_there, f"{len(found(deployed)):,} after {seconds:.1f} s")
    checks.check("none twice", count(deployed) == ARTICLES, f"{count(deployed):,} documents")
    worker = deployed.redis("worker")
    settled = until(60, lambda: worker.xlen("warraq:articles") == 0)
    dead = worker.xlen("warraq:dead")
    checks.check("the inbox is empty, nothing is a dead letter", settled and not dead, dead)
    states = {each["Name"]: each["State"]["Status"] for each in deployed.containers("worker")}
    back = until(30, lambda: all(is_running(deployed, each) for each in fallen))
    checks.check("the fallen one was started again", back, states)
    # Podman tells the networks of a container by name, so compose would make all of them anew.
    deployed.compose("up", "--detach", "--no-build", "--no-recreate", f"--scale=worker={WORKERS}")
    whole = until(120, lambda: sorted(services_healthy(deployed)) == sorted(RUNNING))
    checks.check("`up` brings back the other", whole, services_healthy(deployed))


def add(deployed: Deployment, numbers: Iterable[int]) -> None:
    """As a producer does: XADD, through the published port."""
    pipeline = deployed.redis("producer").pipeline(transaction=False)
    for number in numbers:
        pipeline.xadd("warraq:articles", {"article": article(number)})
    pipeline.execute()


def is_running(deployed: Deployment, container: dict[str, Any]) -> bool:
    return any(
        each["Id"] == container["Id"] and each["State"]["Status"] == "running"
        for each in deployed.containers("worker")
    )


def answers_searches(deployed: Deployment, checks: Verdicts) -> None:
    """`warraq search` in a container, with the key that may only search."""
    worker = str(deployed.containers("worker")[0]["Id"])
    said = deployed.execute(worker, "warraq", "search", "الميناء", "--json")
    checks.check("warraq search finds الميناء (the port)", SOURCE in said)


def sees_a_frozen_worker(deployed: Deployment, checks: Verdicts) -> None:
    """A process that is there but does nothing is unhealthy; one that goes on is well again."""
    worker = deployed.containers("worker")[-1]
    name = worker["Name"]

    def status() -> str:
        mine = [each for each in deployed.containers("worker") if each["Id"] == worker["Id"]]
        return str(mine[0]["State"]["Health"]["Status"])

    freeze(worker)
    began = time.monotonic()
    try:
        noticed = until(240, lambda: status() == "unhealthy")
    finally:
        thaw(worker)
    seconds = f"{name} after {time.monotonic() - began:.0f} s"
    checks.check("a frozen worker becomes unhealthy", noticed, seconds)
    checks.check("and healthy when it goes on", until(90, lambda: status() == "healthy"))


def goes_down_in_time_and_comes_back(deployed: Deployment, checks: Verdicts) -> None:
    """`down` while there is work: in time, by each one's own end; then all is done after `up`."""
    numbers = range(ARTICLES, ARTICLES + MORE_ARTICLES)
    add(deployed, numbers)
    began = time.time()
    down = deployed.compose("down")
    seconds = time.time() - began
    in_time = down.returncode == 0 and seconds <= GRACE_SECONDS
    checks.check("down in the middle of work, within the grace period", in_time, f"{seconds:.1f} s")
    ends = exit_codes(deployed, began)
    checks.check("no process had to be killed", bool(ends) and 137 not in ends.values(), ends)
    checks.check("down leaves no container", not deployed.containers())
    checks.say("docker compose up again, on the same volumes")
    deployed.compose("up", "--detach", "--no-build", "--scale", f"worker={WORKERS}")
    everything = set(article_ids(range(ARTICLES + MORE_ARTICLES)))
    all_there = until(180, lambda: found(deployed) >= everything)
    checks.check("after up again all are found", all_there, f"{len(found(deployed)):,}")
    checks.check("none twice", count(deployed) == len(everything), f"{count(deployed):,} documents")
    client = deployed.redis("worker")
    empty = until(60, lambda: client.xlen("warraq:articles") == 0)
    dead = client.xlen("warraq:dead")
    checks.check("the inbox is empty, nothing is a dead letter", empty and not dead, dead)


def exit_codes(deployed: Deployment, since: float) -> dict[str, int]:
    """Container → exit code of those that ended since that time (seconds of the epoch)."""
    lines = deployed.engine.podman(
        "events", "--stream=false", f"--since={int(since)}", "--filter=event=died", "--format=json"
    )
    events = [json.loads(line) for line in lines.splitlines() if line.strip()]
    return {each["Name"]: int(each.get("ContainerExitCode", 0)) for each in events}


def found(deployed: Deployment) -> set[str]:
    """The ids of our articles that a search finds."""
    body = {"size": 10_000, "query": {"term": {"source": SOURCE}}, "_source": ["article_id"]}
    try:
        hits = deployed.elasticsearch("/articles/_search", body)["hits"]["hits"]
    except OSError:  # still coming up
        return set()
    return {hit["_source"]["article_id"] for hit in hits}


def count(deployed: Deployment) -> int:
    """How many documents the alias holds."""
    return int(deployed.elasticsearch("/articles/_count")["count"])


def until(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether the condition came true within so many seconds."""
    deadline = time.monotonic() + seconds
    while not (came := condition()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return came


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""
