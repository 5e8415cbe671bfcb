"""Words that would do something, were a page to take them for more than words."""

from __future__ import annotations

RUN = "window.hacked=1"
HTML = (
    f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"<svg onload={RUN}>", f"<svg/onload={RUN}//",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>", f"<body onload={RUN}>", f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>", f"<video><source onerror={RUN}></video>", f"<audio src=x onerror={RUN}>",
    f"<math><mi xlink:href='javascript:{RUN}'>x</mi></math>", f"<a href='javascript:{RUN}'>x</a>",
    f"<form action='javascript:{RUN}'><button>x</button></form>", f"<object data='javascript:{RUN}'>",
    f"<embed src='javascript:{RUN}'>", f"<base href='javascript:{RUN}//'>", f"<marquee onstart={RUN}>x</marquee>",
    f"<style>@import 'javascript:{RUN}'</style>", f"<link rel=stylesheet href='javascript:{RUN}'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>", f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>", f"<textarea></textarea><script>{RUN}</script>",
    f"<title></title><script>{RUN}</script>", f"<!--><script>{RUN}</script>-->", f"<![CDATA[<script>{RUN}</script>]]>",
    f"<ScRiPt>{RUN}</sCrIpT>", f"<script\x20type='text/javascript'>{RUN}</script>", f"<scr<script>ipt>{RUN}</script>",
    f"<p style='background:url(javascript:{RUN})'>x</p>", f"<div onmouseover={RUN}>x</div>", f"<b onclick={RUN}>x</b>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;", f"&#60;script&#62;{RUN}&#60;/script&#62;", f"\\u003cscript\\u003e{RUN}",
    f"%3Cscript%3E{RUN}%3C/script%3E", f"'><script>{RUN}</script>", f'"><img src=x onerror={RUN}>',
    f"</article></section><script>{RUN}</script>", f"</td></tr></table><script>{RUN}</script>",
)  # fmt: skip
MARKDOWN = (
    f"[x](javascript:{RUN})", f"[x](JaVaScRiPt:{RUN})", f"[x](data:text/html,<script>{RUN}</script>)",
    f"![x](x onerror={RUN})", "![图](http://example.com/a.png)", "[链接](http://example.com/)", "<http://example.com/>",
    f"[x][y]\n[y]: javascript:{RUN}", "| a | b |\n|---|---|\n| c | d |", "# 标题",
    "```html\n<b>x</b>\n```", "$$\\href{x}{y}$$",
    "- [ ] 任务", "~~删~~ **粗** *斜* __线__", "[1](#cite-1-1)",
)  # fmt: skip
OTHER = (
    "{{constructor.constructor('" + RUN + "')()}}",
    "${" + RUN + "}",
    "'; DROP TABLE goals; --",
    "../../etc/passwd",
    "\u202e反向\u202c",
)
STRINGS = (*HTML, *MARKDOWN, *OTHER)
