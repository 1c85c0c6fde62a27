"""Run-in headings: sub-headings whose line ends were lost, on lines of their own again.

    … في مكانها الصحيح. رؤية واضحة وقال مدير المركز إن …
    … in its right place. A clear vision And the head of the centre said that …

After a full stop a few words without a verb, and then "and … said" with a subject of its own: no
sentence begins so, for "and" has nothing to join. Only this is looked for; most headings run into
words that could go on with them, and stay in their line (docs/decisions/0073-boilerplate.md has
the figures).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from warraq.text.edits import Edit

_SAID = (
    "قال|قالت|أضاف|أضافت|أوضح|أوضحت|أكد|أكدت|أكَّد|أكَّدت|أشار|أشارت|بيّن|بيَّن|بيّنت|ذكر|ذكرت|تابع|تابعت|"
    "لفت|لفتت|أعلن|أعلنت|شدد|شددت|نوه|نوهت|اعتبر|اعتبرت|رأى|رأت|كشف|كشفت|صرح|صرحت"
)
_WORD = r"[^\W\d_]++"
_SPACE = r"[^\S\n]++"
_RUN_IN = re.compile(
    rf"(?<=[.!؟])[\"»”]?(?P<before>{_SPACE})(?P<heading>{_WORD}(?:{_SPACE}{_WORD}){{1,4}}?)"
    rf"(?P<after>{_SPACE})(?=و(?:{_SAID})\s++(?P<subject>{_WORD})|"
    r"من (?:جهته|جهتها|جانبه|جانبها|ناحيته)\b)"
)
# With these a sentence goes on: "and said that", "and said in", "and announced its support".
_NO_SUBJECT = re.compile(
    r"(?:[إأا]نّ?(?:ه|ها|هم)?|إلى|الى|في|عن|على|لي|له|لها|من|خلال|ذلك|هذا|هذه|كذلك|أيضا|أيضاً|كما|"
    r"بأن.*|قائلا.*|.+ه)"
)
# A heading is a noun with what belongs to it; these begin or make sentences.
_NO_HEADING = frozenset({
    "قد", "لم", "لن", "لا", "ما", "إن", "أن", "في", "من", "على", "عن", "إلى", "هذا", "هذه", "ذلك",
    "تلك", "هو", "هي", "هم", "هن", "بل", "ثم", "حيث", "بينما", "عندما", "لكن", "حتى", "منذ",
    "خلال", "بعد", "قبل", "مع", "أما", "كما", "قال", "كان", "كانت", "ليس", "ليست", "دون", "إلا",
    "مما", "هناك", "ربما", "رواه", "تم", "تمت", "جرى", "عاد", "دفن", "أجري", "أجريت", "الذي",
    "التي", "الذين", "أنه", "إنه", "أنها", "إنها", "بدأ", "بدأت", "لكنه", "فيه", "فيها", "يكون",
    "أكد", "المعروف", "البالغ",
})  # fmt: skip
_JOINED_TO_WHAT_WAS_SAID = ("و", "ف", "ل", "س", "است")


def run_in_headings(text: str) -> Iterator[Edit]:
    """Edits that put each run-in heading of `text` on a line of its own."""
    for found in _RUN_IN.finditer(text):
        words = found["heading"].split()
        subject = found["subject"]
        if (
            words[0].startswith(_JOINED_TO_WHAT_WAS_SAID)
            or not _NO_HEADING.isdisjoint(words)
            or (subject is not None and _NO_SUBJECT.fullmatch(subject))
        ):
            continue
        for side in ("before", "after"):
            yield Edit(
                "run-in-heading",
                *found.span(side),
                found[side],
                "\n",
                0.95,
                "a heading that lost its line",
            )
