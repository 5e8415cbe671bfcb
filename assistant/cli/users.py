"""Commands over the list of who may open the page from other machines."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from assistant.cli.options import chosen_settings, json_option
from assistant.errors import UserError
from assistant.serving.users import ROLES, Role, UserStore, users_of

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


@click.group()
def user() -> None:
    """Who may open the page from other machines."""


@user.command()
@_name_argument
@click.option("--role", type=click.Choice(ROLES), default="reader", help="An editor may change documents too.")
@_password_option
@_index_option
def add(name: str, role: Role, password: str, index: Path | None) -> None:
    """Add a user."""
    _users(index).add(name, _given(password), role)
    click.echo(f"已添加 {name} ({role})")


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
        click.echo(json.dumps([{"name": one.name, "role": one.role} for one in users], ensure_ascii=False))
    else:
        click.echo("\n".join(f"{one.name}\t{one.role}" for one in users) or "没有用户,页面只在本机打开。")


def _users(index: Path | None) -> UserStore:
    return users_of(chosen_settings(None, index, None))


def _given(password: str) -> str:
    if password != "-":  # noqa: S105 - a sign, not a secret
        return password
    lines = sys.stdin.read().splitlines()
    if not lines:
        raise UserError("no password came on standard input")
    return lines[0]
