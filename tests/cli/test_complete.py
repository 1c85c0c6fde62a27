"""`warraq complete` as people and programs run it, on a real index."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from config.settings import Settings
from tests.search.shelf import shelf_on
from warraq.cli import main
from warraq.index.access import SEARCH, ensure_keys


def test_completions_are_shown_with_kind_and_count(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with shelf_on(settings) as shelf:
        for title in ("سفينة في طرابلس", "طرابلس \x1b[31mأحمر"):  # a ship in Tripoli; red
            shelf.put("رست السفينة في ميناء طرابلس أمس.", title=title)
        ensure_keys(shelf.client, shelf.alias, tmp_path)
        monkeypatch.setenv("WARRAQ_ALIAS", shelf.alias)
        monkeypatch.setenv("WARRAQ_ELASTICSEARCH_SEARCH_KEY_FILE", str(tmp_path / SEARCH.file))
        monkeypatch.setenv("WARRAQ_ELASTICSEARCH_URL", settings.elasticsearch_url)
        for arguments in (["طراب"], ["طراب", "--json", "--size", "1"], ["ط"]):
            monkeypatch.setattr(sys, "argv", ["warraq", "complete", *arguments])
            with pytest.raises(SystemExit) as left:
                main()
            assert left.value.code == 0
            shown = capsys.readouterr().out
            if "--json" in arguments:
                assert json.loads(shown) == [{"text": "طرابلس", "kind": "place", "count": 2}]
            elif arguments == ["ط"]:
                assert shown == ""
            else:
                assert shown.splitlines()[0].split() == ["2", "place", "طرابلس"]
                assert "\x1b" not in shown
