"""What keeps a command from beginning, for commands whose exit codes say how they ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError

from stack import StackError
from warraq.cli import in_words
from warraq.errors import WarraqError


@contextmanager
def or_exit(code: int) -> Iterator[None]:
    """Says in one line why it cannot begin (settings, an address that is none), and exits so."""
    try:
        yield
    except (WarraqError, StackError, ValidationError) as error:
        words = in_words(error) if isinstance(error, ValidationError) else str(error)
        typer.echo(f"warraq: {words}", err=True)
        raise typer.Exit(code) from None
