"""HTML bodies to text, keeping paragraphs, headings and line breaks as lines.

The parser and the layout are resiliparse's; nothing is thrown away as boilerplate here but scripts,
styles and other elements that no reader sees.
"""

from __future__ import annotations

import re

from resiliparse.extract.html2text import extract_plain_text

from warraq.text.mojibake import is_misread

# A tag that scrapers leave in bodies. "a < b" and "<3" are text.
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|h[1-6]|ul|ol|li|table|tr|td|th|img|blockquote|figure|"
    r"script|style|section|article|html|body|font|center|hr|iframe|pre|small|sub|sup)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t]+")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")


# Tags that part lines by themselves. Where there are none, the line ends of the text do it.
_BLOCK_TAG = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|table|tr|td|th|blockquote|figure|section|article|html|body|"
    r"center|hr|pre)[\s/>]",
    re.IGNORECASE,
)


def is_html(text: str) -> bool:
    """Whether `text` holds an HTML tag."""
    return "<" in text and _TAG.search(text) is not None


def html_to_text(html: str) -> str:
    """What a reader sees of `html`: blocks on lines of their own, entities decoded.

    Text with a stray <b> in it, but no tag that makes lines, keeps its own line ends.
    White space is ASCII's, for in misread text U+00A0 and U+0085 are halves of letters.
    Half a surrogate pair, which the parser's UTF-8 cannot carry, becomes U+FFFD.
    """
    if not _BLOCK_TAG.search(html):
        html = html.replace("\n", "<br>")
    html = _HALF_PAIR.sub("\ufffd", html)
    text: str = extract_plain_text(
        html, preserve_formatting=True, main_content=False, list_bullets=False, alt_texts=False,
        links=False, form_fields=False, noscript=False,
    )  # fmt: skip
    if not is_misread(text):
        text = text.replace("\u00a0", " ")
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
