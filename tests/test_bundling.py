"""Bundles for machines without network: what is in them, without fetching it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import ROOT
from packaging.requirements import Requirement

from assistant import BundleError
from assistant.upkeep import bundling
from assistant.upkeep.bundling import PLATFORMS, make_bundle, pinned


def names(pins: Iterable[str]) -> dict[str, str]:
    return {Requirement(one).name: one.partition("==")[2] for one in pins}


def test_every_package_is_pinned_as_it_is_tested() -> None:
    constraints = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").split() if "==" in line
    )
    pins = names(pinned("linux-x86_64", "3.11", slim=False))
    assert pins["numpy"] == constraints["numpy"]
    assert {"torch", "sentence-transformers", "transformers", "gradio", "faiss-cpu", "watchfiles"} <= set(pins)
    assert not {"pytest", "playwright", "psycopg", "bureau-assistant"} & set(pins)  # extras, and ours
    assert all(pins.values())


def test_a_slim_bundle_lacks_torch_and_what_only_it_needs() -> None:
    full, slim = (set(names(pinned("linux-x86_64", "3.12", slim=slim))) for slim in (False, True))
    assert {"torch", "sentence-transformers", "transformers", "scikit-learn", "sympy"} <= full - slim
    assert slim < full
    assert {"onnxruntime", "numpy", "scipy", "gradio", "tokenizers"} & slim >= {
        "onnxruntime",
        "numpy",
        "scipy",
        "gradio",
    }


def test_requirements_are_those_of_the_other_platform() -> None:
    windows, linux = (set(names(pinned(one, "3.12", slim=True))) for one in ("windows-x86_64", "linux-x86_64"))
    assert "colorama" in windows - linux  # click's, for consoles of Windows


def test_the_folder_installs_and_tells_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(pins: list[str], platform: str, python: str, folder: Path) -> None:
        assert (platform, python) == ("windows-x86_64", "3.13")
        (folder / "numpy-2.0-cp313-cp313-win_amd64.whl").write_bytes(b"wheel")
        assert any(one.startswith("numpy==") for one in pins)

    monkeypatch.setattr(bundling, "download", fetch)
    wheel = tmp_path / "bureau_assistant-9.8.7-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("assistant/__init__.py", "")
    folder = tmp_path / "bundle"
    made = make_bundle(folder, wheel, "windows-x86_64", "3.13", slim=True)
    assert made["wheels"] == 2
    assert (folder / "requirements.txt").read_text("utf-8").splitlines()[0] == "bureau-assistant==9.8.7"
    assert b"py -3.13\r\n" in (folder / "install.cmd").read_bytes()
    assert "Python 3.13" in (folder / "说明.md").read_text("utf-8")
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    held = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(sums) == set(held) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256(held[name].read_bytes()).hexdigest() == digest
    (folder / "wheels" / "numpy-2.0-cp313-cp313-win_amd64.whl").write_bytes(b"changed")
    done = subprocess.run(["sh", folder / "install.sh"], capture_output=True, text=True, check=False)
    assert done.returncode
    assert not (folder / ".venv").exists()  # what was changed on the way is not installed
    with pytest.raises(BundleError, match="not empty"):
        make_bundle(folder, wheel, "windows-x86_64", "3.13", slim=True)


def test_what_is_no_wheel_of_ours_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    for name in ("env.sh", "numpy-2.0-cp313-cp313-win_amd64.whl", "bureau_assistant-1.0-py3-none-any.whl"):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        with pytest.raises(BundleError, match="no wheel of bureau-assistant"):
            make_bundle(tmp_path / "bundle", tmp_path / name, "linux-x86_64", "3.11", slim=True)
    assert not (tmp_path / "bundle").exists()


def test_a_package_without_a_wheel_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(BundleError, match=r"no wheel for linux-aarch64, Python 3.12: no-such-package==1"):
        bundling.download(["no-such-package==1"], "linux-aarch64", "3.12", tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("REQUIRE_REGISTRY"), reason="fetches some 900 MB: REQUIRE_REGISTRY=1")
@pytest.mark.parametrize("platform", PLATFORMS)
def test_there_is_a_wheel_of_everything(platform: str, tmp_path: Path) -> None:
    bundling.download(pinned(platform, "3.12", slim=True), platform, "3.12", tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("REQUIRE_REGISTRY"), reason="fetches some 250 MB: REQUIRE_REGISTRY=1")
def test_an_installation_without_network_answers(tmp_path: Path) -> None:
    cut = ["unshare", "-n"]
    if subprocess.run([*cut, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no network of its own can be had here (unshare -n)")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT], check=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    folder = tmp_path / "bundle"
    make_bundle(folder, wheel, "linux-x86_64", f"3.{sys.version_info.minor}", slim=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "VIRTUAL_ENV"))}
    subprocess.run([*cut, "sh", folder / "install.sh"], check=True, env=clean | {"PYTHON": sys.executable})
    bureau = folder / ".venv" / "bin" / "bureau"
    work = tmp_path / "work"
    work.mkdir()
    for command in (["example"], ["index"]):
        subprocess.run([*cut, bureau, *command], check=True, cwd=work, env=clean)
    asked = subprocess.run(
        [*cut, bureau, "ask", "平湖市2013年专利申请量的目标是多少?", "--json"],
        check=True, cwd=work, env=clean, capture_output=True, text=True,
    )  # fmt: skip
    assert "2300件以上" in json.loads(asked.stdout)["text"]
