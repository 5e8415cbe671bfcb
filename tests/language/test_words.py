"""Each notion stands once: in language/, and nowhere else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.language.polarity import cuts_off
from assistant.language.synonyms import chinese_terms, field_terms
from assistant.language.units import ASKED, COUNT_UNITS, VALUE, dimension
from assistant.language.years import named_years, told_years, with_digits, with_full_years

PACKAGE = Path(__file__).parents[2] / "assistant"
HAN = re.compile(r"[\u4e00-\u9fff]")
EXEMPT = ("language", "documents/cleaning")
MOST_CONSTANTS = 40
UNIT_RUN = re.compile(r"[家项件个名人次处场起篇单份间亩户辆座台套]{5,}")


def constants(path: Path) -> list[str]:
    """Names of module constants whose value has Han characters."""
    source = path.read_text(encoding="utf-8")
    found = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            value = ast.get_source_segment(source, node.value) or ""
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            found += [ast.unparse(target)] if HAN.search(value) else []
    return found


def outside() -> list[Path]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return [path for path in paths if not str(path.relative_to(PACKAGE)).startswith(EXEMPT)]


def test_few_words_stand_outside_the_language() -> None:
    found = {str(path.relative_to(PACKAGE)): names for path in outside() if (names := constants(path))}
    assert sum(map(len, found.values())) <= MOST_CONSTANTS, found


def test_every_list_of_units_stands_in_one_module() -> None:
    for path in [*outside(), *(PACKAGE / "language").glob("*.py")]:
        if path.name == "units.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not UNIT_RUN.search(node.value), f"{path.name}: {node.value[:60]}"


def test_no_module_matches_a_pattern_against_the_text_of_an_answer() -> None:
    """Text is made from lines; what reads it back would have to be changed with every frame."""
    reading = re.compile(
        r"(?:search|match|fullmatch|findall|finditer|split|sub|startswith|endswith)\([^()]*\banswer\.text"
        r"|\banswer\.text\.(?:split|startswith|endswith|partition|find|replace|index)|\bin answer\.text"
    )
    for path in sorted(PACKAGE.rglob("*.py")):
        assert not reading.search(path.read_text(encoding="utf-8")), path


def test_the_lists_of_words_are_data_with_reasons() -> None:
    import tomllib

    entries = tomllib.loads((PACKAGE / "language/data/everyday.toml").read_text(encoding="utf-8"))["entry"]
    assert all(one["said"] and one["written"] and len(one["reason"]) > 4 for one in entries)
    said = [word for one in entries for word in one["said"]]
    assert len(said) == len(set(said))
    assert field_terms("有没有借钱给厂家") == "贷款 融资 质押 企业"
    assert chinese_terms("how many patents were granted") == "专利 授权"


@pytest.mark.parametrize(
    ("before", "cuts"),
    [
        ("近", True),
        ("培训近", True),
        ("突破", True),
        ("总数突破", True),
        ("取消", True),
        ("没有", True),
        ("不超过", True),
        ("至少", True),
        ("约", True),
        ("签约", False),
        ("最终", False),
        ("高新技术企业", False),
        ("全年", False),
    ],
)
def test_words_that_deny_or_bound(before: str, cuts: bool) -> None:
    assert cuts_off(before) is cuts


@pytest.mark.parametrize(
    ("text", "years"), [("2013年和二〇一四年", [2013, 2014]), ("90年代,1990年代", []), ("2013我市", [2013])]
)
def test_years_in_running_text(text: str, years: list[int]) -> None:
    assert told_years(with_digits(text)) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [("2000件专利", ()), ("14年的目标", (2014,)), ("2013年、2012年", (2012, 2013)), ("近2000余人", ()), ("第14年", ())],
)
def test_years_that_a_question_names(text: str, years: tuple[int, ...]) -> None:
    assert named_years(with_full_years(text)) == years


def test_units() -> None:
    assert dimension("家") == dimension("个") == "count"
    assert dimension("人次") == "人次" != dimension("人")
    assert re.fullmatch(ASKED, "人次")
    assert {"家", "项", "件", "人"} <= COUNT_UNITS
    assert VALUE.search("达到2300件")
    assert not VALUE.search("获奖")


@pytest.mark.parametrize("order", [0, 1])
def test_a_unit_of_two_characters_is_not_answered_by_another(tmp_path: Path, order: int) -> None:
    """培训…1200人次 asked for 人次; the other number has a unit of one character."""
    from conftest import HashingEncoder

    sentences = ("培训科技人员1200人次。", "奖励专利5项。")
    text = "".join(sentences[::-1] if order else sentences)
    (tmp_path / "a.txt").write_text(f"甲市科技局2013年工作总结\n一、成绩\n{text}\n", encoding="utf-8")
    built = Assistant.build(tmp_path, tmp_path / "index", encoder=HashingEncoder())
    assert built.ask("培训科技人员多少人次?").text == "培训科技人员1200人次[1]"
    assert built.ask("奖励专利多少项?").text == "奖励专利5项[1]"
    assert not built.ask("培训科技人员多少平方米?").answered
