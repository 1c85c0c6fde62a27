"""Fit the weights of the search's views, cross-validated: `python -m training.fit_search FOLDER…`.

FOLDER: a collection in BEIR's form, see `training.make_beir`. Each goes into a scratch index, as
`warraq evaluate` fills it; each query is asked once, and what every view says of each candidate is
kept. So other weights are other sums of the same numbers, and need no search. Only the candidates
are those of the present weights.

Printed, as rows of Markdown: each view alone, all with the present weights, all and all but one
with fitted weights (of queries that those were not fitted on), and the weights fitted on all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from config.settings import load_settings
from warraq.cli.evaluate import installation
from warraq.cli.opening_index import administration
from warraq.index.client import elasticsearch_errors
from warraq.search import ranking
from warraq.search.evaluation.beir import Collection, read
from warraq.search.evaluation.systems import Warraq, warraq

Floats = NDArray[np.float64]
Chosen = NDArray[np.bool_]

PRESENT = ranking.VIEW_WEIGHTS | ranking.ORDER_WEIGHTS
VIEWS = tuple(PRESENT)
CANDIDATES = 200
GRID = (0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.25, 1.5, 2, 3)
_ROUNDS = 4
_LEAST_GAIN = 1e-5  # of nDCG: less is one query moved by one place near the tenth


@dataclass(frozen=True, slots=True)
class Asked:
    """The queries of a collection, and what the views say of the candidates of each.

    scores: query × candidate × view, 0 where it did not find the candidate; candidates as they
    came. grades: query × candidate. ideal: by query, DCG@10 of the best order that there can be.
    answers: by query, how many there are, found or not.
    """

    name: str
    scores: Floats
    grades: Floats
    ideal: Floats
    answers: Floats

    def worth(self, weights: Floats) -> tuple[Floats, Floats]:
        """(nDCG@10, R@100) of each query, if candidates stand by the sum of weighted scores."""
        sums = self.scores @ weights
        query, candidate = np.nonzero(self.grades)
        grade = self.grades[query, candidate]
        others, own = sums[query], sums[query, candidate]
        came_first = np.arange(sums.shape[1]) < candidate[:, None]
        ahead = (others > own[:, None]) | ((others == own[:, None]) & came_first)
        place = 1 + ahead.sum(axis=1)
        gain = np.where((place <= 10) & (own > 0), grade / np.log2(place + 1), 0)
        found = (place <= 100) & (own > 0)
        queries = len(sums)
        return (
            np.bincount(query, weights=gain, minlength=queries) / self.ideal,
            np.bincount(query, weights=found, minlength=queries) / self.answers,
        )

    def fold(self, number: int, of: int) -> Chosen:
        """Which queries are in fold `number`: one in every `of`."""
        inside: Chosen = np.arange(len(self.scores)) % of == number
        return inside


def ask(system: Warraq, name: str, collection: Collection) -> Asked:
    """Asks all queries of `collection`, which `system` is filled with."""
    size = (len(collection.queries), CANDIDATES)
    scores, grades = np.zeros((*size, len(VIEWS))), np.zeros(size)
    ideal, answers = np.zeros(size[0]), np.zeros(size[0])
    for query, (query_id, typed) in enumerate(collection.queries.items()):
        graded = {text: grade for text, grade in collection.grades[query_id].items() if grade > 0}
        best = np.sort(list(graded.values()))[::-1][:10]
        ideal[query] = (best / np.log2(np.arange(len(best)) + 2)).sum()
        answers[query] = len(graded)
        for place, (text, said) in enumerate(_candidates(system, typed)):
            grades[query, place] = graded.get(text, 0)
            scores[query, place] = [said.get(_name(view), 0) / PRESENT[view] for view in VIEWS]
    return Asked(name, scores, grades, ideal, answers)


def _candidates(system: Warraq, typed: str) -> Iterator[tuple[str, dict[str, float]]]:
    """(text's id, score by name of view), best first; all of `typed` is words."""
    clauses = ranking.by_view(system.set_up.repair(typed).text)
    named = [{"bool": {"must": [asked], "_name": _name(view)}} for view, asked in clauses.items()]
    with elasticsearch_errors():
        answer = system.client.search(
            index=system.set_up.layout.alias,
            query={"bool": {"should": named}},
            size=CANDIDATES,
            source=False,
            docvalue_fields=[{"field": "article_id"}],
            include_named_queries_score=True,
        )
    for hit in answer["hits"]["hits"]:
        yield hit["fields"]["article_id"][0], hit["matched_queries"]


def fit(asked: Sequence[Asked], views: Iterable[int], chosen: Sequence[Chosen]) -> Floats:
    """Weights of all views, 0 of those not in `views`, the largest 1, by coordinate ascent.

    What rises is the mean over the collections of nDCG@10 of the `chosen` queries of each.
    Metzler and Croft 2007, "Linear feature-based models for information retrieval".
    """
    wanted = list(views)
    weights = np.zeros(asked[0].scores.shape[2])
    weights[wanted] = 1

    def goal(tried: Floats) -> float:
        return float(
            np.mean([a.worth(tried)[0][c].mean() for a, c in zip(asked, chosen, strict=True)])
        )

    best = goal(weights)
    for _ in range(_ROUNDS):
        before = best
        for view in wanted:
            for weight in GRID:
                tried = weights.copy()
                tried[view] = weight
                reached = goal(tried) if tried.any() else 0
                if reached > best + _LEAST_GAIN:
                    best, weights = reached, tried
        if best == before:
            break
    weights /= weights.max()
    return weights


Worth = list[tuple[Floats, Floats]]


def held_out(asked: Sequence[Asked], views: Sequence[int], folds: int) -> Worth:
    """(nDCG@10, R@100) of each query by collection, with weights fitted on the other folds."""
    worth: Worth = [(np.zeros(len(a.scores)), np.zeros(len(a.scores))) for a in asked]
    for number in range(folds):
        inside = [a.fold(number, folds) for a in asked]
        weights = fit(asked, views, [~fold for fold in inside])
        for a, fold, measured in zip(asked, inside, worth, strict=True):
            for kept, by_query in zip(measured, a.worth(weights), strict=True):
                kept[fold] = by_query[fold]
    return worth


def report(asked: Sequence[Asked], folds: int) -> Iterator[str]:
    """Rows of Markdown: nDCG@10 and R@100 of each collection, their means, the weights."""
    every = [np.ones(len(a.scores), dtype=np.bool_) for a in asked]
    each = range(len(VIEWS))
    names = [_name(view) for view in VIEWS]

    def with_weights(weights: Floats) -> Worth:
        return [a.worth(weights) for a in asked]

    yield _row("", *(f"{a.name} | " for a in asked), "mean | ", *names)
    yield "|---" * (1 + 2 * len(asked) + 2 + len(names)) + "|"
    for view in each:
        yield _row(f"{names[view]} alone", *_points(with_weights(np.eye(len(VIEWS))[view])))
    present = np.array([PRESENT[view] for view in VIEWS])
    yield _row("present weights", *_points(with_weights(present)), *_shown(present))
    for left_out in (None, *each):
        views = [view for view in each if view != left_out]
        label = "all" if left_out is None else f"without {names[left_out]}"
        weights = fit(asked, views, every)
        yield _row(f"{label}, held out", *_points(held_out(asked, views, folds)), *_shown(weights))
        if left_out is None:
            yield _row("all, fitted on all", *_points(with_weights(weights)), *_shown(weights))


def _points(worth: Worth) -> Iterator[str]:
    means = np.array([[by_query.mean() for by_query in measures] for measures in worth])
    for value in (*means.ravel(), *means.mean(axis=0)):
        yield f"{100 * value:.2f}"


def _shown(weights: Floats) -> Iterator[str]:
    return (f"{weight:.2g}" for weight in weights)


def _name(view: str) -> str:
    return view or "words"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="In BEIR's form.")],
    folds: Annotated[int, typer.Option(min=2, help="Parts that the queries are put in.")] = 4,
) -> None:
    """Print what weights of the search's views are worth, and the best there are."""
    settings = load_settings()
    asked = []
    with administration(settings).connect() as client:
        for folder in folders:
            collection = read(folder)
            with warraq(client, installation(settings), collection.texts) as system:
                asked.append(ask(system, folder.name, collection))
    for line in report(asked, folds):
        typer.echo(line)


if __name__ == "__main__":
    typer.run(main)
