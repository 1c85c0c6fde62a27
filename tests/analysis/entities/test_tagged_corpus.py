"""Marks in the texts that the tagger is trained on."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.tagged_corpus import FOLDER, Tag, tagged_texts, without_marks


def test_marks_become_tags_and_leave_the_text() -> None:
    found = without_marks("وصل [PER خليفة حفتر] إلى ب[LOC طرابلس].")
    assert found.text == "وصل خليفة حفتر إلى بطرابلس."
    assert found.tags == (Tag(4, 14, "PER"), Tag(20, 26, "LOC"))
    assert [found.text[tag.start : tag.end] for tag in found.tags] == ["خليفة حفتر", "طرابلس"]


@pytest.mark.parametrize("marked", ["[PER أحمد", "[ORG وزارة [LOC مصر]]", "[LOC ]x [PER"])
def test_a_mark_that_does_not_close_is_refused(marked: str) -> None:
    with pytest.raises(ValueError, match="does not close"):
        without_marks(marked)


def test_other_brackets_are_text() -> None:
    assert without_marks("[صورة] 5 [2]").text == "[صورة] 5 [2]"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_the_texts_can_be_read_and_no_tag_has_space_around_it(file: Path) -> None:
    for article in tagged_texts(file):
        for tag in article.tags:
            name = article.text[tag.start : tag.end]
            assert name
            assert name == name.strip()
