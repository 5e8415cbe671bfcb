"""What is shown of the index is shown anew when the page is opened, and when its documents have changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio


@dataclass(frozen=True)
class News:
    """The page, and a count that goes up on it when documents have changed."""

    demo: gradio.Blocks
    count: gradio.State

    def tell(self, show: Callable[..., Any], inputs: Any, outputs: Any) -> None:  # noqa: ANN401 - as Gradio takes them
        """Call ``show`` at once and then at every change."""
        gradio.on(
            [self.demo.load, self.count.change], show, inputs, outputs, show_progress="hidden", api_visibility="private"
        )
