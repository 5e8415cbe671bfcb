"""Bundles for machines without network: what is in them, without fetching it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

from assistant import BundleError
from assistant.upkeep import bundling
from assistant.upkeep.bundling import PLATFORMS, make_bundle, needed


def write_wheel(folder: Path, name: str, *needs: str, version: str = "1.0", tag: str = "py3-none-any") -> Path:
    path = folder / f"{name.replace('-', '_')}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {need}" for need in needs)]
        archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(["Metadata-Version: 2.1", *lines, ""]))
    return path


def own_wheel(folder: Path) -> Path:
    """Of the project as it is."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_what_is_needed_is_what_the_wheels_say_for_that_platform(tmp_path: Path) -> None:
    write_wheel(
        tmp_path, "bureau-assistant", "click>=8", "sentence-transformers", "numpy; python_version < '3.12'",
        "pytest; extra == 'test'", "httpx[http2]",
    )  # fmt: skip
    write_wheel(tmp_path, "click", "colorama; platform_system == 'Windows'")
    write_wheel(tmp_path, "sentence-transformers", "torch")
    write_wheel(tmp_path, "torch", "nvidia-cublas; sys_platform == 'linux' and platform_machine == 'x86_64'")
    write_wheel(tmp_path, "httpx", "h2; extra == 'http2'", "rich; extra == 'cli'")

    def told(platform: str, python: str, *, slim: bool = False) -> set[str]:
        return needed(tmp_path, platform, python, slim=slim) - {"bureau-assistant"}

    full = {"click", "sentence-transformers", "torch", "httpx", "h2"}
    assert told("linux-aarch64", "3.12") == full
    assert told("linux-x86_64", "3.12") == full | {"nvidia-cublas"}
    assert told("windows-x86_64", "3.11") == full | {"colorama", "numpy"}
    assert told("linux-x86_64", "3.12", slim=True) == {"click", "httpx", "h2"}


def test_versions_are_those_that_are_tested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[str] = []

    def fetch(pins: list[str], platform: str, python: str, folder: Path) -> None:
        fetched.extend(pins)
        for pin in pins:
            write_wheel(folder, pin.partition("==")[0], version=pin.partition("==")[2].replace("+", "_") or "9")

    monkeypatch.setattr(bundling, "download", fetch)
    wheel = write_wheel(tmp_path, "bureau-assistant", "numpy", "torch", "no-such-package")
    make_bundle(tmp_path / "bundle", wheel, "windows-x86_64", "3.12", slim=False)
    lines = (ROOT / "constraints.txt").read_text("utf-8").split()
    constraints = dict(line.split("==") for line in lines if "==" in line)
    assert fetched == ["no-such-package", f"numpy=={constraints['numpy']}", f"torch=={constraints['torch']}"]


def test_the_folder_installs_and_tells_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(pins: list[str], platform: str, python: str, folder: Path) -> None:
        assert (platform, python) == ("windows-x86_64", "3.13")
        assert [one.partition("==")[0] for one in pins] == ["numpy"]
        write_wheel(folder, "numpy", version="2.0", tag="cp313-cp313-win_amd64")

    monkeypatch.setattr(bundling, "download", fetch)
    wheel = write_wheel(tmp_path, "bureau-assistant", "numpy", version="9.8.7")
    folder = tmp_path / "bundle"
    made = make_bundle(folder, wheel, "windows-x86_64", "3.13", slim=True)
    assert made["wheels"] == 2
    assert (folder / "requirements.txt").read_text("utf-8") == "bureau-assistant==9.8.7\nnumpy==2.0\n"
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
@pytest.mark.parametrize("platform", [one for one in PLATFORMS if one != "linux-x86_64"])
def test_there_is_a_wheel_of_everything(platform: str, tmp_path: Path) -> None:
    made = make_bundle(tmp_path / "bundle", own_wheel(tmp_path), platform, "3.12", slim=True)
    assert int(str(made["wheels"])) > 90


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("REQUIRE_REGISTRY"), reason="fetches some 250 MB: REQUIRE_REGISTRY=1")
def test_an_installation_without_network_answers(tmp_path: Path) -> None:
    cut = ["unshare", "-n"]
    if subprocess.run([*cut, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no network of its own can be had here (unshare -n)")
    folder = tmp_path / "bundle"
    make_bundle(folder, own_wheel(tmp_path), "linux-x86_64", f"3.{sys.version_info.minor}", slim=True)
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
