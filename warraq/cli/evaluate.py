"""`warraq evaluate DIR`: how well the search finds, beside Elasticsearch's own analyzers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from config.settings import Settings, load_settings
from warraq.analysis.encoder import load
from warraq.analysis.pipeline import Pipeline, steps
from warraq.article import Contract
from warraq.cli.opening_index import administration, layout
from warraq.cli.terminal import harmless
from warraq.errors import WarraqError
from warraq.search import as_articles
from warraq.search.evaluation.beir import Collection, read
from warraq.search.evaluation.evaluate import BASELINES, OURS, Measured, Report
from warraq.search.evaluation.evaluate import evaluate as compare
from warraq.search.evaluation.scores import MEASURES, Difference, trec_lines
from warraq.search.evaluation.systems import Installation
from warraq.text.damage import KINDS
from warraq.text.joins import JoinedWords


def evaluate(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="In BEIR's form: corpus.jsonl, queries.jsonl, qrels/test.tsv.",
        ),
    ],
    *,
    damage: Annotated[
        str | None,
        typer.Option(metavar="KIND", help=f"Damage the texts first: {', '.join(KINDS)}."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the damage: the same seed damages alike.")] = 0,
    run: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what Warraq found there, as a run of TREC."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document, in fractions.")
    ] = False,
) -> None:
    """Measure the search on a collection of which is known what answers what.

    Fills scratch indices, one by what fills and searches the real one, two plain ones with the
    analyzers "standard" and "arabic" of Elasticsearch, and removes them at the end. The real index
    is not touched. Needs the administrator's password and the extra "evaluate".
    """
    if damage is not None and damage not in KINDS:
        raise typer.BadParameter(f"no damage is called {damage}; there are: {', '.join(KINDS)}")
    settings = load_settings()
    collection = read(folder)
    if damage is not None:
        collection = collection.damaged(damage, seed)
    report = _compared(settings, collection)
    _tell_refused(report)
    if as_json:
        typer.echo(json.dumps(_document(report), indent=2))
    else:
        damaged = f", damaged: {damage}, seed {seed}" if damage else ""
        what = f"{len(collection.queries):,} queries, {len(collection.texts):,} texts{damaged}"
        typer.echo("\n".join((what, "", *_table(report))))
    if run is not None:
        _write_run(run, report)


def _compared(settings: Settings, collection: Collection) -> Report:
    console = Console(highlight=False, stderr=True)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, disable=not console.is_terminal,
    )  # fmt: skip
    tasks = {
        name: bar.add_task(what, total=None)
        for name, what in (
            *((name, f"queries, {name}") for name in BASELINES),
            ("texts", f"texts, {OURS}"),
            (OURS, f"queries, {OURS}"),
        )
    }
    with administration(settings).connect() as client, bar:
        return compare(
            client,
            collection,
            installation(settings),
            lambda name, done, of: bar.update(tasks[name], completed=done, total=of),
        )


def installation(settings: Settings) -> Installation:
    """Warraq as these settings make workers and `warraq search`."""
    encoder = load(settings.encoder)
    return Installation(
        layout=layout(settings),
        pipeline=Pipeline(
            steps(settings.joins_confidence, headings=settings.run_in_headings, encoder=encoder),
            off=settings.steps_off,
        ),
        contract=Contract(
            payload_bytes=settings.payload_bytes,
            body_characters=settings.body_characters,
            timezone=settings.zone,
        ),
        repair=as_articles(JoinedWords(settings.joins_confidence)),
        timezone=settings.timezone,
        encoder=encoder,
    )


def _tell_refused(report: Report) -> None:
    for name, measured in report.systems.items():
        for what, refused in (
            ("texts", measured.refused_texts),
            ("queries", measured.refused_queries),
        ):
            for number, (one, why) in enumerate(refused.items()):
                if number == 0:
                    sys.stderr.write(
                        harmless(
                            f"{name} refused {len(refused):,} of the {what}, first {one}: {why}"
                        )
                        + "\n"
                    )


def _write_run(file: Path, report: Report) -> None:
    try:
        with file.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(trec_lines(report.systems[OURS].run, OURS))
    except OSError as error:
        raise WarraqError(f"{file} cannot be written: {error.strerror}") from None


def _document(report: Report) -> dict[str, Any]:
    """Each system under its own name; then what Warraq is ahead of the others."""
    return {
        **{name: _figures(measured) for name, measured in report.systems.items()},
        "differences": {
            f"{OURS} - {baseline}": {
                name: {"difference": one.difference, "p": one.p}
                for name, one in report.over(baseline).items()
            }
            for baseline in BASELINES
        },
    }


def _figures(measured: Measured) -> dict[str, float | None]:
    return {**measured.means, "ms": measured.median_ms, "ms_p95": measured.p95_ms}


def _table(report: Report) -> Iterator[str]:
    """In points of a hundred."""
    yield _row("", *MEASURES, "ms", "p95")
    for name, measured in report.systems.items():
        points = (f"{100 * measured.means[measure]:.1f}" for measure in MEASURES)
        yield _row(name, *points, _ms(measured.median_ms), _ms(measured.p95_ms))
    for baseline in BASELINES:
        ahead = [report.over(baseline)[measure] for measure in MEASURES]
        yield ""
        yield _row(f"over {baseline}", *(f"{100 * one.difference:+.1f}" for one in ahead))
        yield _row("  p", *map(_p, ahead))


def _row(name: str, *cells: str) -> str:
    return (f"{name:<14}" + "".join(f"{cell:>9}" for cell in cells)).rstrip()


def _ms(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds:g}"


def _p(one: Difference) -> str:
    return "–" if one.p is None else f"{one.p:.1g}"
