"""Who an article is: the same page always has one address, and different pages never do."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warraq.identity import canonical_url, document_id

SAME_PAGE = {
    "http or https": ("http://news.example/a", "https://news.example/a"),
    "case of scheme and host": ("HTTPS://News.Example/a", "https://news.example/a"),
    "white space around it": ("  https://news.example/a\n", "https://news.example/a"),
    "default port": ("http://news.example:80/a", "https://news.example/a"),
    "default port of https": ("https://news.example:443/a", "https://news.example/a"),
    "https's port on http": ("http://news.example:443/a", "https://news.example/a"),
    "another port stays": ("http://news.example:8080/a", "https://news.example:8080/a"),
    "user and password": ("https://me:secret@news.example/a", "https://news.example/a"),
    "fragment": ("https://news.example/a#comments", "https://news.example/a"),
    "trailing slash": ("https://news.example/a/", "https://news.example/a"),
    "empty path": ("https://news.example/", "https://news.example"),
    "dot at the end of the host": ("https://news.example./a", "https://news.example/a"),
    "Arabic path": (
        "https://news.example/أخبار",
        "https://news.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1",
    ),
    "Arabic path, encoded in small letters": (
        "https://news.example/%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1",
        "https://news.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1",
    ),
    "Arabic host": ("http://news.مصر/a", "https://news.xn--wgbh1c/a"),
    "encoded letters that need none": ("https://news.example/%61", "https://news.example/a"),
    "tracking": (
        "https://news.example/a?utm_source=x&id=7&fbclid=y&UTM_Medium=z",
        "https://news.example/a?id=7",
    ),
    "order of the other parameters stays": (
        "https://news.example/?b=2&a=1&b=0",
        "https://news.example?b=2&a=1&b=0",
    ),
    "parameter without a value": ("https://news.example/?print", "https://news.example?print="),
    "IPv6": ("http://[2001:DB8::1]:80/a", "https://[2001:db8::1]/a"),
}


@pytest.mark.parametrize(("url", "canonical"), SAME_PAGE.values(), ids=SAME_PAGE.keys())
def test_one_spelling_for_all_addresses_of_a_page(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example/?id=1", "https://news.example/?id=2"),
        ("https://news.example/a", "https://www.news.example/a"),
        ("https://news.example/a%3Fb", "https://news.example/a?b"),
        ("https://news.example/a%23b", "https://news.example/a#b"),
        # In windows-1256, as old sites write: العراق (Iraq), الكويت (Kuwait)
        ("https://news.example/%C7%E1%DA%D1%C7%DE", "https://news.example/%C7%E1%DF%E6%ED%CA"),
        ("https://news.example/?q=%C7", "https://news.example/?q=%C8"),
    ],
)
def test_different_pages_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "url",
    [
        "", "news.example/a", "/a", "ftp://news.example/a", "mailto:a@news.example", "http://",
        "http:///a", "http://./a", "javascript:alert(1)", "http://[::1", "http://a b/c",
        "http://news.example:port/", "http://news.example:99999/", f"http://{'ع' * 64}.example/",
        "http://\ud800/", "http://news.example/\ud800", "http://%00/", "http://<b>/", "http://℀.example",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  any reason will do
        canonical_url(url)


URL_CHARACTERS = st.sampled_from("htps:/?#[]@!$&'()*+,;=%.-_~aZ09 \t\néجß。％［İ\u00ad\ud800\udc80")
URLS = st.one_of(
    st.text(),
    st.text(URL_CHARACTERS),
    st.text(URL_CHARACTERS).map("http://".__add__),
    st.text(URL_CHARACTERS).map("https://news.example".__add__),
    st.binary().map(lambda raw: "http://h/" + "".join(f"%{byte:02x}" for byte in raw)),
    st.binary().map(lambda raw: "http://h/?" + "".join(f"%{byte:02X}" for byte in raw)),
)


@given(URLS)
@example("http://a:443/x")
@example("http://例。/x")
@example("http://［a］/")
def test_a_canonical_address_is_stable_and_ascii_or_refused_with_a_reason(url: str) -> None:
    try:
        canonical = canonical_url(url)
    except ValueError:
        return
    assert canonical.isascii()
    assert canonical_url(canonical) == canonical


def test_the_document_id_never_changes() -> None:
    # A promise to every index that exists: these digits are sha256 of "aawsat", U+001F and "7".
    assert document_id("aawsat", "7") == (
        "5c3e0d446bc9ed46fb6c975c4476d2c86467a1bbd627ff08534e28d2d0d37232"
    )


def test_source_and_id_cannot_run_into_each_other() -> None:
    assert document_id("ab", "c") != document_id("a", "bc")
    assert document_id("صحيفة", "1") != document_id("صحيفه", "1")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_document_id_is_64_hex_digits(article_id: str) -> None:
    assert len(bytes.fromhex(document_id("source", article_id))) == 32
