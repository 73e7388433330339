"""The OpenAPI 3.1 document of the server, made from its route table.

`python -m tui_app.sandbox.describe` writes it beside this module.
"""

import json
import re
from collections.abc import Mapping, Sequence

from tui_app.sandbox import schemas, schemas_v1
from tui_app.sandbox.auth import MEDIA_TYPE
from tui_app.sandbox.parameters import BIGGEST, Parameter
from tui_app.sandbox.routing import Access, Route

_ALWAYS = frozenset({400, 401, 429, 500, 503})
_AT_A_LOCATION = frozenset({402, 403, 404})
_TITLES = {
    400: "Malformed",
    401: "Unknown token",
    402: "Licence expired",
    403: "No right",
    404: "Not found",
    409: "Busy",
    422: "Invalid",
    429: "Too many requests",
    500: "Server error",
    503: "Server busy",
}


def document(routes: Sequence[Route]) -> dict[str, object]:
    """Describe every route."""
    paths: dict[str, dict[str, object]] = {}
    models: dict[str, object] = {"RefusalV1": schemas.REFUSAL_V1, "RefusalV2": schemas.REFUSAL_V2}
    used = {id(schema) for route in routes for schema in route.answers.values()}
    models |= {name: schema for name, schema in _answers().items() if id(schema) in used}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, models)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Altegio sandbox",
            "version": "1",
            "description": f"Every request must accept `{MEDIA_TYPE}`; OpenAPI has no place to say so.",
        },
        "security": [{"tokens": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "securitySchemes": {"tokens": {"type": "apiKey", "in": "header", "name": "Authorization"}},
            "schemas": dict(sorted(models.items())),
            "responses": _refusals("V1") | _refusals("V2"),
        },
    }


def file_text(routes: Sequence[Route]) -> str:
    """The document as the package holds it."""
    return json.dumps(document(routes), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _operation(route: Route, models: dict[str, object]) -> dict[str, object]:
    operation: dict[str, object] = {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": [*_path_parameters(route), *map(_query_parameter, route.query)],
        "responses": _responses(route),
    }
    if route.access is Access.PARTNER:
        operation["description"] = "The partner token alone is enough."
    if route.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _body_schema(route, models)}},
        }
    return operation


def _path_parameters(route: Route) -> list[dict[str, object]]:
    schema = {"type": "integer", "minimum": 0, "maximum": BIGGEST}
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name in re.findall(r"\{(\w+)\}", route.path)
    ]


def _query_parameter(parameter: Parameter) -> dict[str, object]:
    described: dict[str, object] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "schema": parameter.schema(),
    }
    if parameter.many:
        described |= {"style": "form", "explode": True}
    return described


def _responses(route: Route) -> dict[str, object]:
    described: dict[str, object] = {}
    for status, schema in sorted(route.answers.items()):
        described[str(status)] = {"description": "Done"} | (_json(_named(schema)) if schema is not None else {})
    statuses = _ALWAYS | route.refuses | (_AT_A_LOCATION if "{location_id}" in route.path else frozenset())
    statuses |= {422} if route.body or route.query else frozenset()
    version = "V1" if route.v1 else "V2"
    described |= {str(status): {"$ref": f"#/components/responses/{version}{status}"} for status in sorted(statuses)}
    return described


def _refusals(version: str) -> dict[str, object]:
    schema = {"$ref": f"#/components/schemas/Refusal{version}"}
    return {f"{version}{status}": {"description": title} | _json(schema) for status, title in _TITLES.items()}


def _json(schema: Mapping[str, object]) -> dict[str, object]:
    return {"content": {"application/json": {"schema": schema}}}


def _answers() -> dict[str, Mapping[str, object]]:
    """Every schema of an answer by the name of its constant, v1 set apart."""
    return {
        f"{prefix}{name.title().replace('_', '')}": schema
        for module, prefix in ((schemas, "Answer"), (schemas_v1, "AnswerV1"))
        for name, schema in vars(module).items()
        if name.isupper() and not name.startswith("_") and "properties" in schema
    }


def _named(schema: Mapping[str, object]) -> Mapping[str, object]:
    for name, known in _answers().items():
        if known is schema:
            return {"$ref": f"#/components/schemas/{name}"}
    return schema


def _body_schema(route: Route, models: dict[str, object]) -> dict[str, object]:
    if route.body is None:
        return {}
    name = route.body.__name__
    schema = route.body.model_json_schema(ref_template="#/components/schemas/{model}")
    models.update(schema.pop("$defs", {}))
    models[name] = schema
    return {"$ref": f"#/components/schemas/{name}"}
