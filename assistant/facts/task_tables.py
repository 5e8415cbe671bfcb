"""Tables that list tasks with the bodies that answer for them: 序号 | 工作任务 | 责任单位 | 完成时限."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.datamodels import Document
from assistant.facts.grid import Cell, Row, blocks, cells
from assistant.language.responsibility import DUE_HEAD, ROLE_HEAD, TASK_HEAD, listed_bodies

HEAD_ROWS = 3
SHORTEST_TASK = 6


@dataclass(frozen=True)
class Task:
    """A row of such a table: what is to be done, by whom, by when; spans count in the document's text."""

    words: tuple[int, int]
    row: tuple[int, int]
    bodies: tuple[str, ...]
    due: str


def tasks_of(document: Document) -> Iterator[Task]:
    """The tasks of all tables whose heads name bodies, in the order of the text."""
    for table in document.tables:
        for block in blocks(table, document.text):
            yield from _tasks(block)


def _tasks(block: list[Row]) -> Iterator[Task]:
    for rank, row in enumerate(block[:HEAD_ROWS]):
        roles = {column: cell.text for column, cell in row.items() if ROLE_HEAD.fullmatch(cell.text)}
        if roles:
            dues = [column for column, cell in row.items() if DUE_HEAD.fullmatch(cell.text)]
            tasks = [column for column, cell in row.items() if TASK_HEAD.fullmatch(cell.text)]
            below = block[rank + 1 :]
            yield from filter(None, (_task(one, _longest(tasks, below), roles, dues) for one in below))
            return


def _longest(columns: list[int], rows: list[Row]) -> int | None:
    """The column, of those that may name the task, that says most."""
    said = {column: sum(len(row[column].text) for row in rows if column in row) for column in columns}
    return max(said, key=lambda column: said[column], default=None)


def _task(row: Row, column: int | None, roles: dict[int, str], dues: list[int]) -> Task | None:
    task = row.get(column) if column is not None else None
    if task is None or len(task.text) < SHORTEST_TASK:
        return None
    bodies = [body for at, label in roles.items() if at in row for body in listed_bodies(row[at].text, label)]
    due = next((row[at].text for at in dues if at in row), "")
    own: list[Cell] = [cell for cell in cells(row) if cell.row == task.row]
    span = min(cell.start for cell in (*own, task)), max(cell.end for cell in (*own, task))
    return Task((task.start, task.end), span, tuple(dict.fromkeys(bodies)), due)
