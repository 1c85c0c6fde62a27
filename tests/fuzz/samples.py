"""What fuzzing begins with: the demonstration's articles, damaged as articles are."""

from __future__ import annotations

import json
from pathlib import Path

DEMO_LINES = (Path(__file__).parents[2] / "demo" / "articles.jsonl").read_bytes().splitlines()[::4]
DEMO_ARTICLES = [json.loads(line) for line in DEMO_LINES]
