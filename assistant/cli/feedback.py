"""What users said of answers, and the questions of the evaluation format that come of it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.cli.options import chosen_settings, json_option
from assistant.errors import SettingsError
from assistant.feedback import Feedback, feedback_of, feedback_record, judged_questions

WORDS = {"useful": "有用", "useless": "没用", "wrong number": "数字错"}


@click.command()
@json_option("Print a JSON list.")
@click.option(
    "--export",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the answers found useful as questions for: bureau evaluate",
)
@click.option("--index", type=click.Path(path_type=Path), help="Folder of the index.")
def feedback(as_json: bool, export: Path | None, index: Path | None) -> None:
    """List what users of the page said of answers: useful, useless, wrong number."""
    given = feedback_of(chosen_settings(None, index, None).index).all()
    if export is not None:
        _write(given, export)
    elif as_json:
        click.echo(json.dumps([feedback_record(one) for one in given], ensure_ascii=False))
    else:
        click.echo("\n".join(map(_line, given)) or "还没有反馈。")


def _write(given: list[Feedback], path: Path) -> None:
    questions = judged_questions(given)
    if not questions:
        raise SettingsError("no answer was found useful yet; there is no question to write")
    lines = [json.dumps(one, ensure_ascii=False) for one in questions]
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"cannot write {path} ({error.strerror or error}); choose another place") from error
    bad = sum(one.verdict != "useful" for one in given)
    click.echo(f"已写入 {path}:{len(questions)} 个问题。另有 {bad} 条没用或数字错,须由人判断应引哪一处(--json 列出)。")


def _line(one: Feedback) -> str:
    reason = f" {' '.join(one.reason.split())}" if one.reason else ""
    return f"{one.given[:16].replace('T', ' ')} {WORDS.get(one.verdict, one.verdict)} {one.question}{reason}"
