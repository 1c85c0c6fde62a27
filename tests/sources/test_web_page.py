"""HTML pages: title, body, author, dates and address, without fetching anything."""

import socket
from pathlib import Path

import pytest

from tests.sources.reading_here import fields, read_bytes, reasons
from warraq.article import Contract, validate
from warraq.sources.record import Reading

# A careful calm in Tripoli: a page of a newspaper with navigation, a footer and comments.
PAGE = """<!doctype html><html lang="ar" dir="rtl"><head>
<meta charset="{charset}"><title>هدوء حذر في طرابلس - صحيفة الأفق</title>
<link rel="canonical" href="https://news.example.com/2018/01/08/tripoli">
<meta property="og:site_name" content="صحيفة الأفق">
<meta property="og:title" content="هدوء حذر في طرابلس">
<meta name="author" content="ليلى منصور">
<meta property="article:published_time" content="2018-01-08T14:30:00+02:00">
<meta property="article:section" content="ليبيا">
<meta name="keywords" content="طرابلس, ليبيا، أمن">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle",
"datePublished": "1999-01-01T00:00:00Z", "dateModified": "2018-01-09T10:00:00+02:00"}}]}}</script>
<script>alert("لا يقرأ")</script>
</head><body><nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav>
<article><h1>هدوء حذر في طرابلس</h1>
<p>ساد هدوء حذر العاصمة الليبية طرابلس صباح اليوم بعد ليلة من الاشتباكات في ضواحيها الجنوبية،
حسب ما قال سكان محليون لمراسلنا.</p>
<p>وأعلنت وزارة الصحة أن المستشفيات استقبلت عددا من الجرحى، ودعت المواطنين إلى التبرع بالدم في
المراكز القريبة منهم.</p>
<p>ومن المقرر أن يجتمع المجلس الرئاسي مساء اليوم لبحث التطورات، وفق بيان نشر على صفحته.</p>
</article><footer>جميع الحقوق محفوظة 2018</footer></body></html>
"""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever would fetch something fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("a page was about to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
def test_a_newspaper_page(tmp_path: Path, charset: str) -> None:
    data = PAGE.format(charset=charset).encode(charset)
    page = fields(read_bytes(tmp_path, "a.html", data))[0]
    body = str(page.pop("body"))
    assert body.startswith("ساد هدوء حذر")
    assert body.endswith("على صفحته.")
    assert page == {
        "title": "هدوء حذر في طرابلس",
        "author": "ليلى منصور",
        "section": "ليبيا",
        "tags": ["طرابلس", "ليبيا", "أمن"],
        "published_at": "2018-01-08T14:30:00+02:00",
        "updated_at": "2018-01-09T10:00:00+02:00",
        "url": "https://news.example.com/2018/01/08/tripoli",
        "source": "news.example.com",
        "sitename": "صحيفة الأفق",
        "extra": {"file": "a.html"},
    }
    article = {name: value for name, value in page.items() if name != "sitename"}
    validate({**article, "body": body}, Contract())


def test_a_page_without_an_address_gets_its_id_from_its_text(tmp_path: Path) -> None:
    paragraphs = "<p>ساد هدوء حذر العاصمة طرابلس صباح اليوم بعد ليلة طويلة من الاشتباكات.</p>" * 3
    data = (
        f"<html><head><title>خبر</title></head><body><article>{paragraphs}</article></body></html>"
    )
    page = fields(read_bytes(tmp_path, "a.html", data.encode()))[0]
    assert "url" not in page
    assert "source" not in page
    assert len(str(page["id"])) == 32


def test_encodings_are_known_and_not_guessed(tmp_path: Path) -> None:
    silent = PAGE.replace('<meta charset="{charset}">', "").format()
    data = silent.encode("windows-1256")
    assert reasons(read_bytes(tmp_path, "a.html", data)) == ["wrong-encoding"]
    said = read_bytes(tmp_path, "a.html", data, Reading(encoding="windows-1256"))
    assert fields(said)[0]["title"] == "هدوء حذر في طرابلس"
    marked = read_bytes(tmp_path, "a.html", silent.encode("utf-16"))
    assert fields(marked)[0]["title"] == "هدوء حذر في طرابلس"


def test_one_wrong_byte_in_a_declared_encoding_costs_one_letter(tmp_path: Path) -> None:
    data = PAGE.format(charset="utf-8").encode().replace("مراسلنا".encode(), b"\xff")
    assert "ل\ufffd" in str(fields(read_bytes(tmp_path, "a.html", data))[0]["body"])


@pytest.mark.parametrize(
    "html",
    [
        "",
        "plain words",
        "<html></html>",
        "\x00\x00",
        "<script>while(1);</script>",
        "<div>" * 100_000,
        "<html><body>" + "<div>" * 5_000 + "text" + "</div>" * 5_000,
        "<p>" + "&#x110000;&#xD800;&#0;" * 10,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<?xml version="1.0" encoding="ascii"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    ],
)
def test_pages_without_an_article_are_refused(tmp_path: Path, html: str) -> None:
    assert reasons(read_bytes(tmp_path, "a.html", html.encode())) in (["no-text"], ["bad-html"])


def test_a_page_over_the_limit(tmp_path: Path) -> None:
    small = Reading(payload_bytes=100)
    assert reasons(read_bytes(tmp_path, "a.html", b"x" * 101, small)) == ["too-large"]
