#!/bin/sh
# 在本文件夹中运行: sh install.sh
set -eu
cd "$(dirname "$0")"
sha256sum --quiet -c SHA256SUMS
"${PYTHON:-python3}" -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --no-index --no-deps --find-links wheels -r requirements.txt
echo "装好了。试用: .venv/bin/bureau example && .venv/bin/bureau chat"
