"""Flower's own configuration file (`celery flower --conf`): who may look, read from a secret."""

from pathlib import Path

basic_auth = [Path("/run/secrets/flower_login").read_text(encoding="utf-8").strip()]
