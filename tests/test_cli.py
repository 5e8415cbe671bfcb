"""The command line as a user runs it: a process of its own, on the corpus of the repository."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.cli import bureau as command_group

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
QUESTION = "平湖市2013年专利申请量的目标是多少?"


def bureau(*arguments: str | Path, standard_input: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, arguments)],
        input=standard_input,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )


def one_error_line(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("bureau: ")
    return line


@pytest.fixture(scope="module")
def index(seeds: Assistant, index_folder: Path) -> Path:
    return index_folder


def ask(index: Path, question: str, *more: str) -> dict[str, Any]:
    result = bureau("ask", question, "--json", "--index", index, *more)
    assert (result.returncode, result.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_ask_answers_with_a_citation_in_the_file(index: Path) -> None:
    answer = ask(index, QUESTION)
    assert answer["answered"] is True
    assert answer["refusal"] is None
    assert "2300件以上" in answer["text"]
    (citation,) = answer["citations"]
    content = (CORPUS / citation["source"]).read_text(encoding="utf-8")
    assert content[citation["original_start"] : citation["original_end"]] == citation["original"]
    assert set(citation) == {
        "marker", "passage_id", "source", "title", "section_path", "quote", "start", "end",
        "original_start", "original_end", "original", "page", "document_id", "years", "place", "kind",
    }  # fmt: skip


def test_ask_refuses_another_year_and_exits_0(index: Path) -> None:
    answer = ask(index, QUESTION.replace("2013", "2014"))
    assert answer["answered"] is False
    assert answer["citations"] == []
    assert (answer["refusal"]["reason"], answer["refusal"]["missing"]) == ("wrong_year", "2014年")
    assert len(answer["refusal"]["nearest"]) == 3


def test_a_refusal_is_an_exit_code_where_that_is_asked_for(index: Path) -> None:
    other = QUESTION.replace("2013", "2014")
    told = bureau("ask", other, "--fail-on-refusal", "--index", index)
    assert (told.returncode, told.stderr) == (4, "")
    assert "没有该年份的内容" in told.stdout
    assert bureau("ask", QUESTION, "--fail-on-refusal", "--index", index).returncode == 0
    batch = bureau(
        "ask", "--batch", "-", "--fail-on-refusal", "--index", index, standard_input=f"{other}\n{QUESTION}\n"
    )
    assert (batch.returncode, "2300件以上" in batch.stdout) == (4, True)


def test_markdown_quotes_each_source(index: Path) -> None:
    told = bureau("ask", QUESTION, "--format", "markdown", "--index", index).stdout
    assert told == (
        "专利申请量达到2300件以上\\[1\\]\n\n"
        "> \\[1\\] 关于印发平湖市科技局2013年工作要点的通知 › 二、工作目标 › 5\\."
        "\\(003\\_6c7405a0fd13b55c\\.txt\\)\n>\n"
        "> 5\\.专利申请量达到2300件以上,其中发明占10%以上,授权专利1600件以上。\n"
    )
    found = bureau("search", "专利申请量", "-k", "2", "--format", "markdown", "--index", index).stdout
    assert found.startswith("> \\[1\\] ")
    assert found.count("\n>\n") == 2
    assert json.loads(bureau("ask", QUESTION, "--format", "json", "--index", index).stdout) == ask(index, QUESTION)


def test_ask_for_people_shows_answer_and_quote(index: Path) -> None:
    result = bureau("ask", QUESTION, "--index", index)
    first, _, title, place, quote = result.stdout.split("\n")[:5]
    assert first == "专利申请量达到2300件以上[1]"
    assert title.endswith("(003_6c7405a0fd13b55c.txt)")
    assert place.startswith("[1] 892-932")
    assert quote == "    「5.专利申请量达到2300件以上,其中发明占10%以上,授权专利1600件以上。」"


def test_mentions_lists_each_document_once(index: Path) -> None:
    assert bureau("mentions", "众创空间", "--index", index).stdout.startswith("共 3 份文件:\n")
    found = json.loads(bureau("mentions", "众创空间", "--json", "--index", index).stdout)
    assert [one["sentences"] for one in found] == [5, 4, 1]
    assert all("众创空间" in one["citation"]["quote"] for one in found)
    assert json.loads(bureau("mentions", "量子计算机", "--json", "--index", index).stdout) == []


def test_search_prints_what_the_design_promises(index: Path) -> None:
    result = bureau("search", "防震减灾", "-k", "2", "--json", "--index", index)
    found = json.loads(result.stdout)
    assert (found["query"], [hit["rank"] for hit in found["hits"]]) == ("防震减灾", [1, 2])
    assert set(found["hits"][0]) == {
        "rank", "score", "sparse_rank", "dense_rank", "passage_id", "source", "title", "section_path", "text",
        "start", "end", "original_start", "original_end", "document_id", "years", "place", "kind",
        "sparse_score", "dense_score",
    }  # fmt: skip


def test_a_batch_gives_one_object_a_line(index: Path, tmp_path: Path) -> None:
    questions = "防震减灾\n\n科技特派员\n"
    (tmp_path / "q.txt").write_text(questions, encoding="utf-8")
    from_file = bureau("search", "--batch", tmp_path / "q.txt", "--json", "-k", "1", "--index", index)
    from_input = bureau("search", "--batch", "-", "--json", "-k", "1", "--index", index, standard_input=questions)
    assert from_file.stdout == from_input.stdout
    assert [json.loads(line)["query"] for line in from_file.stdout.splitlines()] == ["防震减灾", "科技特派员"]


def test_a_bad_line_of_a_batch_is_named_and_the_rest_go_on(index: Path) -> None:
    questions = "\ufeff防震减灾\r\n。。\n科技\u2028特派员\n"
    result = bureau("search", "--batch", "-", "--json", "-k", "1", "--index", index, standard_input=questions)
    assert result.returncode == 1
    assert [json.loads(line)["query"] for line in result.stdout.split("\n") if line] == ["防震减灾", "科技\u2028特派员"]
    (line,) = result.stderr.splitlines()
    assert line.startswith("bureau: question 2: ")


def test_odd_bytes_and_odd_terminals_do_no_harm(index: Path) -> None:
    command = [sys.executable, "-m", "assistant", "ask", os.fsdecode(b"\xff") + "专利申请量", "--index", str(index)]
    assert subprocess.run(command, capture_output=True, check=False, cwd=ROOT).returncode == 0
    for environment in (
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ):
        assert bureau("search", "防震减灾", "--index", index, **environment).returncode == 0


def test_filters_reach_the_search(index: Path) -> None:
    result = bureau("search", "科技", "--year", "2023", "--kind", "plan", "--json", "--index", index)
    assert {hit["source"][:3] for hit in json.loads(result.stdout)["hits"]} == {"004"}


def test_an_empty_index_is_built_before_the_first_answer(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("甲市2020年工作总结\n全年申请专利120件。\n", encoding="utf-8")
    result = bureau("ask", "2020年申请专利多少件?", "--corpus", corpus, "--index", tmp_path / "index")
    assert result.returncode == 0
    assert "先从" in result.stderr
    assert "120件" in result.stdout


def test_index_reports_and_leaves_a_bad_corpus_alone(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "a.txt").write_text("甲市2020年工作总结\n全年申请专利120件。\n", encoding="utf-8")
    built = bureau("index", "--corpus", corpus, "--index", folder, "--json")
    assert json.loads(built.stdout)["generation"] == "000001"
    for name, content, words in (("b.txt", b"", "empty"), ("c.txt", b"\0\1", "binary"), ("d.docx", b"PK", "damaged")):
        (corpus / name).write_bytes(content)
        result = bureau("index", corpus, "--index", folder, "--json")
        assert result.returncode == 3
        facts = json.loads(result.stdout)
        assert (facts["documents"], facts["generation"], facts["unchanged"]) == (1, "000001", 1)
        assert words in facts["skipped"][name]
        assert f"skipped {corpus / name}" in result.stderr
        assert (
            result.stderr.splitlines()[-1]
            == f"bureau: {len(facts['skipped'])} files could not be read; of those read before, the old text stays"
        )
    (corpus / "a.txt").unlink()
    assert "hold no text" in bureau("index", corpus, "--index", folder).stderr
    assert (folder / "CURRENT").read_text() == "000001\n"


def test_index_takes_what_changed_and_lets_go_of_what_is_gone(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for name in ("a.txt", "b.txt"):
        (corpus / name).write_text(f"甲市2020年工作总结\n全年申请专利120件。{name}", encoding="utf-8")

    def build() -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(bureau("index", corpus, "--index", folder, "--json").stdout)
        return {name: facts[name] for name in ("added", "changed", "unchanged", "removed", "generation")}

    assert build() == {"added": 2, "changed": 0, "unchanged": 0, "removed": 0, "generation": "000001"}
    assert build() == {"added": 0, "changed": 0, "unchanged": 2, "removed": 0, "generation": "000001"}
    (corpus / "a.txt").write_text("甲市2021年工作总结\n全年申请专利130件。", encoding="utf-8")
    (corpus / "b.txt").unlink()
    assert build() == {"added": 0, "changed": 1, "unchanged": 0, "removed": 1, "generation": "000002"}
    assert "130件" in bureau("search", "申请专利", "--index", folder).stdout
    (corpus / "metadata.toml").write_text('["a.txt"]\nplace = "乙县"\n', encoding="utf-8")
    assert build()["changed"] == 1
    found = bureau("search", "申请专利", "--place", "乙县", "--index", folder).stdout
    assert "130件" in found


def test_inspect_shows_what_was_read_and_mended(tmp_path: Path) -> None:
    result = bureau("inspect", CORPUS / "003_6c7405a0fd13b55c.txt", "--json")
    inspection = json.loads(result.stdout)
    assert (inspection["encoding"], inspection["warnings"]) == ("utf-8", [])
    (work,) = inspection["works"]
    assert work["metadata"]["years"] == {"value": [2013], "where": "title", "certain": True}
    assert work["metadata"]["issued"] == {"value": "2013-01-18", "where": "text", "certain": False}
    assert [part["heading"] for part in work["outline"] if part["level"] == 1] == [
        "、基本思路",
        "二、工作目标",
        "三、工作措施",
    ]
    assert work["outline"][2] == work["outline"][work["outline"][3]["parent"] + 1]
    assert "站点关键词" in inspection["dropped"]
    content = (CORPUS / inspection["source"]).read_text(encoding="utf-8")
    (first, *_) = work["passages"]
    assert content[first["original_start"] : first["original_end"]].startswith(
        "关于印发平湖市科技局2013年工作要点的通知"
    )
    shown = bureau("inspect", CORPUS / "002_0d80e4d34c487784.txt").stdout
    assert "篇十六 ==" not in shown
    assert "#16 ==" in shown
    assert "?,F → 。现" in shown or "?,F → 。現" in shown
    assert "未修复,保留原样" in shown
    for wrong in (tmp_path / "none.txt", CORPUS):
        refused = bureau("inspect", wrong)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert wrong.name in refused.stderr


def test_what_is_missing_or_broken_is_one_line(index: Path, tmp_path: Path) -> None:
    assert "bureau index" in one_error_line(bureau("search", "x", "--index", tmp_path / "none"))
    missing = bureau("index", "--corpus", tmp_path / "none", "--index", tmp_path / "i")
    assert missing.returncode == 1
    assert "--corpus" in missing.stderr.splitlines()[-1]
    assert "10,000" in one_error_line(bureau("ask", "问" * 10_000, "--index", index))
    assert "empty" in one_error_line(bureau("search", " ", "--index", index))
    assert "BUREAU_CORPSE" in one_error_line(bureau("search", "x", "--index", index, BUREAU_CORPSE="x"))
    assert "BUREAU_DENSE_WEIGHT" in one_error_line(bureau("search", "x", BUREAU_DENSE_WEIGHT="2"))


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is where even root cannot write")
def test_an_unwritable_index_folder_is_one_line() -> None:
    result = bureau("index", "--index", "/proc/bureau-index")
    assert result.returncode == 1
    assert "cannot write to the index folder /proc/bureau-index" in result.stderr.splitlines()[-1]


def test_an_index_folder_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("")
    result = bureau("index", "--index", tmp_path / "index")
    assert result.returncode == 1
    assert "cannot write to the index folder" in result.stderr.splitlines()[-1]


def test_a_truncated_index_is_one_line(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "a.txt").write_text("甲市总结\n申请专利120件。", encoding="utf-8")
    bureau("index", "--corpus", corpus, "--index", folder)
    path = folder / "generations" / "000001" / "dense.faiss"
    path.write_bytes(path.read_bytes()[:-10])
    assert "cut short" in one_error_line(bureau("ask", "专利", "--index", folder))


def test_a_port_that_is_taken_is_one_line(index: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = bureau("chat", "--no-open", "--port", str(taken.getsockname()[1]), "--index", index)
    assert "choose another with --port" in one_error_line(result)


def test_wrong_usage_exits_with_2(index: Path) -> None:
    for arguments in (["search"], ["search", "x", "-k", "0"], ["ask", "x", "--kind", "poem"], ["nonsense"]):
        result = bureau(*arguments, "--index", index) if len(arguments) > 1 else bureau(*arguments)
        assert result.returncode == 2
        assert "Traceback" not in result.stderr


def test_evaluate_and_doctor_print_json(index: Path, tmp_path: Path) -> None:
    first = (ROOT / "benchmarks" / "questions.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "q.jsonl").write_text(first + "\n", encoding="utf-8")
    result = bureau("evaluate", tmp_path / "q.jsonl", "--json", "--index", index)
    assert json.loads(result.stdout)["figures"]["quote_validity"] == 1.0
    checks = json.loads(bureau("doctor", "--json", "--index", index).stdout)
    assert [check["ok"] for check in checks] == [True, True, True]
    broken = bureau("doctor", "--json", "--index", tmp_path / "none")
    assert (broken.returncode, [check["ok"] for check in json.loads(broken.stdout)]) == (1, [True, True, False])


def test_a_search_imports_nothing_heavy(index: Path) -> None:
    script = (
        "import sys; sys.argv = ['bureau', 'search', '防震减灾', '--index', sys.argv[1]]\n"
        "from assistant.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'sentence_transformers', 'gradio', 'langchain_text_splitters', 'langchain_core'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", script, index], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_every_command_and_option_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in command_group.commands.items():
        assert f"bureau {name}" in readme, name
        assert command.help, name
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert getattr(parameter, "help", None), f"{name} {parameter.name}"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(shell: str) -> None:
    assert "_BUREAU_COMPLETE" in bureau("completion", shell).stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_bash_completes_what_is_begun() -> None:
    script = 'eval "$(bureau completion bash)"; COMP_WORDS=(bureau me); COMP_CWORD=1; _bureau_completion bureau'
    script += '; echo "${COMPREPLY[@]}"'
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    told = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["measures", "mentions"]
