"""HTML to text: what a reader sees, on the lines where a reader sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.html import html_to_text, is_html


@pytest.mark.parametrize(
    "text",
    ["<p>نص</p>", "نص<br>نص", "<BR/>", '<a href="x">نص</a>', "نص </div>", "<img\nsrc=x>", "<h2 >"],
)  # fmt: skip
def test_tags_are_html(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text",
    ["", "نص", "5 < 6 > 4", "<3", "x<y and z>w", "<<>>", "<الوطن>", "<p", "&nbsp;", "<unknown>"],
)  # fmt: skip
def test_text_with_angles_is_no_html(text: str) -> None:
    assert not is_html(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>سطر</p><p>سطر</p>", "سطر\n\nسطر"),
        ("سطر<br>سطر<br/>سطر", "سطر\nسطر\nسطر"),
        ("<h1>عنوان</h1>نص", "عنوان\n\nنص"),
        ("<ul><li>أول</li><li>ثان</li></ul>", "أول\nثان"),
        ("<p>كلمة <b>مهمة</b>، <i>جداً</i></p>", "كلمة مهمة، جداً"),
        ("<p>كل<b>مة</b></p>", "كلمة"),
        ("<p>&laquo;نعم&raquo;&nbsp;&amp; لا &#1606;</p>", "«نعم» & لا ن"),
        ("<p>  كثير \t من&nbsp;&nbsp; الفراغ  </p>", "كثير من الفراغ"),
        ("<p>نص</p><script>alert('<p>لا</p>')</script><style>p{}</style>", "نص"),
        ("<!-- <p>لا</p> --><p>نص</p>", "نص"),
        ("<p>غير مغلق<p>آخر<div>ثالث", "غير مغلق\n\nآخر\n\nثالث"),
        ("<table><tr><td>أ</td><td>ب</td></tr></table>", "أ ب"),
        ("<p>أ<br><br>ب</p>", "أ\n\nب"),
        ("<h2>عنوان</h2><p>نص</p><h3>آخر</h3>نص", "عنوان\n\nنص\n\nآخر\n\nنص"),
        ("<p>نص</p><p><strong>عنوان فرعي</strong></p><p>نص</p>", "نص\n\nعنوان فرعي\n\nنص"),
        ("<ol><li>أول<ul><li>فرع</li></ul></li><li>ثان</li></ol>", "أول\nفرع\nثان"),
        ("<ul>\n<li>أول</li>\n<li>ثان</li>\n</ul>", "أول\nثان"),
        ("<table><tr><th>أ</th><th>ب</th></tr><tr><td>1</td><td>2</td></tr></table>", "أ ب\n1 2"),
        ("<dl><dt>كلمة</dt><dd>معناها</dd></dl>", "كلمة\nمعناها"),
        ("<blockquote>قول</blockquote>بعده", "قول\nبعده"),
        ("<pre>سطر\nسطر</pre>", "سطر\nسطر"),
        ("<div>سطر</div><div>سطر</div>", "سطر\nسطر"),
        (
            "<p>نص</p><figure><img src=x alt='لا'><figcaption>في الصورة</figcaption></figure>",
            "نص\n\nفي الصورة",
        ),
        ("<p></p><p>&nbsp;</p><br><br><br><p>نص</p>", "نص"),
        ("<p>حفظ&nbsp;النص</p>", "حفظ النص"),
        ("<p>2 &lt; 3</p>", "2 < 3"),
        ("<p>طرا\u200bبلس \u200fهنا</p>", "طرا\u200bبلس \u200fهنا"),
        ("<p>" + "\x85\x1c" + "</p>", "\x85\x1c"),
    ],
)
def test_what_a_reader_sees(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_scripts_are_not_run_and_addresses_not_shown() -> None:
    html = '<p><a href="https://news.example/" onclick="x()">نص</a><img src="x" alt="صورة"></p>'
    assert html_to_text(html) == "نص"


@pytest.mark.parametrize(
    "tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "a href=x><font"]
)
def test_nesting_of_ten_thousand_breaks_nothing(tag: str) -> None:
    html = f"<{tag}>" * 10_000
    assert is_html(html)
    assert html_to_text(html + "نص").endswith("نص")


@pytest.mark.parametrize(
    "html",
    ["<" * 1_000_000, "<p " * 300_000, "<p" + " " * 1_000_000, "<!--" * 250_000, "&" * 1_000_000],
    ids=["angles", "open tags", "a tag of spaces", "open comments", "ampersands"],
)
def test_a_million_characters_of_nothing_break_nothing(html: str) -> None:
    assert not is_html(html)
    html_to_text(html)


@given(st.text(st.characters()))
def test_no_text_breaks_it(text: str) -> None:
    is_html(text)
    seen = html_to_text(f"<p>{text}</p>")
    assert "\n\n\n" not in seen
    assert seen == seen.strip(" \n")


@given(st.text(st.characters(categories=["Lo", "Nd", "Mn"], max_codepoint=0x6FF), min_size=1))
def test_words_come_through_unchanged(word: str) -> None:
    assert html_to_text(f"<div><p>{word}</p></div>") == word


def test_text_with_a_stray_tag_keeps_its_own_lines() -> None:
    assert html_to_text("سطر <b>أول</b>\nسطر ثان") == "سطر أول\nسطر ثان"
    assert html_to_text("<p>سطر\nواحد</p>") == "سطر واحد"
