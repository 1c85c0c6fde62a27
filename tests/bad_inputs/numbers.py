"""Nesting, huge numbers, keys: JSON that is JSON, and yet too much."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bad_inputs.bad_input import INDEXED, BadInput, as_json, fields_of, refused, taken


def inputs() -> Iterator[BadInput]:
    yield from _nested()
    yield from _huge_numbers()
    yield from _twice()
    yield from _keys()
    yield from _extra()


def _nested() -> Iterator[BadInput]:
    for depth in (5_000, 100_000, 1_000_000):
        for name, opening, closing in (("arrays", b"[", b"]"), ("objects", b'{"a":', b"1}")):
            whole = opening * depth + (b"0" if name == "objects" else b"")
            yield BadInput("nested deeply", f"{depth:,} {name}, unclosed", whole, "too-deep")
            closed = whole + closing[-1:] * depth
            yield BadInput("nested deeply", f"{depth:,} {name}", closed, "too-deep")
            for field in ("title", "extra", "unknown"):
                raw = as_json(fields_of())[:-1] + b',"%s":%s}' % (field.encode(), closed)
                yield BadInput("nested deeply", f"{depth:,} {name} in {field}", raw, "too-deep")
    for depth in (6, 7, 50, 500):
        value: object = 1
        for _ in range(depth):
            value = {"a": value}
        yield refused("nested deeply", f"{depth} objects in extra", "extra", extra=value)
        yield taken("nested deeply", f"{depth} objects in an unknown field", unknown=value)
        listed: object = 1
        for _ in range(depth):
            listed = [listed]
        yield refused("nested deeply", f"{depth} arrays in extra", "extra", extra={"a": listed})
        yield refused("nested deeply", f"{depth} arrays as title", "title", title=listed)


_ENDLESS = ("9" * 5_000, "-" + "9" * 100_000)
"""More digits than Python reads."""
_HUGE = ("1e309", "-1e309", "1e999999999", "9" * 400, "9" * 4_000, *_ENDLESS,
         "9223372036854775808", "-9223372036854775809", "18446744073709551616",
         "1" + "0" * 5_000 + "e5")  # fmt: skip


def _huge_numbers() -> Iterator[BadInput]:
    for number in _HUGE:
        shown = number if len(number) < 30 else f"{number[:2]}… of {len(number):,} digits"
        for field in ("revision", "title", "extra", "deleted"):
            value = f'{{"a":{number}}}' if field == "extra" else number
            raw = as_json(fields_of())[:-1] + f',"{field}":{value}}}'.encode()
            says = "digits; send it as text" if number in _ENDLESS else field
            yield BadInput("huge numbers", f"{shown} in {field}", raw, "invalid-field", says)
        raw = as_json(fields_of())[:-1] + f',"unknown":{number}}}'.encode()
        outcome = "invalid-field" if number in _ENDLESS else INDEXED
        yield BadInput("huge numbers", f"{shown} in an unknown field", raw, outcome)
    for number in ("1e308", "-1e308", "5e-324", "1e-400", "-0.0", "0." + "1" * 5_000):
        raw = as_json(fields_of())[:-1] + f',"extra":{{"a":{number}}}}}'.encode()
        yield BadInput("huge numbers", f"{number[:20]} in extra", raw, INDEXED)


def _twice() -> Iterator[BadInput]:
    """The last of fields that stand there twice counts, as in other parsers."""
    for field, first, last, outcome in (
        ("title", '"أول"', '"ثان"', INDEXED),
        ("title", "7", '"ثان"', INDEXED),
        ("title", '"أول"', "7", "invalid-field"),
        ("body", '"أول"', '"ثان"', INDEXED),
        ("tags", '["أول"]', '["ثان"]', INDEXED),
        ("extra", '{"a":1,"a":2}', '{"b":1,"b":2}', INDEXED),
        ("unknown", "1", "2", INDEXED),
        ("deleted", "true", "false", INDEXED),
        ("published_at", '"2018-01-08"', '"8/1/2018"', "invalid-field"),
    ):
        start = as_json(fields_of())[:-1]
        raw = start + f',"{field}":{first},"{field}":{last}}}'.encode()
        says = field if outcome != INDEXED else ""
        title = "ثان" if (field, outcome) == ("title", INDEXED) else None
        yield BadInput("a field twice", f"{field}: {first}, {last}", raw, outcome, says, title)


ODD_KEYS = (
    " ", "  ", ".", "..", "...", "a.b", "a..b", ".a", "a.", "_id", "_source", "_index",
    "_routing", "$a",
    "__proto__", "constructor", "a b", "a\nb", "a\tb", "\x01", "\x7f", "\x85", "عنوان",
    "كَلِمَة", "😀", "\u202e",
    "\u200b", "\ufeff", "\ufffe", "\U0010ffff", "\ue000", "e\u0301", "*", "?", "#", "/", "\\",
    '"', "'", "<b>",
    "%00", "null", "true", "0", "-1", "title", "TITLE", "Title ", "body.keyword", "extra",
    "source\u0000",
    "a" * 200, "ط" * 200, "😀" * 200,
)  # fmt: skip


def _keys() -> Iterator[BadInput]:
    known = {"title", "extra", "source\u0000"}
    for key in ("", *ODD_KEYS, "a" * 10_000, "\u0000", "\ud800"):
        if key not in known:
            name = f"{key[:20]!r} of {len(key):,}"
            yield taken("odd names of fields", name, **{key: 1})
    yield taken("odd names of fields", "1,000 of them", **{f"f{n}": n for n in range(1_000)})
    yield taken("odd names of fields", "100,000 of them", **{f"f{n}": n for n in range(100_000)})
    # NUL goes, and then it is a field of the contract after all.
    yield taken("odd names of fields", "a title with NUL in its name", **{"tit\u0000le": "آخر"})


def _extra() -> Iterator[BadInput]:
    for key in ODD_KEYS:
        yield taken("odd names in extra", repr(key[:20]), extra={key: "قيمة"})
        yield taken("odd names in extra", f"{key[:20]!r} inside", extra={"a": {key: [1, {"b": 2}]}})
    yield refused("odd names in extra", "an empty name", "extra", extra={"": 1})
    yield refused("odd names in extra", "NUL alone", "extra", extra={"\x00": 1})
    yield refused("odd names in extra", "of 201 letters", "extra", extra={"a" * 201: 1})
    yield refused("too much in extra", "201 values", "200", extra={f"k{n}": n for n in range(201)})
    yield refused("too much in extra", "100,000 values", "200", extra={"a": list(range(100_000))})
    yield refused("too much in extra", "a long text", "10,000", extra={"a": "س" * 10_001})
    yield taken("too much in extra", "as much as may be", extra={f"k{n}": n for n in range(200)})
    yield taken("too much in extra", "long texts", extra={f"k{n}": "س" * 10_000 for n in range(50)})
    long_word = {f"k{n}": "😀" * 10_000 for n in range(10)}
    yield taken("too much in extra", "long texts of four bytes a letter", extra=long_word)
