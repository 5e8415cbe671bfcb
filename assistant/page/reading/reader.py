"""A document in the browser, whole: the quote marked, repairs underlined, headings as a table of contents.

Plain HTML of our own without gradio: it opens at once, has an address that others can link to, and prints.
"""

from __future__ import annotations

import html
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, get_args
from urllib.parse import quote, urlencode

from assistant.datamodels import Document, SourceText
from assistant.records import DOCUMENT_KIND_WORDS

Span = tuple[int, int]
View = Literal["read", "original", "pages"]
VIEWS = get_args(View)
LONGEST_HEADING = 40
"""Of the headings in the name of a window."""
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{where}</title><style>
:root {{ color-scheme: light dark; --line: #8886 }}
body {{ font: 16px/1.9 system-ui, "Noto Sans CJK SC", sans-serif }}
body {{ margin: 0 auto; max-width: 76rem; padding: 0 1rem 4rem }}
h1 {{ font-size: 1.25rem; margin: 1rem 0 .2rem }} header p {{ margin: .2rem 0; font-size: .9rem }}
main {{ display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 1.5rem; align-items: start }}
nav {{ position: sticky; top: 0; max-height: 100vh; overflow: auto; font-size: .88rem; line-height: 1.5 }}
nav a {{ display: block; padding: .25rem 0 .25rem calc(var(--level) * .9rem); text-decoration: none; color: inherit }}
nav a:hover, nav a:focus {{ text-decoration: underline }}
article {{ white-space: pre-wrap; overflow-wrap: anywhere }}
figure {{ position: relative; margin: 0 0 1rem; border: 1px solid var(--line) }}
figure img {{ display: block; width: 100% }}
figure i {{ position: absolute; border: 2px solid #c0392b; background: #ffe58a66; mix-blend-mode: multiply }}
article b {{ scroll-margin-top: 2rem }}
mark {{ background: #ffe58a; color: #1a1a1a; scroll-margin: 35vh }}
.repair {{ text-decoration: underline dotted 2px; text-underline-offset: 4px; cursor: help }}
.views a {{ display: inline-block; padding: .2rem .7rem; border: 1px solid var(--line) }}
.views a {{ border-radius: 6px; color: inherit }}
.views a[aria-current] {{ font-weight: 600; border-width: 2px }}
@media (max-width: 45rem) {{ main {{ grid-template-columns: 1fr }} nav {{ position: static; max-height: 30vh }} }}
@media print {{ nav, .views {{ display: none }} main {{ display: block }} }}
</style></head><body><header><h1>{title}</h1><p>{about}</p><p class="views">{views}</p></header>
<main><nav aria-label="目录">{contents}</nav><article>{text}</article></main>
<script>
const marked = document.querySelector("mark");
if (marked && !location.hash) marked.scrollIntoView();
document.addEventListener("keydown", (event) => {{
  if (event.key !== "Escape" || window !== parent) return; // beside an answer the page closes it
  if (history.length > 1) history.back(); else window.close();
}});
</script></body></html>"""


class Picture(NamedTuple):
    """A page of a file as PNG, and the places of marked lines on it as shares of the page."""

    number: int
    png: bytes
    boxes: list[tuple[float, ...]]


def address_of(document_id: str, *spans: Span) -> str:
    """Where a document is shown, with those spans of it marked; relative to the page."""
    pairs = [pair for start, end in spans for pair in (("start", start), ("end", end))]
    return f"documents/{quote(document_id, safe='')}{f'?{urlencode(pairs)}' if pairs else ''}"


def document_page(
    document: Document, source: SourceText, spans: list[Span], view: View = "read", pages: Sequence[Picture] = ()
) -> str:
    """The page of a document with the spans of its text marked, in one of its views."""
    contents = ""
    if view == "original":
        text = _original(document, source.text, spans)
    elif view == "pages":
        text, contents = "".join(map(_figure, pages)), _page_links(source, spans, pages)
    else:
        text = _marked_up(document, source.text, spans)
        contents = "".join(
            f'<a href="#s{rank}" style="--level: {section.level - 1}">{html.escape(section.heading)}</a>'
            for rank, section in enumerate(document.sections)
            if section.level and not section.inline
        )
    years = "、".join(map(str, document.years))
    about = [
        document.place,
        f"{years} 年" if years else "",
        DOCUMENT_KIND_WORDS[document.kind],
        document.number,
        document.source,
    ]
    return PAGE.format(
        title=html.escape(document.called),
        where=html.escape(" › ".join([document.called, *_path(document, spans)])),
        about=html.escape(" · ".join(one for one in about if one)),
        views=_views(document, spans, view, paged=bool(source.pages)),
        contents=contents,
        text=text,
    )


def _path(document: Document, spans: list[Span]) -> list[str]:
    """The headings that the first span stands under."""
    at = spans[0][0] if spans else 0
    around = [one for one in document.sections if one.level and not one.inline and one.start <= at < one.end]
    return [one.heading for one in around if len(one.heading) <= LONGEST_HEADING]


def _views(document: Document, spans: list[Span], view: View, *, paged: bool) -> str:
    """Links to the text as it is read, as it stands in the file, to pictures of its pages, and to the file."""
    names: dict[View, str] = {"read": f"整理后({len(document.alignment.mended)} 处修复)", "original": "文件原文"}
    if paged:
        names["pages"] = "文件页面"
    links = [
        f'<a href="{_query(spans, view=name)}"{" aria-current=page" if name == view else ""}>{label}</a>'
        for name, label in names.items()
    ]
    return " ".join([*links, '<a href="?file=1">下载文件</a>'])


def _query(spans: list[Span], **more: str) -> str:
    pairs = [(name, str(value)) for span in spans for name, value in zip(("start", "end"), span, strict=True)]
    return html.escape(f"?{urlencode([*pairs, *more.items()])}")


def _page_links(source: SourceText, spans: list[Span], pages: Sequence[Picture]) -> str:
    shown = {one.number for one in pages}
    return "".join(
        f'<a href="{_query(spans, view="pages", page=str(number))}"{" aria-current=page" if number in shown else ""}>'
        f"第 {number} 页</a>"
        for number in range(1, len(source.pages) + 1)
    )


def _figure(picture: Picture) -> str:
    """The picture of a page with a box around each line that is marked."""
    boxes = "".join(
        f'<i style="left:{left:.2%};top:{top:.2%};width:{width:.2%};height:{height:.2%}"></i>'
        for left, top, width, height in picture.boxes
    )
    image = b64encode(picture.png).decode()
    return f'<figure><img alt="第 {picture.number} 页" src="data:image/png;base64,{image}">{boxes}</figure>'


def _marked_up(document: Document, source: str, spans: list[Span]) -> str:
    """The text with its headings, quotes and repairs as HTML."""
    headings = {
        section.start: rank for rank, section in enumerate(document.sections) if section.level and not section.inline
    }
    ends = {start: start + len(document.sections[rank].heading) for start, rank in headings.items()}
    mended = document.alignment.mended
    bounds = (*spans, *((one.start, one.end) for one in mended))
    cuts = {0, len(document.text), *headings, *ends.values(), *(at for span in bounds for at in span)}
    cuts = {min(max(at, 0), len(document.text)) for at in cuts}
    parts = []
    for start, end in pairwise(sorted(cuts)):
        piece = html.escape(document.text[start:end])
        rank = bisect_right(mended, start, key=lambda one: one.start) - 1
        if rank >= 0 and end <= mended[rank].end:
            told = source[mended[rank].original_start : mended[rank].original_end]
            piece = f'<span class="repair" tabindex="0" title="文件原文:{html.escape(told)}">{piece}</span>'
        if any(first <= start and end <= last for first, last in spans):
            piece = f"<mark>{piece}</mark>"
        if start in headings:
            piece = f'<b id="s{headings[start]}">{piece}</b>'
        parts.append(piece)
    return "".join(parts)


def _original(document: Document, source: str, spans: list[Span]) -> str:
    """The file's own words of the document, with those behind the spans marked."""
    segments = document.alignment.segments
    if not segments:
        return html.escape(source)
    first, last = segments[0].original_start, segments[-1].original_end
    behind = [document.alignment.original_span(start, end) for start, end in spans]
    cuts = {first, last, *(at for span in behind for at in span)}
    parts = []
    for start, end in pairwise(sorted(cuts)):
        piece = html.escape(source[start:end])
        parts.append(f"<mark>{piece}</mark>" if any(one <= start and end <= to for one, to in behind) else piece)
    return "".join(parts)
