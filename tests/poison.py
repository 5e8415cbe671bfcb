"""Functions for processes that extract, some of which do not live long."""

from __future__ import annotations

import os

from assistant.documents.gathering import Read
from assistant.ingestion.batches import Made, made_of


def dies_of_poison(group: list[Read], passage_characters: int) -> Made:
    """As the real one, but a file with this word in its name ends the process as a fault in a library would."""
    if any("poison" in file.name for file in group):
        os._exit(9)
    return made_of(group, passage_characters)
