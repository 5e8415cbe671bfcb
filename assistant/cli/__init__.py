"""The ``bureau`` command: each verb is a method of the library. Errors are one line and exit code 1, usage 2."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from sqlite3 import DatabaseError

import click

from assistant.cli.ask import ask, evaluate, mentions, search
from assistant.cli.corpus import doctor, index, inspect, publish, worker
from assistant.cli.feedback import feedback
from assistant.cli.goals import contradictions, goals, measures, pairs
from assistant.cli.keeping import backup, bundle, example, restore, service, watch
from assistant.cli.options import one_line
from assistant.cli.servers import chat, mcp, serve
from assistant.cli.users import user
from assistant.errors import AssistantError


def main() -> None:
    """Run the command line; every expected error becomes one line on standard error."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")
        sys.exit(bureau.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AssistantError as error:
        click.echo(f"bureau: {one_line(error)}", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo("bureau: interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except DatabaseError as error:
        click.echo(f"bureau: the index is damaged ({one_line(error)}); run: bureau doctor", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"bureau: {error}", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="bureau-assistant", prog_name="bureau")
def bureau() -> None:
    """Ask a bureau's own documents: every answer quotes them word for word, or says they do not tell."""


@bureau.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands and options; in ~/.bashrc: eval "$(bureau completion bash)"."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # noqa: S101 - click has all three
    click.echo(made(bureau, {}, "bureau", "_BUREAU_COMPLETE").source())


_OF_INDEX = (index, inspect, search, ask, mentions, goals, measures, pairs, contradictions)
_KEEPING = (example, watch, backup, restore, bundle, service)
for _command in (*_OF_INDEX, *_KEEPING, chat, mcp, serve, publish, worker, evaluate, doctor, user, feedback):
    bureau.add_command(_command)
