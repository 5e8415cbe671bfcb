"""A worker of the tests: slow, quickly taken for dead, and one that dies of poison."""

from __future__ import annotations

import os
import sys
import time

from assistant.ingestion import work_queue, worker
from assistant.ingestion.work_queue import Job
from assistant.settings import Settings, load_settings

DEAD_AFTER, SECONDS = 3.0, 0.4
real = worker.extract


def slow_extract(job: Job, settings: Settings) -> str:
    """As the real one, later; a file with this word in its name ends the process as a fault in a library would."""
    if "poison" in job.source:
        os._exit(9)
    time.sleep(SECONDS)
    return real(job, settings)


if __name__ == "__main__":
    from slow_worker import slow_extract  # by a name that processes apart know

    worker.extract, worker.AGAIN = slow_extract, 0.5
    vars(worker)["DEAD_AFTER"] = DEAD_AFTER
    work_queue.LOOK = 0.1
    worker.work(
        load_settings().model_copy(update={"workers": int(sys.argv[1])}),
        lambda words: None,
    )
