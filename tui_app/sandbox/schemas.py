"""JSON schemas of every answer, closed: a key that is not listed here is a fault of the server."""

from collections.abc import Mapping

Schema = dict[str, object]

STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
BOOLEAN: Schema = {"type": "boolean"}
NULL: Schema = {"type": "null"}
IDENTIFIER: Schema = {"type": "string", "pattern": "^[0-9]+$"}
OFFSET_TIME: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{4}$"}
WALL_TIME: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$"}
EMPTY: Schema = {"type": "array", "maxItems": 0}
COLOR: Schema = {"type": "string", "pattern": "^(#[0-9a-f]{6})?$"}


def maybe(schema: Schema) -> Schema:
    """Allow null beside a schema."""
    return {"anyOf": [schema, NULL]}


def array(items: Schema) -> Schema:
    """Describe a list."""
    return {"type": "array", "items": items}


def record(properties: Mapping[str, Schema], *optional: str) -> Schema:
    """Describe an object with exactly these keys, all required but the optional ones."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


def fields(schema: Schema, names: str) -> dict[str, Schema]:
    """Give the same schema to several keys."""
    return dict.fromkeys(names.split(), schema)


LINK = record({"type": STRING, "id": IDENTIFIER})
ANY_RESOURCE = record(
    {"type": STRING, "id": IDENTIFIER, "attributes": {"type": "object"}, "relationships": {"type": "object"}},
    "relationships",
)


def resource_of(kind: str, attributes: Schema) -> Schema:
    """Describe a JSON:API resource."""
    relationship = record({"data": {"anyOf": [LINK, array(LINK), NULL]}})
    return record(
        {
            "type": {"const": kind},
            "id": IDENTIFIER,
            "attributes": attributes,
            "relationships": {"type": "object", "additionalProperties": relationship},
        },
        "relationships",
    )


def one(item: Schema) -> Schema:
    """Describe an answer with one resource."""
    return record({"data": item, "included": array(ANY_RESOURCE), "meta": EMPTY}, "included")


def many(item: Schema, meta: Schema = EMPTY) -> Schema:
    """Describe an answer with a list of resources."""
    return record({"data": array(item), "included": array(ANY_RESOURCE), "meta": meta}, "included")


def envelope(data: Schema, meta: Schema = EMPTY) -> Schema:
    """Describe an answer in the envelope of v1."""
    return record({"success": {"const": True}, "data": data, "meta": meta})


REFUSAL_V2 = record(
    {
        "success": {"const": False},
        "data": NULL,
        "meta": record(
            {
                "message": STRING,
                "conflict": {"const": True},
                "errors": {"type": "object", "additionalProperties": array(STRING)},
            },
            "conflict",
            "errors",
        ),
    }
)
REFUSAL_V1 = record(
    {
        "success": {"const": False},
        "data": NULL,
        "meta": record({"message": STRING, "conflict": {"const": True}, "errors": array(STRING)}, "conflict", "errors"),
    }
)

EVENT_ATTRIBUTES = record(
    {
        **fields(INTEGER, "staff_id master_id service_id timestamp length capacity clients_count"),
        **fields(COLOR, "color font_color"),
        **fields(STRING, "instructions stream_link"),
        "date": OFFSET_TIME,
        "comment": maybe(STRING),
        "notified": BOOLEAN,
        "schedule_id": maybe(INTEGER),
        "schedule_till": {
            "anyOf": [NULL, STRING, record({"date": STRING, "timezone_type": INTEGER, "timezone": STRING})]
        },
        "schedule_event_modified": NULL,
        "deleted": BOOLEAN,
    },
    "deleted",
)
EVENT = one(resource_of("activity", EVENT_ATTRIBUTES))
EVENTS = many(resource_of("activity", EVENT_ATTRIBUTES))
FLAT_EVENTS = envelope(
    array(
        record(
            {
                **fields(INTEGER, "id company_id staff_id service_id timestamp length capacity clients_count"),
                **fields(STRING, "name description"),
                **fields(OFFSET_TIME, "datetime date created_at"),
                "comment": maybe(STRING),
                "color": COLOR,
            },
            *("length", "capacity", "clients_count", "color"),
        )
    ),
    record({"pagination": record(fields(INTEGER, "total count limit offset"))}),
)

STRATEGY_RESOURCE = resource_of(
    "duplication_strategy",
    record({"title": STRING, **fields(INTEGER, "repeat_mode_id interval content_type"), "days": array(INTEGER)}),
)
STRATEGY = one(STRATEGY_RESOURCE)
STRATEGIES = many(STRATEGY_RESOURCE)

_BOOKING_ATTRIBUTES = record(
    {
        **fields(
            INTEGER,
            "company_id visit_id staff_id master_id client_id comer_id activity_id clients_count attendance"
            " attendance_status duration length booking_user_id bookform_id source paid_full is_mobile prepaid_status"
            " timestamp",
        ),
        **fields(
            STRING,
            "client_fictive_name client_fictive_phone client_fictive_email custom_color custom_font_color record_from"
            " external_id from_url",
        ),
        **fields(BOOLEAN, "is_paid is_overpaid is_client_notification_sent"),
        "attendance_status_slug": {"enum": ["absent", "waiting", "attended", "confirmed"]},
        "date": WALL_TIME,
        "created_datetime": OFFSET_TIME,
        "comment": maybe(STRING),
        "payment_status": maybe(INTEGER),
        "is_sale_bill_printed": maybe(BOOLEAN),
    }
)
BOOKING_RESOURCE = resource_of("record", _BOOKING_ATTRIBUTES)
BOOKING = one(BOOKING_RESOURCE)
BOOKINGS = many(BOOKING_RESOURCE, record({"pagination": record(fields(INTEGER, "page offset limit"))}))
BULK = record(
    {
        "data": array(BOOKING_RESOURCE),
        "meta": record(
            {
                "errors": array(
                    record({"index": INTEGER, "phone": STRING, "name": STRING, "error": STRING}),
                )
            }
        ),
    }
)

TEAM = many(
    resource_of(
        "staff",
        record(
            {
                **fields(STRING, "name specialization"),
                "position_id": INTEGER,
                "rating": NUMBER,
                **fields(BOOLEAN, "is_hidden is_fired is_deleted"),
            }
        ),
    )
)
SERVICES = many(
    resource_of(
        "service",
        record(
            {
                "title": STRING,
                **fields(INTEGER, "category_id capacity price_min price_max length"),
                "is_active": BOOLEAN,
            }
        ),
    )
)
TAGS = many(resource_of("tag", record({**fields(STRING, "title color font_color entity_type"), "is_deleted": BOOLEAN})))
CUSTOM_FIELDS = many(
    resource_of(
        "custom_field",
        record(
            {
                **fields(STRING, "code slug title type"),
                **fields(BOOLEAN, "is_required is_editable is_visible"),
                "weight": INTEGER,
                "values": array(STRING),
            }
        ),
    )
)
OCCUPATIONS = many(
    resource_of(
        "resource_occupation",
        record(
            {
                "source_type_slug": {"enum": ["record", "activity"]},
                **fields(INTEGER, "source_id resource_instance_id"),
                **fields(WALL_TIME, "from to"),
            }
        ),
    )
)
CLIENT = one(
    resource_of(
        "client",
        record(
            {
                **fields(STRING, "name surname patronymic phone email comment national_id"),
                "birthday": maybe(STRING),
                **fields(INTEGER, "gender discount_percent"),
            }
        ),
    )
)
STATISTIC = one(
    resource_of(
        "attendances_statistic",
        record(
            {
                **fields(
                    INTEGER,
                    "client_id visits_count attended_count absent_count waiting_count confirmed_count cancelled_count",
                ),
                "balance": NUMBER,
                "last_visit_date": maybe(WALL_TIME),
            }
        ),
    )
)
