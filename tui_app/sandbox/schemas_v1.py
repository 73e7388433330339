"""JSON schemas of the answers of v1 (contract 4)."""

from tui_app.sandbox.schemas import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    OFFSET_TIME,
    STRING,
    Schema,
    array,
    envelope,
    fields,
    maybe,
    record,
)

_COUNTED = record({"count": INTEGER})
_TOTAL = record({"total_count": INTEGER})

LOGGED_IN = envelope(
    record({"id": INTEGER, **fields(STRING, "user_token name phone login email avatar"), "is_approved": BOOLEAN})
)
SECOND_FACTOR = envelope(
    record(
        {
            "uuid": STRING,
            "transport": record({"type": STRING, "recipient": STRING}),
            **fields(INTEGER, "refresh_ttl_sec attempts_left"),
        }
    )
)

_LOCATION = record(
    {
        **fields(INTEGER, "id country_id timezone phone_confirmation"),
        **fields(
            STRING, "title public_title country country_iso city address timezone_name phone currency_short_title"
        ),
        "phones": array(STRING),
        "active": INTEGER,
    }
)
LOCATION = envelope(_LOCATION)
LOCATIONS = envelope(array(_LOCATION), _TOTAL)

_PERSON = {
    **fields(STRING, "name surname patronymic display_name phone email comment"),
    **fields(INTEGER, "id sex_id discount visits_count"),
    "birth_date": maybe(STRING),
}
FOUND_CLIENTS = envelope(array(record(_PERSON, *_PERSON)), _TOTAL)
SUGGESTIONS: Schema = array(
    record({**fields(STRING, "fullname surname patronymic phone email"), **fields(INTEGER, "id discount")})
)

_TITLED = record({"id": INTEGER, "title": STRING})
EVENT_SERVICES = envelope(
    array(
        record(
            {
                **fields(INTEGER, "id capacity price_min price_max"),
                "title": STRING,
                "category": _TITLED,
                "staff": array(record({"id": INTEGER, "name": STRING, "length": INTEGER})),
                "resources": array(_TITLED),
            }
        )
    )
)
RESOURCES = envelope(
    array(
        record(
            {
                "id": INTEGER,
                "title": STRING,
                "instances": array(record({"id": INTEGER, "title": STRING, "resource_id": INTEGER})),
            }
        )
    ),
    _COUNTED,
)
PERMISSIONS = envelope(
    record(
        {
            **fields(
                BOOLEAN,
                "timetable_access create_records_access edit_records_access delete_records_access"
                " edit_records_attendance_access activity_create_access activity_edit_access activity_delete_access"
                " clients_access client_phones_access clients_autocomplete_access",
            ),
            "records_edit_last_days_count": INTEGER,
        }
    )
)
STAFF = envelope(
    array(
        record(
            {
                **fields(INTEGER, "id company_id hidden fired weight"),
                **fields(STRING, "name specialization avatar"),
                "rating": NUMBER,
                "position": _TITLED,
            }
        )
    ),
    _COUNTED,
)
SERVICES = envelope(
    array(
        record(
            {
                **fields(INTEGER, "id category_id active duration discount"),
                **fields(NUMBER, "cost price_min price_max"),
                **fields(STRING, "title comment"),
            }
        )
    ),
    _COUNTED,
)
CATEGORIES = envelope(array(_TITLED), _COUNTED)

_BOOKING = record(
    {
        **fields(
            INTEGER,
            "id company_id staff_id activity_id attendance visit_attendance visit_id seance_length length"
            " clients_count paid_full",
        ),
        "services": array(record({"id": INTEGER, "title": STRING, "cost": NUMBER, "amount": INTEGER})),
        "staff": record({"id": INTEGER, "name": STRING, "specialization": STRING}),
        "client": maybe(record({"id": INTEGER, **fields(STRING, "name surname phone email")})),
        "comer": maybe(record({"id": INTEGER, "name": STRING})),
        "date": STRING,
        "datetime": OFFSET_TIME,
        "create_date": OFFSET_TIME,
        "last_change_date": OFFSET_TIME,
        "comment": STRING,
        "custom_color": STRING,
        "deleted": BOOLEAN,
    }
)
BOOKING = envelope(_BOOKING)
BOOKINGS = envelope(array(_BOOKING), _TOTAL)
TIMETABLE = envelope(record(fields(INTEGER, "record_type activity_record_clients_count_max")))
