"""`warraq`: the command line, one file a group of commands.

Here, at the edge, settings are made and errors become one plain line. A command's module is
imported when the command is called: health checks run often and need little of what is here.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from warraq.errors import WarraqError

# In the order of the help page; each leads to a function or to a group of commands.
COMMANDS = {
    "up": "stack:up",
    "down": "stack:down",
    "status": "status:status",
    "metrics": "metrics:metrics",
    "doctor": "doctor:doctor",
    "logs": "stack:logs",
    "env": "stack:env",
    "enqueue": "enqueue:enqueue",
    "search": "search:search",
    "similar": "search:similar",
    "complete": "complete:complete",
    "evaluate": "evaluate:evaluate",
    "repair": "repair:repair",
    "analyze": "analyze:analyze",
    "where": "status:where",
    "dead": "dead:app",
    "index": "index:app",
    "backup": "backup:app",
    "export": "originals:export_originals",
    "import": "originals:import_originals",
    "prune": "prune:prune",
    "setup": "index:setup",
    "health": "health:app",
}


class _Commands(TyperGroup):
    """The commands of `COMMANDS`, each imported on its first use."""

    # Typer carries a click of its own and does not export its types.
    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  click's signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  click's signature
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f"warraq.cli.{module}"), name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, context_settings=_CONTEXT)
            alone.command(cmd_name)(found)
            found = alone
        command = typer.main.get_command(found)
        command.name = cmd_name
        return command


_CONTEXT = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    cls=_Commands,
    help="Warraq (ورّاق): Arabic articles in, repaired, analysed and found.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=_CONTEXT,
)


@app.callback()
def _root() -> None:
    """Makes this a group although its commands are found later."""


def main() -> None:
    """Runs a command; what went wrong is said in one line, with exit code 1."""
    try:
        app()
    except WarraqError as error:
        sys.exit(f"warraq: {error}")
    except ValidationError as error:
        sys.exit(f"warraq: {in_words(error)}")


def in_words(error: ValidationError) -> str:
    """What is wrong with the settings, in one line."""
    words = "; ".join(
        f"WARRAQ_{str(part['loc'][0]).upper()}: {part['msg']}" if part["loc"] else part["msg"]
        for part in error.errors(include_input=False, include_url=False)
    )
    return f"settings: {words}"
