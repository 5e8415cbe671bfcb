from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant import Answer, Assistant, Quoted, Written
from assistant.datamodels import TableValue
from assistant.markdown import escape_markdown
from assistant.page.talk.panels import turn_panel
from assistant.page.talk.rendering import answer_markdown
from assistant.serving.gate import POLICY

LINK = re.compile(r'\(documents/\S+ "[^"]*"\)')
WHERE = " <small class='where'>平湖市 2013</small>"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<img src=x onerror=alert(1)>", r"&lt;img src\=x onerror\=alert\(1\)&gt;"),
        ("![a](http://x)", r"\!\[a\]\(http\://x\)"),
        ("5.专利*县 $1$", r"5\.专利\*县 \$1\$"),
        ("R&D", "R&amp;D"),
    ],
)
def test_markdown_and_html_are_shown_not_run(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


def linked(answer: Answer) -> str:
    """The answer as Markdown, without where its marks lead."""
    return LINK.sub("(…)", answer_markdown(answer))


def test_marks_become_links_to_their_passages(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    assert linked(answer) == r"专利申请量达到2300件以上 [\[1\]](…)" + WHERE
    panel = turn_panel(answer, seeds.store)
    assert "<mark>5.专利申请量达到2300件以上,其中发明占10%以上,授权专利1600件以上。</mark>新增专利示范企业" in panel
    assert "\n" not in panel


def test_quotes_that_follow_each_other_are_a_list_that_says_once_whose_they_are(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    lines = (Quoted("甲", (1,)), Quoted("乙", (1,), depth=1))
    assert linked(replace(answer, lines=lines)) == (rf"- 甲 [\[1\]](…){WHERE}" "\n" r"  - 乙 [\[1\]](…)")


def test_values_of_tables_are_a_table_with_a_head(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    value = TableValue(("西区", "高新技术企业"), "19", "家", (1,))
    assert linked(replace(answer, lines=(value,))) == (
        "| 表头 | 数值 |\n|---|---|\n" rf"| 西区 · 高新技术企业 | 19家 [\[1\]](…){WHERE} |"
    )


def test_a_mark_leads_to_its_quote_and_says_it(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    (citation,) = answer.citations
    quoted = replace(citation, title='某"市"', quote='a"b\n[c](d)')
    told = answer_markdown(replace(answer, citations=(quoted,)))
    span = f"?start={citation.start}&end={citation.end}"
    title = r"某&quot;市&quot; › 二、工作目标 › 5\.\(003\_6c7405a0fd13b55c\.txt\)「a&quot;b \[c\]\(d\)」"
    assert f'(documents/{citation.source}%23{citation.document_id[-1]}{span} "{title}")' in told


def test_a_question_cannot_write_into_the_panel(seeds: Assistant) -> None:
    answer = replace(seeds.ask("专利"), question="<script>alert(1)</script>\n\n# 标题")
    panel = turn_panel(answer, seeds.store)
    assert "<script>" not in panel
    assert "&lt;script&gt;" in panel
    assert "\n" not in panel


def test_the_policy_lets_nothing_in_from_outside() -> None:
    assert "http" not in POLICY
    assert "unsafe-eval" not in POLICY
    assert "default-src 'self'" in POLICY


def test_sentences_of_a_model_say_whether_they_were_checked(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    lines = (Written("专利申请量的目标是2300件以上", (1,)), Written("专利方面定了目标", (1,), checked=False))
    told = linked(replace(answer, lines=lines, generated=True))
    fact, summary, quote = told.split("\n\n")
    assert fact == r"专利申请量的目标是2300件以上。 [\[1\]](…)" + WHERE + " *已核对*"
    assert summary == r"专利方面定了目标。 [\[1\]](…) *概括,请对照下面的原文*"
    assert quote == r"> 5\.专利申请量达到2300件以上,其中发明占10%以上,授权专利1600件以上。"
