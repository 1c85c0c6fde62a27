from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.cli.terminal import harmless, harmless_json, isolated, wrapped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("طرابلس\n\tأمس", "طرابلس أمس"),
        ("\x1b[2J\x07", "␛[2J␇"),
        ("\x9b31m\x7f", "\ufffd31m␡"),
        ("\u202eطرابلس\u2067", "طرابلس"),
        ("نصف\ud800", "نصف\ufffd"),
        ("الطّـــرابلس\u200c😀", "الطّـــرابلس\u200c😀"),
    ],
)
def test_an_article_cannot_command_a_terminal(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text(alphabet=st.characters()))
def test_no_text_leaves_a_control_character(text: str) -> None:
    line = harmless(text)
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}
    line.encode()


def test_only_right_to_left_text_needs_isolating() -> None:
    assert isolated("aawsat") == "aawsat"
    assert isolated("الجزيرة") == "\u2068الجزيرة\u2069"


def test_each_line_of_a_wrapped_text_is_isolated_by_itself() -> None:
    assert wrapped("قال الوزير أمس", 10) == ["\u2068قال الوزير\u2069", "\u2068أمس\u2069"]
    assert wrapped("a long line", 6) == ["a long", "line"]
    assert wrapped("المستشفيات", 4) == [f"\u2068{part}\u2069" for part in ("المس", "تشفي", "ات")]


@given(st.text(st.characters()))
def test_json_stays_the_same_json_on_one_line(text: str) -> None:
    dumped = harmless_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(dumped) == text
    assert len(dumped.splitlines()) == 1
    dumped.encode()
