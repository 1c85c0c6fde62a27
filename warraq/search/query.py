"""What people type → a query: words, and what is asked for beside them.

    طرابلس السراج           articles with these words (Tripoli, al-Sarraj)
    "الجيش الليبي"           these words side by side (the Libyan army); «…» and “…” do the same
    -تونس, -"سوق الأسهم"      not the articles with this word (Tunis) or phrase (the stock market)
    طرابلس أو بنغازي         one of the two (Tripoli or Benghazi); OR and | do the same
    مسدس*                   words that begin so (pistol, pistols)
    =علي, ="على متن"         the very letters (Ali, not على; "on board")
    person:حفتر              a field of `warraq.search.fields` with this value

Most of what is typed is titles that were pasted, and questions. So beside more than a few words
(`FEW_BESIDE_PHRASES`, `FEW_WORDS`) nothing has to be in an article that may be plain text: a phrase
only helps, أو is a word, and so is an Arabic word with a colon. Brackets and operators of other
engines are always text.
"""

from __future__ import annotations

from collections.abc import Callable

from warraq.search.pieces import readable
from warraq.search.reading import Reader
from warraq.search.terms import BadQuery, Query
from warraq.text.edits import EditedText
from warraq.text.joins import JoinedWords
from warraq.text.repair import repaired
from warraq.text.tokens import Span

__all__ = ["LONGEST_QUERY", "BadQuery", "Query", "QueryRepair", "as_articles", "parse"]

LONGEST_QUERY = 1_000
"""In characters. Elasticsearch makes several clauses of each word, and bounds their number."""

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
    """The query that `typed` means.

    repair: of what was typed, or copied. It may part a term, but never makes two of one: else
    -عام2019 would ask for 2019.

    Raises BadQuery, with the place of the fault, if `typed` is too long, has too many terms, an
    unknown field, a value that the field cannot have, or a prefix of one letter.
    """
    if len(typed) > LONGEST_QUERY:
        raise BadQuery(
            f"the query has {len(typed):,} characters; {LONGEST_QUERY:,} are the most that can be",
            Span(LONGEST_QUERY, len(typed)),
        )
    text, places = readable(typed)
    return Reader(text, places, repair(text)).query()
