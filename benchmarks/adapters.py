"""What the adapters for frameworks add: CPU of a search through each against the direct call, and of its import.

pip install -e .. -r ../tests/integrations/requirements.txt
python adapters.py --corpus ../corpus [--rounds 300]

In one process, direct and adapted calls in turn. Imports each in a process of its own: the framework's own parts that
the adapter stands on, then those with the adapter.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant import Assistant

QUESTIONS = ("专利申请量的目标", "科技特派员做什么", "知识产权质押融资", "新增几家高新技术企业")
FRAMEWORKS = {
    "langchain": "langchain_core.retrievers, langchain_core.documents, langchain_core.tools, langchain_core.callbacks",
    "llamaindex": "llama_index.core.retrievers, llama_index.core.schema",
    "haystack": "haystack",
}


def adapted(name: str, assistant: Assistant) -> Callable[[str], Any]:
    """The search through an adapter."""
    if name == "langchain":
        from assistant.integrations.langchain import BureauRetriever as LangChain

        invoke: Callable[[str], Any] = LangChain(assistant=assistant, k=10).invoke
        return invoke
    if name == "llamaindex":
        from assistant.integrations.llamaindex import BureauRetriever as LlamaIndex

        retrieve: Callable[[str], Any] = LlamaIndex(assistant, k=10).retrieve
        return retrieve
    from assistant.integrations.haystack import BureauRetriever as Haystack

    haystack = Haystack(assistant, top_k=10)
    return lambda question: haystack.run(query=question)


def spent(search: Callable[[str], Any], question: str) -> float:
    """Milliseconds of CPU of this thread."""
    begun = time.thread_time()
    search(question)
    return 1000 * (time.thread_time() - begun)


def import_cost(statement: str) -> float:
    """Milliseconds of CPU of a process that does nothing else; the least of five."""
    script = f"import time; {statement}; print(time.process_time())"
    runs = [subprocess.run([sys.executable, "-c", script], capture_output=True, check=True) for _ in range(5)]
    return 1000 * min(float(run.stdout) for run in runs)


def main() -> None:
    """Print a line a framework."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=300)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.build(given.corpus, Path(folder))
        for name, parts in FRAMEWORKS.items():
            search = adapted(name, assistant)
            times: dict[str, list[float]] = {"direct": [], "adapted": []}
            for number in range(given.rounds):
                question = QUESTIONS[number % len(QUESTIONS)]
                times["direct"].append(spent(lambda one: assistant.search(one, k=10), question))
                times["adapted"].append(spent(search, question))
            direct, through = (statistics.median(times[one]) for one in ("direct", "adapted"))
            framework = import_cost(f"import assistant.assistant, {parts}")
            with_adapter = import_cost(f"import assistant.assistant, {parts}; import assistant.integrations.{name}")
            print(
                f"{name}: search {through:.2f} ms CPU = {through / direct:.2f} x direct; import of the framework's "
                f"parts and ours {framework:.0f} ms, with the adapter {with_adapter:.0f} ms"
            )


if __name__ == "__main__":
    main()
