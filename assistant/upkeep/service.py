"""What makes the operating system keep the page running: a unit of systemd, or a task of Windows.

Sources: systemd.unit(5), systemd.exec(5); Task Scheduler Schema 1.2 (learn.microsoft.com).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

Kind = Literal["systemd", "windows"]
SECRET = ("KEY", "PASSWORD", "STORE", "QUEUE")
"""Parts of names of settings that may hold a secret: they are left to a file that only the service may read."""
SYSTEMD = """\
# {folder}: bureau service > ~/.config/systemd/user/bureau.service && systemctl --user enable --now bureau
# (for the whole machine: /etc/systemd/system/bureau.service, with User= in [Service])
[Unit]
Description=bureau-assistant
After=network.target

[Service]
WorkingDirectory={folder}
ExecStart={command}
{environment}EnvironmentFile=-{folder}/bureau.env
Restart=on-failure
RestartSec=5
TimeoutStopSec=30
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=strict
ReadWritePaths={writes}

[Install]
WantedBy=default.target
"""
WINDOWS = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- Written by: bureau service. To register it: schtasks /Create /TN bureau /XML bureau.xml -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
ARGUMENTS = ("-m", "assistant", "chat", "--no-open", "--watch")


def service_file(kind: Kind, folder: Path, corpus: Path, index: Path, environment: Mapping[str, str]) -> str:
    """The text of a unit or a task that runs the page in ``folder``; it may write to corpus and index alone.

    Of the ``environment`` the BUREAU_* settings go into a unit, but those that may hold a secret.
    """
    if kind == "windows":
        arguments = subprocess.list2cmdline([*ARGUMENTS, "--corpus", str(corpus), "--index", str(index)])
        return WINDOWS.format(program=escape(sys.executable), arguments=escape(arguments), folder=escape(str(folder)))
    told = {name: value for name, value in sorted(environment.items()) if name.startswith("BUREAU_")}
    lines = [
        f"Environment={_quoted(f'{name}={value}')}\n"
        for name, value in told.items()
        if not any(part in name for part in SECRET) and name not in ("BUREAU_CORPUS", "BUREAU_INDEX")
    ]
    return SYSTEMD.format(
        folder=_plain(folder),
        command=" ".join(map(_quoted, (sys.executable, *ARGUMENTS, "--corpus", str(corpus), "--index", str(index)))),
        environment="".join(lines),
        writes=" ".join(_quoted(str(path)) for path in (corpus, index)),
    )


def _quoted(words: str) -> str:
    """As a word of a unit: quoted, with no specifier and no variable in it."""
    safe = words.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{safe}"' if any(one in words for one in " \t\"'\\") else safe


def _plain(path: Path) -> str:
    return str(path).replace("%", "%%")
