"""The likeliest labels of a run of words, by Viterbi's algorithm."""

from __future__ import annotations

from collections.abc import Sequence

from warraq.analysis.entities.weights import LABELS, WIDTH


class Ways:
    """Viterbi's algorithm over the transitions between labels; an I follows its B or I alone."""

    def __init__(self, transitions: dict[tuple[str, str], float]) -> None:
        def weights(behind: str) -> tuple[float, ...]:
            return tuple(transitions.get((before, behind), 0.0) for before in LABELS)

        # Relative to the way from no name to none, so that words in no name cost nothing.
        usual = transitions.get(("O", "O"), 0.0)
        self._to = {label: tuple(one - usual for one in weights(label)) for label in LABELS}

        leave = max(self._to["O"][1:])
        self._enter = max(self._to[LABELS[at]][0] for at in (1, 3, 5)) + leave
        self._go_on = max(max(self._to[LABELS[at]][1:]) for at in (2, 4, 6))
        self._again = max(max(self._to[LABELS[at]][1:]) for at in (1, 3, 5))

    def _most(self, run: Sequence[Sequence[float]]) -> float:
        """What names in the run may gain over none at the most."""
        begin, gain = -1e9, 0.0
        for scores in run:
            begin = max(begin, scores[0], scores[2], scores[4])
            inside = max(scores[1], scores[3], scores[5]) + self._go_on
            other = max(scores[0], scores[2], scores[4]) + self._again
            gain += max(0.0, inside, other)
        return begin + self._enter + gain

    def likeliest(self, run: Sequence[Sequence[float]]) -> list[int]:
        """The labels of a run of words before and behind which there is no name."""
        if self._most(run) <= 0:
            return [0] * len(run)
        to = self._to
        none = to["O"]
        begins = [(label, to[LABELS[label]]) for label in (0, 1, 3, 5)]
        insides = [
            (label, to[LABELS[label]][label - 1], to[LABELS[label]][label]) for label in (2, 4, 6)
        ]
        best = [0.0, *[-1e9] * WIDTH]
        came: list[list[int]] = []
        for scores in run:
            sources = [0] * (WIDTH + 1)
            reached = [0.0] * (WIDTH + 1)
            a, b, c, d, e, f, g = best
            for label, weights in begins:  # spelled out: most of the time goes here
                h, i, j, k, m, n, o = weights
                ways = (a + h, b + i, c + j, d + k, e + m, f + n, g + o)
                top = max(ways)
                reached[label] = top + scores[label - 1] if label else top
                sources[label] = ways.index(top)
            for label, from_begin, from_inside in insides:
                begun, gone_on = best[label - 1] + from_begin, best[label] + from_inside
                if begun > gone_on:
                    reached[label], sources[label] = begun + scores[label - 1], label - 1
                else:
                    reached[label], sources[label] = gone_on + scores[label - 1], label
            best = reached
            came.append(sources)
        last = [one + other for one, other in zip(best, none, strict=True)]
        label = last.index(max(last))
        labels = []
        for sources in reversed(came):
            labels.append(label)
            label = sources[label]
        labels.reverse()
        return labels
