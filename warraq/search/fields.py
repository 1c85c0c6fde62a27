"""The fields that can be asked for by name, `person:حفتر`: the one home of their names.

docs/search.md shows this table, and a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from warraq.text.normalize import fold

Kind = Literal["words", "keyword", "country", "language", "published", "mentioned", "lemma", "root"]
"""How a value is read: words in any spelling, the very text, a code, days, or by morphology."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the index under the names that are typed.

    names: the first is the one we speak of; Latin ones in lower case. index: where to look, in one
    of them. in_text: whether who has it has most likely its words in the text too.
    """

    names: tuple[str, ...]
    index: tuple[str, ...]
    kind: Kind
    example: str
    in_text: bool = False

    @property
    def name(self) -> str:
        return self.names[0]


FIELDS = (
    Field(("title", "عنوان"), ("title", "title.stem"), "words", "title:طرابلس"),
    Field(("person", "شخص"), ("persons.words",), "words", 'person:"خليفة حفتر"', in_text=True),
    Field(
        ("organization", "org", "منظمة"),
        ("organizations.words",),
        "words",
        "organization:الناتو",
        in_text=True,
    ),
    Field(("place", "مكان"), ("places.words",), "words", "place:بنغازي", in_text=True),
    Field(("country", "دولة", "بلد"), ("countries",), "country", "country:ليبيا"),
    Field(("speaker", "متحدث"), ("speakers.words",), "words", "speaker:السراج", in_text=True),
    Field(("keyword", "مفتاح"), ("keywords.words",), "words", "keyword:النفط", in_text=True),
    Field(("source", "مصدر"), ("source",), "keyword", "source:sada-al-sahil"),
    Field(("author", "كاتب"), ("author",), "words", 'author:"سالم العبيدي"'),
    Field(("section", "قسم"), ("section.words",), "words", "section:رياضة"),
    Field(("tag", "tags", "وسم"), ("tags.words",), "words", "tag:اقتصاد"),
    Field(("lang", "language", "لغة"), ("language",), "language", "lang:ar"),
    Field(("date", "تاريخ"), ("published_at",), "published", "date:2018-01..2018-03"),
    Field(("mentions", "يذكر"), ("mentions",), "mentioned", "mentions:2018-01-08"),
    Field(("lemma", "مدخل"), ("lemmas",), "lemma", "lemma:كتاب", in_text=True),
    Field(("root", "جذر"), ("roots",), "root", "root:كتب"),
)

_BY_NAME = {fold(name): field for field in FIELDS for name in field.names}
_SURELY_MEANT = 0.8


def is_latin(name: str) -> bool:
    """Whether `name` looks like a field rather than like text: two lower-case letters or more."""
    return len(name) > 1 and name.isascii() and name.isalpha() and name.islower()


def named(name: str) -> Field | None:
    """The field of that name; a Latin one has to be in lower case, for `CNN:` is text."""
    return _BY_NAME.get(fold(name)) if is_latin(name) or not name.isascii() else None


def nearest(name: str, *, surely: bool = False) -> str | None:
    """The name of a field that is spelt like `name`. surely: one letter or so may be wrong."""
    latin = [one for field in FIELDS for one in field.names if one.isascii()]
    found = get_close_matches(name, latin, n=1, cutoff=_SURELY_MEANT if surely else 0.6)
    return found[0] if found else None
