"""What people type: words, "phrases" and -exclusions. Everything else in it is text.

    طرابلس السراج          articles with these words (Tripoli, al-Sarraj)
    "الجيش الليبي"          these words side by side (the Libyan army); «…» and “…” do the same
    -تونس, -"سوق الأسهم"     not the articles with this word (Tunis) or phrase (the stock market)

There is no syntax to get wrong: a quotation mark without its partner, brackets, colons, operators
of other engines are text, and text without a letter or digit asks for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from warraq.errors import WarraqError
from warraq.text.edits import EditedText
from warraq.text.joins import JoinedWords
from warraq.text.letters import INVISIBLE
from warraq.text.normalize import fold
from warraq.text.repair import repaired

LONGEST_QUERY = 1_000
"""In characters. Elasticsearch makes several clauses of each word, and bounds their number."""

# Articles have guillemets reversed and mixed («العزيزية», »العزيزية«), so every mark is one mark.
_QUOTATION_MARKS = dict.fromkeys(map(ord, "«»“”„‟″＂"), '"')
# Control characters part words; lone surrogates come from a terminal that does not speak UTF-8.
_NOT_TEXT = {**dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)), " ")}
# Keyboards for right-to-left writing leave these before a minus or a quotation mark.
_HIDDEN = dict.fromkeys(map(ord, INVISIBLE))
_TERM = re.compile(r'(?P<minus>(?<!\S)[-−](?=\S))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+|"))')


class BadQuery(WarraqError):
    """A search that cannot be made as it was asked for; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, parted.

    words: most of them must be in an article. phrases: each must be. without: none may be.
    All may have `PART_MARK` in them, where the space between two words was lost.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def asks_for_nothing(self) -> bool:
        """Nothing was typed that an article could have."""
        return not self.words and not self.phrases


QueryRepair = Callable[[str], EditedText]


def as_articles(joins: JoinedWords) -> QueryRepair:
    """Repairs queries as articles are, so that و15 is و 15 in both.

    `PART_MARK` stands between words that lost their space.
    """

    def repair(text: str) -> EditedText:
        edited = repaired(text)
        (marks,) = joins.edits(edited.text)
        return edited.edited(marks)

    return repair


def parse(typed: str, repair: QueryRepair = EditedText) -> Query:
    """The query that `typed` means. Raises BadQuery if it is too long, and only then.

    repair: of what was typed, or copied. It may part a term, but never makes two of one: else
    -عام2019 would ask for 2019.
    """
    if len(typed) > LONGEST_QUERY:
        raise BadQuery(
            f"the query has {len(typed):,} characters; {LONGEST_QUERY:,} are the most that can be"
        )
    text = typed.translate(_NOT_TEXT).translate(_HIDDEN).translate(_QUOTATION_MARKS)
    edited = repair(text)
    words: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    for term in _TERM.finditer(text):
        place = edited.to_text(*term.span("word" if term["phrase"] is None else "phrase"))
        said = " ".join(edited.text[slice(*place)].split())
        if not any(map(str.isalnum, fold(said))):
            continue
        if term["minus"]:
            without.append(said)
        elif term["phrase"]:
            phrases.append(said)
        else:
            words += said.split()
    return Query(*(tuple(dict.fromkeys(terms)) for terms in (words, phrases, without)))
