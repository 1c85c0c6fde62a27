"""Dates that are none, dates that only look odd, and addresses of both kinds."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bad_inputs.bad_input import BadInput, fields_of, refused, taken

_BAD = (
    "", " ", "8/1/2018", "1/8/2018", "08/01/2018", "08-01-2018", "2018/01/08", "2018.01.08",
    "8 يناير 2018",
    "الاثنين 8 يناير 2018", "٢٠١٨-٠١-٠٨", "۲۰۱۸-۰۱-۰۸", "2018-01-08 هـ", "1439-04-21هـ",
    "Mon, 08 Jan 2018 14:30:00 GMT",
    "January 8, 2018", "8 Jan 2018", "2018-1-8", "18-01-08", "2018-13-01", "2018-00-01",
    "2018-01-00", "2018-01-32",
    "2018-02-29", "2016-02-30", "1900-02-29", "2018-04-31", "2018-366", "2016-367",
    "2018-000", "2018-W00", "2018-W53-1",
    "2018-W02-8", "2018-W02-0", "2018", "2018-01", "20180", "2018-01-08T24:00:00",
    "2018-01-08T25:00",
    "2018-01-08T14:60", "2018-01-08T14:30:60", "2018-01-08T14:30:61Z", "2018-01-08T1:2:3",
    "2018-01-08TT14:30",
    "2018-01-08T14:30ZZ", "2018-01-08T14:30+", "2018-01-08T14:30+25:00", "2018-01-08T14:30+02:60",
    "2018-01-08T14:30 GMT", "2018-01-08T14:30AST", "2018-01-08T14:30[Asia/Riyadh]",
    "2018-01-08T14:30+18:01", "2018-01-08T14:30-23:59", "2018-01-08T14:30+02:00:30",
    "1499-12-31", "2101-01-01",
    "0001-01-01", "9999-12-31", "0000-00-00", "0000-00-00 00:00:00", "-0001-01-01",
    "+12018-01-08", "12018-01-08",
    "1515421800", "1515421800000", "1515421800.5", "now", "now-1d", "today", "yesterday",
    "اليوم", "أمس", "NaT", "null",
    "None", "N/A", "-", "2018-01-08\u200fT14:30", "\u200f2018-01-08", "2018-01-08\x00T25",
    "2018‑01‑08", "2018–01–08",
    "２０１８-０１-０８", "2018-01-08T14:30:00+０2:00", "P1Y", "2018-01-08/2018-01-09",
    "2018-01-08T14:30:00.",
    "2018-01-08T14,5", "2018-01-08T14:30.5", "2018-01-08T1430,5Z", "<2018-01-08>",
    "'2018-01-08'", "2018-01-08;", "2018-01-08" * 1_000, "٨ يناير" * 1_000,
)  # fmt: skip
_ODD = (
    "20180108", "2018-W02-1", "2018W021", "2018-W02", "2018-01-08T14", "2018-01-08T14:30",
    "2018-01-08 14:30",
    "2018-01-08T1430", "2018-01-08T14:30:00.123456789Z", "2018-01-08T14:30:00,5",
    "20180108T143000Z",
    " 2018-01-08 ", "2018-01-08T14:30 +02:00", "\u00a02018-01-08\n", "2018-01-08T14:30-18:00",
    "2018-01-08T14:30+18:00",
    "2018-01-08T14:30:00+0200", "2018-01-08T14:30:00+02", "2018-01-08T00:00:00-00:00",
    "2016-02-29", "2100-12-31",
)  # fmt: skip
_OLD = ("1500-01-01", "1582-10-10", "1899-12-31T00:00", "1969-12-31")

_BAD_URLS = (
    "", " ", "example.org", "//example.org/a", "/news/1", "news", "http:", "http:/", "http://", "http:///a",
    "http:a", "http:/a.org", "https//a.org", "htp://a.org", "ftp://a.org/x",
    "file:///etc/passwd", "mailto:a@b.org",
    "javascript:alert(1)", "data:text/html,x", "gopher://a/", "urn:isbn:1", "ws://a.org",
    "http://[", "http://[::1",
    "http://]", "http://[zz]/", "http://[1.2.3.4]/", "http://a:b/", "http://a:99999/",
    "http://a:-1/", "http://a: 80/",
    "http://:80/", "http://user@/", "http://a b/", "http://<a>/", 'http://"a"/', "http://a|b/",
    "http://a^b/", "http://a%20b/", "http://a%00b/", "http://a..%2f/", "http://*.a.org/", "http://a,b/",
    "http://\u00ad/", "http://a\u3002\u3002b/", "http://..", "http://.", "http://a\\b/",
    "http://a{b}/", "http://${a}/",
    "http://" + "ا" * 300 + "/", "رابط", "www.example.org/خبر",
    "<a href='http://a.org'>a</a>", "[a](http://a.org)", "{http://a.org}",
)  # fmt: skip
_ODD_URLS = (
    "http://a", "HTTP://EXAMPLE.ORG/", " http://example.org/a ", "http://example.org:443/a", "http://u:p@example.org/b",
    "http://example.org./c", "http://localhost/d", "http://127.0.0.1/e", "http://[::1]:8080/f", "http://169.254.169.254/g",
    "http://مثال.إختبار/خبر", "http://xn--mgbh0fb.xn--kgbechtv/h", "http://example.org/%C7%E1", "http://example.org/%",
    "http://example.org/%zz", "http://example.org/a b", "http://example.org/\u202eخبر", "http://example.org/%00",
    "http://example.org/?" + "a=b&" * 1_000, "http://example.org/#" + "x" * 4_000,
    "http://example.org/" + "%D8" * 1_300,
    "http://example.org/../../i", "http://example.org/;a;b", "http://example.org/?q=<script>", "http://0x7f.1/j",
    "http://a_b.example.org/k", "http://1/l", "http://٣.example/m", "http://example.org:0/n", "http://example.org:/o",
    "http://example.org/😀", "http://example.org/?&&==&", "http://example.org/%25%32%35",
    "http://exa\u200cmple.org/p", "http://a\tb.org/q", "http://-\u200b/r", "http://٪/s",
)  # fmt: skip


def inputs() -> Iterator[BadInput]:
    for field in ("published_at", "updated_at"):
        for date in _BAD:
            yield refused("bad dates", f"{field} {date[:40]!r}", field, **{field: date})
        for date in _ODD:
            yield taken("odd dates", f"{field} {date!r}", **{field: date})
    for date in _OLD:
        yield taken("odd dates", f"published_at {date!r}", published_at=date)
    for url in _BAD_URLS:
        yield refused("bad addresses", repr(url[:40]), "url", url=url)
    for url in _ODD_URLS:
        yield taken("odd addresses", repr(url[:40]), url=url)
        with_id = fields_of(url=url)
        yield taken("odd addresses, without an id", repr(url[:40]), **{**with_id, "id": None})
