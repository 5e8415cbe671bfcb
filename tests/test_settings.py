from __future__ import annotations

from pathlib import Path

import pytest

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
