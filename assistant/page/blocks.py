"""Blocks that keep nothing of what they showed before."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

import gradio
from gradio.blocks import Block

if TYPE_CHECKING:
    from gradio.block_function import BlockFunction
    from gradio.state_holder import SessionState


class Page(gradio.Blocks):
    """Gradio's blocks, whose sessions do not grow with the events they answer.

    Gradio (6.31, ``Blocks.postprocess_data``) makes a component anew for each output, also for one that is skipped. The
    new one bears a number of its own, under which the next plain value files it once more, and so on for ever. Here
    what is skipped is passed over, and what is made anew keeps the number of the component it stands for.
    """

    async def postprocess_data(
        self,
        block_fn: BlockFunction,
        predictions: Any,  # noqa: ANN401 - as Gradio has it
        state: SessionState | None,
    ) -> list[Any]:
        """What goes to the browser: a value or update for each output of the event."""
        if not isinstance(predictions, dict) or not all(isinstance(one, Block) for one in predictions):
            answered: list[Any] = await super().postprocess_data(block_fn, predictions, state)
            _numbered(block_fn, state)
            return answered
        changed = copy(block_fn)
        changed.outputs = [one for one in block_fn.outputs if one in predictions]
        values = [predictions[one] for one in changed.outputs]
        answered = await super().postprocess_data(changed, values if len(values) != 1 else values[0], state)
        _numbered(changed, state)
        shown = dict(zip(changed.outputs, answered, strict=True))
        return [shown.get(one, gradio.skip()) for one in block_fn.outputs]


def _numbered(block_fn: BlockFunction, state: SessionState | None) -> None:
    for output in block_fn.outputs:
        if state is not None and not output.stateful:
            state[output._id]._id = output._id
