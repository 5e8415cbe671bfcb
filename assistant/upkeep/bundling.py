"""A folder with all that an installation without network needs: wheels of every package, for one platform.

Run where there is a network. What is needed is what the wheels say, for that platform and not for this one.
Platform tags: packaging.python.org/specifications/platform-compatibility-tags.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from platform import machine

from assistant.errors import BundleError
from assistant.retrieval.generations import file_sha256

NAME = "bureau-assistant"
HEAVY = frozenset({"sentence-transformers"})
"""What a slim bundle leaves out with all that only it needs: encoders and rerankers other than the bundled encoder."""
PYTHONS = ("3.11", "3.12", "3.13")
TEXTS = Path(__file__).parent / "bundle"
"""Templates of the other files of a bundle."""


@dataclass(frozen=True)
class Platform:
    """What pip and the markers of requirements call a platform."""

    tags: tuple[str, ...]
    system: str
    machine: str
    os_name: str
    sys_platform: str


def _manylinux(processor: str) -> tuple[str, ...]:
    """glibc 2.28 and before: Debian 10, CentOS 8, openEuler 20.03, Kylin V10."""
    old = (f"manylinux_2_{minor}_{processor}" for minor in range(28, 16, -1))
    return (*old, f"manylinux2014_{processor}", f"linux_{processor}")


PLATFORMS = {
    "linux-x86_64": Platform(_manylinux("x86_64"), "Linux", "x86_64", "posix", "linux"),
    "linux-aarch64": Platform(_manylinux("aarch64"), "Linux", "aarch64", "posix", "linux"),
    "windows-x86_64": Platform(("win_amd64",), "Windows", "AMD64", "nt", "win32"),
    "macos-arm64": Platform(("macosx_14_0_arm64",), "Darwin", "arm64", "posix", "darwin"),
}


def make_bundle(folder: Path, wheel: Path, platform: str, python: str, *, slim: bool) -> dict[str, object]:
    """Fill a new folder; what it holds. Raises BundleError, which names the package that there is no wheel of."""
    _check(wheel)
    if folder.exists() and any(folder.iterdir()):
        raise BundleError(f"{folder} is not empty; name a new folder")
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    shutil.copy(wheel, wheels)
    while missing := sorted(needed(wheels, platform, python, slim=slim) - set(_held(wheels))):
        download([_pin(name, platform) for name in missing], platform, python, wheels)
    held = sorted(_held(wheels).items())
    megabytes = sum(path.stat().st_size for path in wheels.iterdir()) // 1_000_000
    kind = "精简版:自带的编码器照常可用,不含 torch 和 sentence-transformers。" if slim else "完整版。"
    texts = {
        "requirements.txt": "".join(f"{name}=={_version(path)}\n" for name, path in held),
        "install.sh": _text("install.sh"),
        "install.cmd": _text("install.cmd").replace("{python}", python).replace("\n", "\r\n"),
        "说明.md": _text("guide.md").format(
            platform=platform, python=python, count=len(held), megabytes=megabytes, kind=kind
        ),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = "".join(f"{file_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="")
    return {"folder": str(folder), "platform": platform, "python": python, "wheels": len(held), "megabytes": megabytes}


def _text(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _check(wheel: Path) -> None:
    """Raise BundleError for any file but a wheel of ours."""
    from packaging.utils import InvalidWheelFilename, parse_wheel_filename

    try:
        name, *_ = parse_wheel_filename(wheel.name)
        with zipfile.ZipFile(wheel) as archive:
            ours = name == NAME and archive.testzip() is None
    except (InvalidWheelFilename, OSError, zipfile.BadZipFile):
        ours = False
    if not ours:
        raise BundleError(f"{wheel} is no wheel of {NAME}; make one with: pip wheel --no-deps .")


def needed(wheels: Path, platform: str, python: str, *, slim: bool) -> set[str]:
    """Every package that ours needs there, as far as the wheels in the folder tell what they need themselves."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    target, held = PLATFORMS[platform], _held(wheels)
    environment = {
        "python_version": python, "python_full_version": f"{python}.0", "sys_platform": target.sys_platform,
        "platform_system": target.system, "platform_machine": target.machine, "os_name": target.os_name,
        "implementation_name": "cpython", "platform_python_implementation": "CPython",
    }  # fmt: skip
    waiting: list[tuple[str, frozenset[str]]] = [(NAME, frozenset({""}))]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        for told in _requirements(held[name]) if name in held else ():
            need = Requirement(told)
            key = str(canonicalize_name(need.name))
            if slim and key in HEAVY:
                continue
            if need.marker and not any(need.marker.evaluate({**environment, "extra": one}) for one in extras):
                continue
            entry = (key, frozenset({"", *need.extras}))
            if entry not in seen:
                seen.add(entry)
                waiting.append(entry)
    return {name for name, _ in seen}


def _held(wheels: Path) -> dict[str, Path]:
    """The wheels of a folder by their packages."""
    from packaging.utils import parse_wheel_filename

    return {str(parse_wheel_filename(path.name)[0]): path for path in wheels.glob("*.whl")}


def _version(wheel: Path) -> str:
    return wheel.name.split("-")[1]


def _requirements(wheel: Path) -> list[str]:
    """What a wheel says that it needs (packaging.python.org/specifications/core-metadata)."""
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        return message_from_bytes(archive.read(metadata)).get_all("Requires-Dist", [])


def _pin(name: str, platform: str) -> str:
    """The package in the version that is installed here, which is the one that was tested; else in any.

    A build for this machine alone, such as 2.13.0+cpu, is named whole for this platform only.
    """
    try:
        version = distribution(name).version
    except PackageNotFoundError:
        return name
    here = platform == f"{sys.platform}-{machine()}"
    return f"{name}=={version if here else version.partition('+')[0]}"


def download(pins: Sequence[str], platform: str, python: str, folder: Path) -> None:
    """Fetch the wheel of each package. Raises BundleError with the packages that have none there."""
    tags = [part for tag in (*PLATFORMS[platform].tags, "any") for part in ("--platform", tag)]
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--only-binary=:all:", "--implementation", "cp", "--python-version", python, *tags, "--dest", str(folder),
    ]  # fmt: skip
    done = subprocess.run([*command, *pins], capture_output=True, text=True, check=False)  # noqa: S603 - names of packages
    if done.returncode:
        lacking = re.findall(r"No matching distribution found for (\S+)", done.stderr)
        reason = ", ".join(lacking) or done.stderr.strip().splitlines()[-1]
        raise BundleError(f"no wheel for {platform}, Python {python}: {reason}")
