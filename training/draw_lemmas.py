"""Draws words for the gold set of lemmas: `python -m training.draw_lemmas NEWS... --out FILE`.

NEWS: one file (JSON Lines) a half, dev first. Content words are drawn uniformly over all words of
titles and bodies by a fixed seed, and the halves are mixed, so that a reader does not know which
one a word is of. Columns: item, url, field, start, end, word, and the word in its context.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from training.corpus import articles, body_of
from warraq.text.letters import LETTERS
from warraq.text.lexicon import lexicon_key
from warraq.text.tokens import tokens

SEED = 5
EACH = 320
NEIGHBOURS = 8  # words of context on either side

_ARABIC = re.compile(f"[{LETTERS}]{{2,}}")
# Particles, pronouns, demonstratives and relatives: nothing to learn from their lemmas.
FUNCTION = """
في من الي الى على علي عن مع ان انه انها انهم انني اننا لان لانه لانها كان و ف ب ل ك قد لقد لا لم
لن ما او ام ثم بل لكن لكنه لكنها هو هي هم هن نحن انا انت انتم هما هذا هذه ذلك تلك هؤلاء اولئك
الذي التي الذين اللذين اللتين اللذان اللاتي اللواتي حيث اذا اذ كما مما عما فيما ممن عند منذ حتي
حتى الا انما كي لكي هل يا ايها ايتها هنا هناك كيف متي متى اين لماذا ماذا لو لولا سوف اي ايا كلا
كلتا لدى لدي بين
"""
_PRONOUNS = ("", "ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم")
_FORMS = frozenset(
    before + word + pronoun
    for word in FUNCTION.split()
    for before in ("", "و", "ف", "ل", "ب", "ك", "ول", "وب", "وك", "فل", "ا", "لل")
    for pronoun in (_PRONOUNS if len(word) < 4 else ("",))
)


def items(file: Path, rng: random.Random) -> list[tuple[str, ...]]:
    """EACH content words of `file` and a few words around them, in the columns after the number."""
    spots: list[tuple[dict[str, Any], str, int, list[tuple[int, int]]]] = []
    for article in articles(file):
        for field in ("title", "body"):
            text = article["title"] if field == "title" else body_of(article)
            spans = [(span.start, span.end) for span in tokens(text or "")]
            for at, (start, end) in enumerate(spans):
                form = text[start:end]
                if _ARABIC.fullmatch(form) and lexicon_key(form) not in _FORMS:
                    spots.append((article, field, at, spans))
    found: list[tuple[str, ...]] = []
    for article, field, at, spans in rng.sample(spots, EACH):
        text = article["title"] if field == "title" else body_of(article)
        start, end = spans[at]
        first = spans[max(0, at - NEIGHBOURS)][0]
        last = spans[min(len(spans) - 1, at + NEIGHBOURS)][1]
        context = f"{text[first:start]}[[{text[start:end]}]]{text[end:last]}"
        place = (article["url"], field, str(start), str(end))
        found.append((*place, text[start:end], " ".join(context.split())))
    return found


def main(
    news: Annotated[list[Path], typer.Argument(help="JSON Lines: the dev half, the test half.")],
    out: Annotated[Path, typer.Option(help="Where the items go.")],
) -> None:
    """Draw the words that readers are to give the lemmas of."""
    rng = random.Random(SEED)
    drawn = [item for file in news for item in items(file, rng)]
    rng.shuffle(drawn)
    with out.open("w", encoding="utf-8") as written:
        written.write("item\turl\tfield\tstart\tend\tword\tcontext\n")
        for number, item in enumerate(drawn, 1):
            written.write("\t".join((f"L{number:03}", *item)) + "\n")


if __name__ == "__main__":
    typer.run(main)
