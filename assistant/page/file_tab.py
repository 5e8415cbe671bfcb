"""The tab 文件: what there is and how it was read; editors add, replace, delete, put title, year and place right."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio

from assistant.collection import Collection, HeldFile
from assistant.datamodels import Document
from assistant.documents.formats import suffixes
from assistant.errors import AssistantError
from assistant.markdown import escape_markdown
from assistant.page.news import News
from assistant.page.reading.reader import address_of
from assistant.page.tables.views import html_table
from assistant.page.users import NOT_EDITOR, user_of
from assistant.page.words import word
from assistant.records import DOCUMENT_KIND_WORDS

SHOWN = 500
"""Files that are listed; of more the number is told."""
MOST_TITLES = 5
"""Of the works of one file."""
SECONDS = 1.0
"""Between two looks at how far the index is."""
HEADS = ("文件", "标题", "地区", "年份", "类型", "篇数", "段落", "修复", "状态")


def build_file_tab(collection: Collection, news: News) -> None:
    """Build the tab inside the open Blocks; what editors need is shown to them alone."""
    with gradio.Column(visible=False) as editing:
        upload = gradio.File(
            label=word("upload"), file_count="multiple", file_types=list(suffixes()), elem_id="upload", height=140
        )
        with gradio.Row():
            take_in = gradio.Button(word("take_in"), variant="primary", size="sm", elem_id="take-in")
            replacing = gradio.Checkbox(False, label=word("replacing"), elem_id="replacing", container=False)
            update = gradio.Button(word("update"), size="sm", elem_id="update")
    told = gradio.Markdown(elem_id="file-state", latex_delimiters=[])
    timer = gradio.Timer(SECONDS, active=False)
    with gradio.Column(visible=False) as mending:
        chosen = _build_metadata(collection, told, timer)
        doomed = _build_deletion(collection, told, timer)
    table = gradio.Markdown(elem_id="file-table", elem_classes="table", latex_delimiters=[])

    def look(request: gradio.Request) -> list[Any]:
        """The list, and whether the one who looks may change it."""
        shown = gradio.update(visible=user_of(request).edits)
        return [_table(collection), shown, shown, *_choices(collection)]

    def tick(count: int) -> list[Any]:
        running = collection.progress.running
        return [_state(collection), gradio.Timer(active=running), count if running else count + 1]

    def take(files: list[str] | None, replaces: bool, request: gradio.Request) -> list[Any]:
        _only_editors(request)
        given = [(Path(one).name, Path(one)) for one in files or []]
        refused = collection.add(given, replacing=replaces)
        if len(refused) < len(given):
            collection.update()
        return [_taken(len(given), refused), None, gradio.Timer(active=len(refused) < len(given))]

    def reread(request: gradio.Request) -> list[Any]:
        _only_editors(request)
        collection.update()
        return [_state(collection), gradio.Timer(active=True)]

    news.tell(look, None, [table, editing, mending, chosen, doomed])
    timer.tick(tick, news.count, [told, timer, news.count], show_progress="hidden", api_visibility="private")
    take_in.click(take, [upload, replacing], [told, upload, timer], api_visibility="private")
    update.click(reread, None, [told, timer], api_visibility="private")


def _taken(given: int, refused: Mapping[str, str]) -> str:
    """How many files were taken, and why each other was not."""
    if not given:
        return "没有选择文件。"
    why = "".join(f"\n- {escape_markdown(f'{name}:{reason}')}" for name, reason in refused.items())
    taken = f"已收入 {given - len(refused)} 个文件,正在读取。" if len(refused) < given else ""
    return taken + (f"\n\n没有收入:\n{why}" if why else "")


def _build_metadata(collection: Collection, told: gradio.Markdown, timer: gradio.Timer) -> gradio.Dropdown:
    """Fields that put title, years and place of a work right."""
    with gradio.Accordion(word("mend"), open=False, elem_id="mend"):
        chosen = gradio.Dropdown([], label=word("one_file"), interactive=True, elem_id="mend-file")
        with gradio.Row():
            title = gradio.Textbox("", label=word("title"), elem_id="mend-title", scale=3)
            years = gradio.Textbox("", label=word("years"), elem_id="mend-years")
            place = gradio.Textbox("", label=word("place"), elem_id="mend-place")
        save = gradio.Button(word("save"), size="sm", elem_id="mend-save")

    def filled(document_id: str | None) -> list[str]:
        about = collection.assistant.store.facts.get(document_id or "")
        return [about.title, " ".join(map(str, about.years)), about.place] if about else ["", "", ""]

    def saved(document_id: str | None, title: str, years: str, place: str, request: gradio.Request) -> list[Any]:
        _only_editors(request)
        about = collection.assistant.store.facts.get(document_id or "")
        if about is None:
            return ["请先选一个文件。", gradio.skip()]
        try:
            given = {"title": title.strip(), "years": _numbers(years), "place": place.strip()}
            held = {"title": about.title, "years": list(about.years), "place": about.place}
            changed = {name: value for name, value in given.items() if value != held[name]}
            if changed:
                collection.describe(document_id or "", changed)
                collection.update()
        except AssistantError as error:
            return [escape_markdown(str(error)), gradio.skip()]
        except ValueError:
            return ["年份请写四位数字,几个年份用空格分开。", gradio.skip()]
        return ["已保存,正在重新读取。" if changed else "没有改动。", gradio.Timer(active=bool(changed))]

    chosen.input(filled, chosen, [title, years, place], api_visibility="private")
    save.click(saved, [chosen, title, years, place], [told, timer], api_visibility="private")
    return chosen


def _build_deletion(collection: Collection, told: gradio.Markdown, timer: gradio.Timer) -> gradio.Dropdown:
    """A file to choose, a button, and a second one that means it."""
    with gradio.Accordion(word("delete"), open=False, elem_id="deletion"):
        doomed = gradio.Dropdown([], label=word("one_file"), interactive=True, elem_id="delete-file")
        with gradio.Row():
            delete = gradio.Button(word("delete"), size="sm", elem_id="delete")
            confirm = gradio.Button(word("confirm"), size="sm", variant="stop", visible=False, elem_id="confirm")

    def deleted(name: str | None, request: gradio.Request) -> list[Any]:
        _only_editors(request)
        hidden = gradio.update(visible=False)
        try:
            collection.delete(name or "")
            collection.update()
        except AssistantError as error:
            return [escape_markdown(str(error)), hidden, gradio.skip()]
        return [f"已删除 {escape_markdown(name or '')},正在更新。", hidden, gradio.Timer(active=True)]

    delete.click(lambda name: gradio.update(visible=bool(name)), doomed, confirm, api_visibility="private")
    doomed.input(lambda: gradio.update(visible=False), None, confirm, api_visibility="private")
    confirm.click(deleted, doomed, [told, confirm, timer], api_visibility="private")
    return doomed


def _only_editors(request: gradio.Request) -> None:
    """Raise the page's error for whoever may only read."""
    if not user_of(request).edits:
        raise gradio.Error(NOT_EDITOR)


def _numbers(years: str) -> list[int]:
    """Raises ValueError where they are none."""
    return sorted(int(one) for one in years.replace("、", " ").replace(",", " ").split())


def _choices(collection: Collection) -> list[Any]:
    facts = collection.assistant.store.facts
    names = [one.name for one in collection.files() if one.present]
    works = [(f"{about.called}({about.source})", document_id) for document_id, about in facts.items()]
    return [gradio.update(choices=works), gradio.update(choices=names, value=None)]


def _state(collection: Collection) -> str:
    """How far the run is, or how it ended."""
    progress = collection.progress
    if progress.running:
        what = escape_markdown(progress.name) or "计算索引"
        bar = f"<progress value='{progress.done}' max='{progress.total or 1}'></progress>"
        return f"{bar} 正在更新:{progress.done}/{progress.total} {what}。提问不受影响。"
    if progress.error:
        return f"更新没有完成:{escape_markdown(progress.error)}。原来的索引照常可用。"
    words = {"added": "新增", "changed": "更新", "removed": "移除", "skipped": "读不出", "unchanged": "未变"}
    counts = progress.summary or {}
    told = ",".join(f"{name} {counts[key]}" for key, name in words.items() if counts.get(key))
    return f"更新完成:{told}。{_incomplete(collection, progress.added)}"


def _incomplete(collection: Collection, added: Sequence[str]) -> str:
    """Which of the new files tell no year or no place, which someone may know."""
    lacking = []
    for about in collection.assistant.store.facts.values():
        missing = [name for name, value in (("年份", about.years), ("地区", about.place)) if not value]
        if about.source in added and missing:
            lacking.append(f"{about.called} 没有读到{'和'.join(missing)}")
    told = ";".join(lacking[:MOST_TITLES])
    return f"\n\n{escape_markdown(told)},可以在“改正标题、年份、地区”里补上。" if told else ""


def _table(collection: Collection) -> str:
    files = collection.files()
    more = f"<p>共 {len(files)} 个文件,列出前 {SHOWN} 个。</p>" if len(files) > SHOWN else ""
    return html_table(HEADS, (_cells(collection, one) for one in files[:SHOWN])) + more


def _cells(collection: Collection, held: HeldFile) -> tuple[str, ...]:
    store = collection.assistant.store
    works = [store.document(one) for one in held.documents]
    titles = [_titled(work) for work in works[:MOST_TITLES]] + ["……"] * (len(works) > MOST_TITLES)
    return (
        html.escape(held.name),
        "<br>".join(titles),
        html.escape("、".join(dict.fromkeys(work.place for work in works if work.place))),
        html.escape("、".join(map(str, sorted({year for work in works for year in work.years})))),
        html.escape("、".join(dict.fromkeys(DOCUMENT_KIND_WORDS[work.kind] for work in works))),
        str(len(works)),
        str(sum(len(store.passages_of(work.document_id)) for work in works)),
        str(sum(len(work.alignment.mended) for work in works)),
        html.escape(_condition(held)),
    )


def _titled(work: Document) -> str:
    """The title, which opens the document."""
    return f"<a class='whole' href='{html.escape(address_of(work.document_id))}'>{html.escape(work.called)}</a>"


def _condition(held: HeldFile) -> str:
    if held.reason:
        before = "仍用上次读到的内容;" if held.documents else ""
        return f"读不出:{before}{held.reason}"
    if not held.present:
        return "已不在文件夹中"
    return "已收录" if held.documents else "待读取"
