"""Question answering over a bureau's own documents, each answer a word-for-word citation.

from pathlib import Path
from assistant import Assistant

assistant = Assistant.build(Path("corpus"), Path("index"))
answer = assistant.ask("2013年专利申请量的目标是多少?")
print(answer.text, answer.citations[0].quote)
"""

from __future__ import annotations

import lazy_loader

# The public names stand in __init__.pyi; each is imported when first used, so that a search does not load the answers.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__version__ = "0.2.0"
