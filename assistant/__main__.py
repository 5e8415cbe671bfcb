"""``python -m assistant`` and the ``bureau`` command."""

from __future__ import annotations

import os

# Set before numpy is imported: idle OpenBLAS threads spin, and none of our products needs more than one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from assistant.cli import main

if __name__ == "__main__":
    main()
