"""The server does what its OpenAPI document says, whatever is sent to it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.schemas import BaseSchema
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
EXAMPLES = 8

# The second spelling of a path reaches the same handler, so that one of them is enough.
OPERATIONS = [route.name for route in all_routes() if not re.search(r"_\d$", route.name)]


@pytest.fixture(scope="module")
def described() -> BaseSchema:
    return schemathesis.openapi.from_dict(document(all_routes()))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with opened(days_back=1, days_ahead=1) as made:
        yield made


IDS = {
    "location_id": (4564, 1),
    "event_id": (10_126_531, 40),
    "reschedule_activity_id": (10_126_531, 40),
    "record_id": (624_798_251, 200),
    "appointment_id": (624_798_251, 200),
    "client_id": (150_001, 60),
    "strategy_id": (1, 3),
    "staff_id": (4_564_001, 6),
    "service_id": (4_564_201, 8),
}


def aim(made_up: object) -> None:
    """Put ids that exist in the place of most of the made-up ones, or nothing but 404 would be seen."""
    if not isinstance(made_up, dict):
        return
    for name, value in list(made_up.items()):
        number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
        if name in IDS and type(number) is int and number % 8 != 7:
            first, count = IDS[name]
            made_up[name] = type(value)(first + number % count)
        if name in {"resource_instance_ids", "label_ids", "labels"} and isinstance(value, list) and len(value) < 4:
            made_up[name] = []
    if "visit_id" in made_up and str(made_up["record_id"]).isdigit():
        made_up["visit_id"] = int(made_up["record_id"]) - 124_798_250


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def answers_as_documented(case: Case[Any], sandbox: Sandbox) -> None:
    aim(case.path_parameters)
    aim(case.body)
    response = case.call(app=sandbox.asgi, headers=headers_for(sandbox))
    case.validate_response(response, checks=CHECKS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_documented(name: str, described: BaseSchema, sandbox: Sandbox) -> None:
    one = described.include(operation_id=name)
    # Its cases are made here and not while tests are collected, where each worker would make them all for itself.
    (made,) = get_all_tests(schema=one, test_func=answers_as_documented, settings=None, given_kwargs=None)
    assert isinstance(made, Ok), made
    _, holds_for_all_cases = made.ok()
    holds_for_all_cases(sandbox=sandbox)
