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
    r"figcaption|script|style|section|article|aside|header|footer|main|html|body|font|center|hr|"
    r"iframe|pre|small|sub|sup|dl|dt|dd)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t]+")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")
# Without `alt_texts` the parser throws figures away with their captions, so it is what has such
# texts that is left out.
_SEEN_NOT_READ = ["img", "video", "audio", "object", "embed", "svg", "area"]

# Tags that part lines by themselves. Where there are none, the line ends of the text do it.
_BLOCK_TAG = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|table|tr|td|th|blockquote|figure|figcaption|section|article|"
    r"aside|header|footer|main|html|body|center|hr|pre|dl|dt|dd)[\s/>]",
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
        html, preserve_formatting=True, main_content=False, list_bullets=False, links=False,
        form_fields=False, noscript=False, alt_texts=True, skip_elements=_SEEN_NOT_READ,
    )  # fmt: skip
    if not is_misread(text):
        text = text.replace("\u00a0", " ")
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
