"""Errors of events are printed without their words: Gradio's hold what was sent, which may be a question."""

from __future__ import annotations

import sys
import traceback
from types import SimpleNamespace

import gradio.queueing
import gradio.route_utils
import gradio.routes
import gradio.utils

PRINTING = (gradio.queueing, gradio.routes, gradio.route_utils, gradio.utils)
"""The modules of Gradio that print an error whole, each through its name ``traceback``."""


def print_kind() -> None:
    """Print of the error that is handled its kind, and through which lines it came."""
    kind, _, trace = sys.exc_info()
    places = (f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace))
    print(" < ".join([kind.__name__ if kind else "no error", *places]), file=sys.stderr)  # noqa: T201


def keep_words_out() -> None:
    """Let Gradio print errors so."""
    for module in PRINTING:
        setattr(module, "traceback", SimpleNamespace(print_exc=print_kind, format_exc=lambda: ""))  # noqa: B010
