"""What is shown of the index is shown anew when it is looked at, and when its documents have changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import gradio


@dataclass(frozen=True)
class News:
    """A count that goes up on a page when documents have changed, and what opens what is told of them."""

    count: gradio.State
    opened: Any

    def on(self, opened: Any) -> News:  # noqa: ANN401 - an event of a component, as Gradio makes it
        """The same for a part that is looked at later than the page is opened: a tab that is selected."""
        return replace(self, opened=opened)

    def tell(self, show: Callable[..., Any], inputs: Any, outputs: Any) -> None:  # noqa: ANN401 - as Gradio takes them
        """Call ``show`` when it is opened and then at every change."""
        gradio.on(
            [self.opened, self.count.change], show, inputs, outputs, show_progress="hidden", api_visibility="private"
        )
