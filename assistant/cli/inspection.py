"""Look into one file: everything that reading it found, changed and left out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.datamodels import Document, Section, SourceText
from assistant.documents.corpus import corpus_files
from assistant.documents.structure.passages import PASSAGE_CHARACTERS, split_passages
from assistant.errors import UnreadableDocument

METADATA = ("title", "kind", "years", "place", "bureau", "number", "issued", "draft")
KIND_WORDS = {
    "pinyin": "夹注拼音",
    "byte_shift": "错位字节",
    "traditional": "繁体",
    "lost": "缺字",
    "spaced_year": "拆开的年份",
    "doubtful_number": "可疑数字",
}
SHOWN_REPAIRS = 12
LONGEST_MARK = 4
"""Characters of a heading that is its mark alone; the line is shown then."""
SHOWN_CHARACTERS = 60


def inspect_file(path: Path, *, passage_characters: int = PASSAGE_CHARACTERS) -> dict[str, Any]:
    """What ``bureau inspect --json`` prints. Raises UnreadableDocument."""
    if not path.is_file():
        raise UnreadableDocument(f"{path}: no such file; name one document")
    (file,) = corpus_files(path)
    source, works = file.read()
    return {
        "source": file.name,
        "encoding": source.encoding,
        "warnings": list(source.warnings),
        "characters": len(source.text),
        "pages": len(source.pages),
        "dropped": list(dict.fromkeys(line for work in works for line in work.dropped)),
        "works": [_work(work, source, passage_characters) for work in works],
    }


def _work(work: Document, source: SourceText, passage_characters: int) -> dict[str, Any]:
    found = {finding.name: finding for finding in work.findings}
    return {
        "document_id": work.document_id,
        "metadata": {
            name: {
                "value": getattr(work, name),
                "where": found[name].where if name in found else None,
                "certain": found[name].certain if name in found else False,
            }
            for name in METADATA
        },
        "characters": len(work.text),
        "outline": [_section(work, section) for section in work.sections[1:]],
        "repairs": [asdict(repair) for repair in work.repairs],
        "passages": [
            {
                "passage_id": passage.passage_id,
                "section_path": list(passage.section_path),
                "text": passage.text,
                "original_start": passage.original_start,
                "original_end": passage.original_end,
                "page": source.page(passage.original_start),
            }
            for passage in split_passages(work, passage_characters)
        ],
    }


def _section(work: Document, section: Section) -> dict[str, Any]:
    """Offsets are those of the file; ``parent`` is the place of the parent in this list, None at the top."""
    start, end = work.alignment.original_span(section.start, max(section.end, section.start + 1))
    return {
        "heading": section.heading,
        "line": work.text[section.start : section.end].split("\n", 1)[0],
        "level": section.level,
        "parent": section.parent - 1 if section.parent else None,
        "inline": section.inline,
        "original_start": start,
        "original_end": end,
    }


def inspection_text(inspection: dict[str, Any]) -> str:
    """The same for a terminal."""
    pages = f",{inspection['pages']} 页" if inspection["pages"] else ""
    lines = [f"{inspection['source']}:{inspection['encoding']},{inspection['characters']} 字{pages}"]
    lines += [f"注意:{warning}" for warning in inspection["warnings"]]
    for work in inspection["works"]:
        lines += ["", f"== {work['document_id']} =="]
        lines += [_metadata_line(name, fact) for name, fact in work["metadata"].items() if fact["value"]]
        lines += [f"提纲({len(work['outline'])} 条)"]
        lines += [_outline_line(part) for part in work["outline"]]
        lines += _repair_lines(work["repairs"])
        lines += [f"段落 {len(work['passages'])} 个,正文 {work['characters']} 字"]
    lines += ["", f"去掉的网页内容({len(inspection['dropped'])} 行)"]
    lines += [f"  {_shorten(line)}" for line in inspection["dropped"]]
    return "\n".join(lines)


def _outline_line(part: dict[str, Any]) -> str:
    words: str = part["line"] if len(part["heading"]) <= LONGEST_MARK else part["heading"]
    return "  " * int(part["level"]) + _shorten(words)


def _metadata_line(name: str, fact: dict[str, Any]) -> str:
    value = fact["value"]
    shown = "、".join(map(str, value)) if isinstance(value, (list, tuple)) else value
    return f"{name:<8}{shown}  ({fact['where']}{'' if fact['certain'] else ',不确定'})"


def _repair_lines(repairs: list[dict[str, Any]]) -> list[str]:
    """How many of each kind; and, but for pinyin and script, what each was and became."""
    counts: dict[str, int] = {}
    for repair in repairs:
        counts[repair["kind"]] = counts.get(repair["kind"], 0) + 1
    lines = [
        "修复:" + ("、".join(f"{KIND_WORDS.get(kind, kind)} {count} 处" for kind, count in counts.items()) or "无")
    ]
    telling = [repair for repair in repairs if repair["kind"] not in ("pinyin", "traditional")]
    for repair in telling[:SHOWN_REPAIRS]:
        change = (
            f"{repair['before']} → {repair['after']}" if repair["certain"] else f"{repair['before']} 未修复,保留原样"
        )
        lines.append(f"  {repair['original_start']}: {change}")
    if len(telling) > SHOWN_REPAIRS:
        lines.append(f"  …… 另有 {len(telling) - SHOWN_REPAIRS} 处,见 --json")
    return lines


def _shorten(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
