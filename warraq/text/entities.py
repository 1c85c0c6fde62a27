"""HTML entities left in a text: &quot;نعم&quot; → "نعم" (yes).

`warraq.text.html` decodes the entities of text with tags, once. They are left where a page was
encoded twice, and where a scraper took the tags away and forgot the entities. Only what HTML knows
and ends with its semicolon is decoded, so AT&T; and the addresses of pages keep theirs.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5, name2codepoint

from warraq.text.edits import Edit
from warraq.text.mojibake import is_misread

# "&amp;" again and again before the rest: a page may have been encoded more than once.
_AMP = r"(?:amp|AMP|#0{0,4}38|#[xX]0{0,4}26);"
_ENTITY = rf"&(?:{_AMP})*(?:#\d{{1,7}}|#[xX][\dA-Fa-f]{{1,6}}|[A-Za-z][A-Za-z\d]{{1,31}});"
_PARTS = re.compile(f"&(?P<amps>(?:{_AMP})*)(?P<name>[^;&]+);")
# In an address "&copy;" may be the name of a parameter; "&amp;" and a quotation mark may not.
_ADDRESS = r"(?:https?://|www\.)(?:[^\s&]|&(?!(?:amp;)*(?:quot|nbsp|lt|gt|[lr][ads]quo|#\w+);))+"
_RUN = re.compile(f"(?P<address>{_ADDRESS})|(?:{_ENTITY})+")
_AMP_IN_ADDRESS = re.compile("&(?:amp;)+")

# HTML 5 names signs of mathematics by two letters (&in; &or; &it;) that are words elsewhere.
_NAMES = {
    known.removesuffix(";"): sign
    for known, sign in html5.items()
    if known.endswith(";") and (len(known) > 3 or known[:-1] in name2codepoint)
}
_WHY = "an HTML entity"


def html_entities(text: str) -> Iterator[Edit]:
    """Edits that write the entities of `text` as the characters they stand for."""
    if "&" not in text or ";" not in text:
        return
    # In misread text U+00A0 is half of a letter, which the repair of mojibake has need of.
    space = "\u00a0" if is_misread(html.unescape(text)) else " "
    for match in _RUN.finditer(text):
        found, start = match.group(), match.start()
        if match["address"]:
            for amp in _AMP_IN_ADDRESS.finditer(found):
                place = (start + amp.start(), start + amp.end())
                yield Edit("html-entity", *place, amp.group(), "&", reason=_WHY)
            continue
        meant = _PARTS.sub(_decoded, found).replace("\u00a0", space)
        if meant != found:
            yield Edit("html-entity", *match.span(), found, meant, reason=_WHY)


def _decoded(entity: re.Match[str]) -> str:
    """What a reader was meant to see; an entity that HTML does not know stays as it came."""
    name = entity["name"]
    meant = html.unescape(f"&{name};") if name[0] == "#" else _NAMES.get(name, "")
    meant = "\n" if meant == "\r" else meant
    if meant and all(map(_is_text, meant)):
        return meant
    return f"&{name};" if entity["amps"] else entity.group()


def _is_text(character: str) -> bool:
    """Whether it is no control, no half of a pair and no place that Unicode leaves empty."""
    return character in "\n\t" or (
        character != "\ufffd" and unicodedata.category(character) not in {"Cc", "Cs", "Cn", "Co"}
    )
