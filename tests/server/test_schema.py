"""What the schema says and what the interface does agree, whatever is sent (schemathesis)."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from programs import door
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from assistant import Assistant
from assistant.server.completions import MODEL

load_all_checks()
CHECKED = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "unsupported_method",
    ]
)


@pytest.fixture(scope="module")
def schema(seeds: Assistant) -> Any:  # noqa: ANN401 - schemathesis'
    return schemathesis.openapi.from_asgi("/openapi.json", door(seeds), headers={"Host": "127.0.0.1"})


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/v1/search"),
        ("post", "/v1/ask"),
        ("post", "/v1/goals"),
        ("post", "/v1/measures"),
        ("get", "/v1/documents"),
        ("get", "/v1/documents/{document_id}"),
        ("get", "/v1/models"),
        ("get", "/v1/models/{name}"),
        ("post", "/v1/chat/completions"),
        ("post", "/retrieval"),
    ],
)
def test_nothing_undocumented_is_answered(schema: Any, method: str, path: str, mode: GenerationMode) -> None:  # noqa: ANN401
    @settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(schema[path][method].as_strategy(generation_mode=mode))
    def answered(case: Any) -> None:  # noqa: ANN401 - schemathesis'
        known = {"/v1/chat/completions": {"model": MODEL}, "/retrieval": {"knowledge_id": "all"}}
        if isinstance(case.body, dict):  # let it come further than to a model or a knowledge that there is not
            case.body |= {name: value for name, value in known.get(path, {}).items() if name in case.body}
        case.call_and_validate(checks=CHECKED, headers={"Host": "127.0.0.1"})

    try:
        answered()
    except Unsatisfiable:  # with no parameter but a text nothing can be wrong
        assert mode == GenerationMode.NEGATIVE
        assert path in ("/v1/models", "/v1/models/{name}")


def test_every_operation_is_tried(schema: Any) -> None:  # noqa: ANN401 - schemathesis'
    assert len(list(schema.get_all_operations())) == 10
