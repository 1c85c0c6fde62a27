"""Articles with the wrong thing in a field: types, sizes, ids, versions, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bad_inputs.bad_input import BadInput, as_json, fields_of, refused, taken

# Of each field all JSON types but its own; null is a field that is not there.
_SCALARS: dict[str, object] = {
    "true": True, "false": False, "zero": 0, "an integer": 7, "a negative integer": -1,
    "a fraction": 1.5, "a text": "نص", "an empty text": "", "a digit as text": "7",
}  # fmt: skip
_CONTAINERS: dict[str, object] = {
    "an empty array": [], "an array of texts": ["a"], "an array of numbers": [1],
    "an array of null": [None], "an array of arrays": [[]], "an empty object": {},
    "an object": {"a": 1}, "an object with its own name": {"value": "a", "type": "text"},
}  # fmt: skip
_VALUES = _SCALARS | _CONTAINERS
_TEXTS = {"a text", "an empty text", "a digit as text"}
_INTEGERS = {"zero", "an integer", "a negative integer"}
_ARRAYS = {"an empty array", "an array of texts"}
_OBJECTS = {"an empty object", "an object", "an object with its own name"}
# Field of the contract → the values above that are no fault in it.
_GOOD = {
    "contract": set[str](),
    "source": _TEXTS - {"an empty text"},
    "id": _TEXTS - {"an empty text"} | _INTEGERS,
    "url": set[str](),
    "title": _TEXTS,
    "body": _TEXTS,
    "published_at": set[str](),
    "updated_at": set[str](),
    "revision": _INTEGERS - {"a negative integer"},
    "author": _TEXTS,
    "section": _TEXTS,
    "tags": _ARRAYS,
    "language": set[str](),
    "extra": _OBJECTS,
    "deleted": {"true", "false"},
}
_BAD_LANGUAGES = (
    "arabic", "a", "ar_LY", "ar-", "-ar", "ar LY", "عربي", "ar-LY\n", "ar--LY", "ar-x", "en;q=0.8",
    "ar,en", "1a", "ar-" + "abcdefgh-" * 4,
)  # fmt: skip
_CONTROLS = ("\n", "\t", "\r", "\x00x\x1f", "\x1b[31m", "\x7f", "\x1f")


def inputs() -> Iterator[BadInput]:
    for field, good in _GOOD.items():
        for name in _VALUES.keys() - good:
            value = _VALUES[name]
            yield refused("a wrong type", f"{name} as {field}", field, **{field: value})
    yield from _missing()
    yield from _too_long()
    yield from _ids()
    yield from _versions()
    yield from _lists()


def _missing() -> Iterator[BadInput]:
    kind = "missing fields"
    yield BadInput(kind, "all", b"{}", "invalid-field", "source: Field required")
    yield BadInput(kind, "all, with spaces", b"{ }", "invalid-field", "source")
    for left in ({"source": "s"}, {"source": "s", "title": "خبر"}, {"source": "s", "id": None}):
        yield BadInput(kind, f"id and url, of {left}", as_json(left), "invalid-field", "id")
    for left in ({"id": "1"}, {"id": "2", "title": "خبر"}, {"id": "3", "source": None}):
        yield BadInput(kind, f"source, of {left}", as_json(left), "invalid-field", "source")
    nothing = dict.fromkeys(_GOOD)
    yield BadInput(kind, "all are null", as_json(nothing), "invalid-field", "source")
    for name, fields in {
        "title and body": {"title": None},
        "title and body, with tags": {"title": None, "tags": ["خبر"], "author": "كاتب"},
        "title is white space": {"title": " \t\u00a0\u3000\n"},
        "title is punctuation": {"title": "… ؟! — «»"},
        "body is diacritics": {"title": None, "body": "\u064b\u064c\u064d\u0651"},
        "body is tatweel": {"title": None, "body": "ـ" * 1_000},
        "body is emoji": {"title": "", "body": "😀😀😀"},
        "body is invisible": {"title": "", "body": "\u200b\u200f\u2060\ufeff"},
        "body is NUL": {"title": "", "body": "\u0000\u0000"},
        "body is empty tags": {"title": "", "body": "<p></p><div><br></div>"},
        "body is a script": {"title": "", "body": "<script>alert('خبر')</script>"},
        "body is a comment": {"title": "", "body": "<p><!-- خبر --></p>"},
        "body is a picture": {"title": "", "body": "<img src='a.jpg'>"},
        "body is entities of nothing": {"title": "", "body": "&nbsp;&#8203;&zwnj;&shy;"},
    }.items():
        yield BadInput("no text", name, as_json(fields_of(**fields)), "empty", "letter or digit")


def _too_long() -> Iterator[BadInput]:
    for field, most, letter in (
        ("source", 200, "م"), ("id", 512, "7"), ("title", 2_000, "ع"), ("body", 500_000, "ن"),
        ("author", 500, "ك"), ("section", 200, "ق"), ("url", 4_096, "a"), ("language", 35, "a"),
    ):  # fmt: skip
        for length in (most + 1, most * 3):
            begun = {"url": "http://a.b/", "language": "ar-"}.get(field, "")
            value = begun + letter * (length - len(begun))
            says = "the limit is" if field == "body" else "characters"
            yield refused("too long", f"{field} of {length:,}", says, **{field: value})
        if field not in ("language", "source"):
            value = {"url": "http://a.b/"}.get(field, "")
            value += letter * (most - len(value))
            yield taken("as long as may be", f"{field} of {most:,}", **{field: value})
            if field not in ("url", "body"):
                wide = "😀" * (most - 1) + "ع"
                yield taken("as long as may be", f"{field} of {most:,} emoji", **{field: wide})
    yield taken("as long as may be", "body of emoji", body="😀" * 100_000)


def _ids() -> Iterator[BadInput]:
    for field in ("source", "id"):
        for number, control in enumerate(_CONTROLS):
            yield refused("control characters in names", f"{field} {number}", field,
                          **{field: f"a{control}b"})  # fmt: skip
        yield refused("control characters in names", f"{field} alone", field, **{field: "\x1f"})
    yield refused("control characters in names", "a tag", "tags", tags=["a\nb"])
    for name in ("\x00", "\x00\x00"):
        yield refused("control characters in names", f"source is {name!r}", "source", source=name)
        yield refused("control characters in names", f"id is {name!r}", "id", id=name)
    for name in (
        " ", "\u200b", "\u202e", "\ufeff", "../../etc/passwd", "'; DROP TABLE articles; --",
        "*", "_all",
        "a/b", "a,b", "<script>", "%00", "\ud800", "ـ", "\u064b", "null", "0", "-1", "😀",
        "مصدر", "\ufffe",
        "{{7*7}}", "${x}", "$(id)", "`id`", "\\", '"', "..", "_doc", "a\u2028b", "\u00a0", "İ", "ﷺ",
    ):  # fmt: skip
        yield taken("odd ids", repr(name), id=name)
        yield taken("odd sources", repr(name), source=f"bad-{name}")


def _versions() -> Iterator[BadInput]:
    kind = "bad versions"
    for name, value in {
        "2^63": 2**63, "2^64": 2**64, "10^30": 10**30, "-2^63": -(2**63), "-1": -1, "1.0": 1.0,
        "0.5": 0.5, "1e3": 1e3, "1e300": 1e300, "text": "7", "an Arabic digit": "٧", "true": True,
    }.items():  # fmt: skip
        yield refused(kind, f"revision {name}", "revision", revision=value)
    for moment in ("1969-12-31T23:59:59Z", "1500-01-01", "1970-01-01T00:00:00+00:01"):
        yield refused(kind, f"updated_at {moment}", "updated_at", updated_at=moment)
    for number in (0, 1, 2**31, 2**53 + 1, 2**63 - 1):
        yield taken("odd versions", f"revision {number}", revision=number)
    for number in (0, 2, 3, -1, 10, 2**70):
        yield refused("bad versions", f"contract {number}", "contract", contract=number)
    # A source counts its versions in one way, that of its first article.
    for first, then in (({}, {"revision": 1}), ({"revision": 1}, {"updated_at": "2018-01-08"})):
        source = f"bad-mix-{len(first)}"
        yield taken("mixed versions", f"the first has {[*first]}", source=source, **first)
        mixed = as_json(fields_of(source=source, **then))
        yield BadInput(
            "mixed versions", f"then {[*then]}", mixed, "mixed-versions", "do not compare"
        )


def _lists() -> Iterator[BadInput]:
    kind = "bad tags and languages"
    yield refused(kind, "101 tags", "100 items", tags=["وسم"] * 101)
    yield refused(kind, "100,000 tags", "tags", tags=["وسم"] * 100_000)
    yield refused(kind, "100,000 wrong tags", "tags", tags=[7] * 100_000)
    yield refused(kind, "an empty tag", "tags", tags=["وسم", ""])
    yield refused(kind, "a tag of 201", "tags", tags=["و" * 201])
    yield refused(kind, "a number among tags", "tags", tags=["وسم", 2018])
    yield refused(kind, "null among tags", "tags", tags=[None])
    yield refused(kind, "tags with commas, as text", "tags", tags="وسم، آخر")
    yield taken(kind, "100 equal tags", tags=["وسم"] * 100)
    yield taken(kind, "100 tags of 200 emoji", tags=["😀" * 200] * 100)
    for language in _BAD_LANGUAGES:
        yield refused(kind, f"language {language!r}", "language", language=language)
    for language in ("AR", "ara", "ar-Arab-LY", "zz", "xx-YY", "und"):
        yield taken(kind, f"language {language!r}", language=language)
