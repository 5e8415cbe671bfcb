"""Commands over the list of who may open the page from other machines."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from assistant.cli.options import chosen_settings, json_option, live_facts
from assistant.datamodels import EVERYTHING_SEEN, Rights
from assistant.errors import UserError
from assistant.serving.users import ROLES, Role, User, UserStore, users_of

_index_option = click.option("--index", type=click.Path(path_type=Path), help="Folder of the index.")
_name_argument = click.argument("name")


def _password_option(command: click.decorators.FC) -> click.decorators.FC:
    return click.option(
        "--password",
        prompt="密码 (Password)",
        hide_input=True,
        confirmation_prompt="再输一次 (Again)",
        help="Asked for where it is left out, so that it stands in no history; - reads it from standard input.",
    )(command)


def _rights_options(command: click.decorators.FC) -> click.decorators.FC:
    for name, told in (
        ("document", "a document, by its id"),
        ("source", "a file or a folder, by its path below the corpus"),
        ("kind", "documents of a kind: plan, summary, notice or other"),
        ("bureau", "documents of a bureau, as `bureau inspect` tells it"),
        ("place", "documents of a place, as `bureau inspect` tells it"),
    ):
        command = click.option(f"--{name}", multiple=True, help=f"Sees {told} alone; may be given several times.")(
            command
        )
    return command


@click.group()
def user() -> None:
    """Who may open the page from other machines."""


@user.command()
@_name_argument
@click.option("--role", type=click.Choice(ROLES), default="reader", help="An editor may change documents too.")
@_password_option
@_rights_options
@_index_option
def add(name: str, role: Role, password: str, index: Path | None, **rights: tuple[str, ...]) -> None:
    """Add a user, who sees every document unless some are named."""
    added = _users(index).add(name, _given(password), role, _rights(rights))
    click.echo(f"已添加 {name} ({role}),{_seen(added)}{_counted(added, index)}")


@user.command("rights")
@_name_argument
@click.option("--all", "everything", is_flag=True, help="Sees every document again.")
@_rights_options
@_index_option
def rights(name: str, everything: bool, index: Path | None, **given: tuple[str, ...]) -> None:
    """Show which documents a user sees, or let the user see those that are named; a change ends the sessions."""
    users, wanted = _users(index), _rights(given)
    if everything and wanted != EVERYTHING_SEEN:
        raise click.UsageError("name documents or --all, not both")
    if everything or wanted != EVERYTHING_SEEN:
        users.set_rights(name, wanted)
    found = users.find(name)
    if found is None:
        raise UserError(f"no user {name!r}; bureau user list names them")
    click.echo(f"{name}:{_seen(found)}{_counted(found, index)}")


@user.command("password")
@_name_argument
@_password_option
@_index_option
def set_password(name: str, password: str, index: Path | None) -> None:
    """Set another password; ends the user's sessions and locks."""
    _users(index).set_password(name, _given(password))
    click.echo(f"已更改 {name} 的密码")


@user.command()
@_name_argument
@_index_option
def remove(name: str, index: Path | None) -> None:
    """Take a user off; the sessions end at once."""
    _users(index).remove(name)
    click.echo(f"已删除 {name}")


@user.command("list")
@json_option("Print a JSON list.")
@_index_option
def list_users(as_json: bool, index: Path | None) -> None:
    """List the users and their roles."""
    users = _users(index).all()
    if as_json:
        records = [{"name": one.name, "role": one.role, "sees": one.sees.record() or None} for one in users]
        click.echo(json.dumps(records, ensure_ascii=False))
    else:
        click.echo("\n".join(f"{one.name}\t{one.role}\t{_seen(one)}" for one in users) or "没有用户,页面只在本机打开。")


def _rights(given: dict[str, tuple[str, ...]]) -> Rights:
    named = {f"{name}s": frozenset(values) for name, values in given.items() if values}
    return Rights(**named)


def _counted(user: User, index: Path | None) -> str:
    """How many documents of the index that is there now the user sees."""
    facts = live_facts(chosen_settings(None, index, None).index)
    seen = sum(user.sees.passes(name, about) for name, about in facts.items())
    return f",现在可看 {seen} 篇" if facts else ""


def _seen(user: User) -> str:
    words = {"places": "地区", "bureaus": "单位", "kinds": "类型", "sources": "路径", "documents": "文件编号"}
    record = user.sees.record()
    told = ";".join(f"{words[name]} {'、'.join(values)}" for name, values in record.items())
    return f"只看 {told}" if told else "可看全部文件"


def _users(index: Path | None) -> UserStore:
    return users_of(chosen_settings(None, index, None))


def _given(password: str) -> str:
    if password != "-":  # noqa: S105 - a sign, not a secret
        return password
    lines = sys.stdin.read().splitlines()
    if not lines:
        raise UserError("no password came on standard input")
    return lines[0]
