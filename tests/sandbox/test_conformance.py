"""The server does what its OpenAPI document says, whatever is sent to it."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.sandbox import headers_for, opened
from tui_app.sandbox import Sandbox
from tui_app.sandbox.openapi import document
from tui_app.sandbox.routes.table import all_routes

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12

schema = schemathesis.openapi.from_dict(document(all_routes()))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with opened(days_back=1, days_ahead=1) as made:
        yield made


def aim(parameters: dict[str, Any], sandbox: Sandbox) -> None:
    """Put ids that exist in the place of most of the made-up ones, or nothing but 404 would be seen."""
    for name, (first, count) in {
        "location_id": (sandbox.location_id, 1),
        "event_id": (10_126_531, 40),
        "record_id": (624_798_251, 200),
        "appointment_id": (624_798_251, 200),
        "client_id": (150_001, 60),
        "strategy_id": (1, 3),
    }.items():
        if name in parameters and parameters[name] % 8:
            parameters[name] = first + parameters[name] % count
    if "visit_id" in parameters:
        parameters["visit_id"] = parameters["record_id"] - 124_798_250


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_documented(case: Case[Any], sandbox: Sandbox) -> None:
    numbers = {name: value for name, value in (case.path_parameters or {}).items() if isinstance(value, int)}
    aim(numbers, sandbox)
    case.path_parameters.update(numbers)
    case.headers.update(headers_for(sandbox))
    response = case.call(app=sandbox.asgi)
    case.validate_response(response, checks=CHECKS)
