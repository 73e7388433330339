"""From the route table to a Starlette app: checks in the order in which a real server makes them."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime

from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as StarletteRoute

from tui_app.sandbox.answers import Answer, encode, refusal
from tui_app.sandbox.auth import accepts_media_type, enter, identify, read_tokens
from tui_app.sandbox.calls import Call, Options
from tui_app.sandbox.database import Database
from tui_app.sandbox.parameters import BIGGEST, Query
from tui_app.sandbox.refusals import RefusalError, malformed, missing
from tui_app.sandbox.routing import Route
from tui_app.sandbox.validation import read_body

_BUSY_DATABASE = "The server is busy"


class Server:
    """Answers requests out of one database."""

    def __init__(self, database: Database, options: Options, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._options = options
        self._clock = clock

    def app(self, routes: Iterable[Route], document: Callable[[], Mapping[str, object]]) -> Starlette:
        """Make the Starlette app; fixed paths win over those with an id in their place."""
        ordered = sorted(routes, key=lambda route: [part.startswith("{") for part in route.path.split("/")])
        mounted = [self._mounted(route) for route in ordered]
        mounted.append(_exactly(StarletteRoute("/openapi.json", _served(document), methods=["GET"])))
        app = Starlette(
            routes=mounted, exception_handlers={HTTPException: _refused, RefusalError: _refused, Exception: _broken}
        )
        app.router.redirect_slashes = False
        return app

    def _mounted(self, route: Route) -> StarletteRoute:
        async def endpoint(request: Request) -> Response:
            return _response(self.answer(route, request, await request.body()))

        return _exactly(StarletteRoute(route.path, endpoint, methods=[route.method], name=route.name))

    def answer(self, route: Route, request: Request, raw: bytes) -> Answer:
        """Check and handle one request, in one transaction."""
        if not accepts_media_type(request.headers.get("accept", "")):
            raise malformed("The Accept header must name application/vnd.api.v2+json")
        ids = {name: _identifier(text) for name, text in request.path_params.items()}
        tokens = read_tokens(request.headers.get("authorization"))
        try:
            with self._database.transaction():
                user = identify(self._database, route, tokens)
                place = enter(self._database, route, user, ids["location_id"]) if "location_id" in ids else None
                call = Call(
                    database=self._database,
                    options=self._options,
                    now=int(self._clock().timestamp()),
                    ids=ids,
                    query=Query(route.query, request.query_params.multi_items()),
                    body=_body(route, request, raw),
                    caller=user,
                    place=place,
                )
                return _kept(route, call)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise RefusalError(503, _BUSY_DATABASE) from error


def _kept(route: Route, call: Call) -> Answer:
    """Handle a call; a refusal that keeps its writes must not roll them back."""
    try:
        return route.handle(call)
    except RefusalError as error:
        if error.kept:
            return refusal(error, v1=route.v1)
        raise


def _body(route: Route, request: Request, raw: bytes) -> BaseModel | None:
    if route.body is None:
        return None
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise malformed("The Content-Type of the body must be application/json")
    return read_body(route.body, raw)


def _identifier(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(BIGGEST)) and 0 <= int(text) <= BIGGEST):
        raise missing("Page")
    return int(text)


def _exactly(route: StarletteRoute) -> StarletteRoute:
    """Take back the HEAD that Starlette adds: it is not in the contract."""
    if route.methods:
        route.methods.discard("HEAD")
    return route


def _response(answer: Answer, headers: Mapping[str, str] | None = None) -> Response:
    if answer.empty:
        return Response(status_code=answer.status, headers=headers)
    return Response(encode(answer.content), answer.status, headers, "application/json")


def _served(document: Callable[[], Mapping[str, object]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(_: Request) -> Response:
        return JSONResponse(document())

    return endpoint


async def _refused(request: Request, error: Exception) -> Response:
    v1 = request.url.path.startswith("/api/v1/")
    if isinstance(error, RefusalError):
        return _response(refusal(error, v1=v1))
    if isinstance(error, HTTPException):
        return _response(refusal(RefusalError(error.status_code, error.detail), v1=v1), error.headers)
    raise error


async def _broken(request: Request, _: Exception) -> Response:
    error = RefusalError(500, "Internal server error")
    return _response(refusal(error, v1=request.url.path.startswith("/api/v1/")))
