from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant import Settings, SettingsError
from assistant.settings import load_settings


def test_the_environment_sets_what_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAU_CORPUS", "/data/docs")
    monkeypatch.setenv("BUREAU_DENSE_WEIGHT", "0.5")
    settings = load_settings()
    assert (settings.corpus, settings.index, settings.dense_weight) == (Path("/data/docs"), Path("index"), 0.5)
    assert settings.host == "127.0.0.1"


@pytest.mark.parametrize(("name", "value"), [("BUREAU_PORT", "0"), ("BUREAU_FUSION", "magic"), ("BUREAU_INDX", "x")])
def test_unknown_names_and_impossible_values_are_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load_settings()


def test_unknown_keys_are_refused_in_code_too() -> None:
    with pytest.raises(ValueError, match="corpse"):
        Settings(corpse="x")  # type: ignore[call-arg]


def test_the_table_of_settings_names_each_with_its_default() -> None:
    table = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(BUREAU_\w+)` \| (.*?) ?\|", table, re.MULTILINE))
    assert list(rows) == [f"BUREAU_{name}".upper() for name in Settings.model_fields]
    for name, field in Settings.model_fields.items():
        default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
        assert rows[f"BUREAU_{name}".upper()] == (str(default).lower() if isinstance(default, bool) else str(default))
