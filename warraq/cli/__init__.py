"""`warraq`: the command line, one file a group of commands.

Here, at the edge, settings are made and errors become one plain line.
"""

from __future__ import annotations

import sys

import typer
from pydantic import ValidationError

from warraq.cli import dead, enqueue, index, search, stack, status
from warraq.errors import WarraqError

app = typer.Typer(
    help="Warraq (ورّاق): Arabic articles in, repaired, analysed and found.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("up")(stack.up)
app.command("down")(stack.down)
app.command("status")(status.status)
app.command("logs")(stack.logs)
app.command("env")(stack.env)
app.command("enqueue")(enqueue.enqueue)
app.command("search")(search.search)
app.command("where")(status.where)
app.add_typer(dead.app, name="dead")
app.add_typer(index.app, name="index")
app.command("setup")(index.setup)
app.add_typer(status.health, name="health")


def main() -> None:
    """Runs a command; what went wrong is said in one line, with exit code 1."""
    try:
        app()
    except WarraqError as error:
        sys.exit(f"warraq: {error}")
    except ValidationError as error:
        words = "; ".join(
            f"WARRAQ_{str(part['loc'][0]).upper()}: {part['msg']}" if part["loc"] else part["msg"]
            for part in error.errors(include_input=False, include_url=False)
        )
        sys.exit(f"warraq: settings: {words}")
