"""Team members, services, tags, custom fields, resources as they are answered (contract 3, 4)."""

from typing import Final

from tui_app.altegio.calls import Json
from tui_app.altegio.envelope import BrokenAnswer
from tui_app.altegio.plain_resources import PricedService, ServiceCategory, TimetableSettings
from tui_app.altegio.resources import (
    CustomField,
    EventService,
    Occupation,
    Resource,
    Service,
    ServiceTeamMember,
    Tag,
    TeamMember,
)
from tui_app.altegio.wire.items import Item, Values, need_id, renamed
from tui_app.altegio.wire.lenient import (
    Color,
    Count,
    Duration,
    Flag,
    Float,
    Id,
    Int,
    KnownFlag,
    Lenient,
    Line,
    Wall,
    to_duration,
    to_id,
    to_line,
)

ENTITIES: Final = {"event": "activity", "booking": "record", "client": "client"}
"""The wire's words for what a tag is of."""

_HOUSE_ENTITIES: Final = {wire: house for house, wire in ENTITIES.items()}


class TeamMemberAnswer(Lenient, frozen=True):
    """The values of a team member."""

    name: Line = ""
    specialization: Line = ""
    position_id: Id = None
    fired: Flag = False
    hidden: Flag = False
    deleted: Flag = False


class ServiceAnswer(Lenient, frozen=True):
    """The values of a service, in any of its shapes."""

    title: Line = ""
    category_id: Id = None
    capacity: Count = None
    price_min: Float = None
    price_max: Float = None
    cost: Float = None
    duration: Duration = None
    active: KnownFlag = None
    discount: Float = None


class TagAnswer(Lenient, frozen=True):
    """The values of a tag."""

    title: Line = ""
    color: Color = ""
    font_color: Color = ""
    entity_type: Line = ""
    is_deleted: Flag = False


class CustomFieldAnswer(Lenient, frozen=True):
    """The values of a custom field's definition."""

    code: Line = ""
    slug: Line = ""
    title: Line = ""
    type: Line = ""
    is_required: Flag = False
    is_editable: KnownFlag = None
    is_visible: KnownFlag = None
    weight: Int = None


class OccupationAnswer(Lenient, frozen=True):
    """The values of an occupation."""

    resource_instance_id: Id = None
    source_type_slug: Line = ""
    source_id: Id = None
    starts: Wall = None
    ends: Wall = None


class TimetableAnswer(Lenient, frozen=True):
    """The values of the settings of a timetable."""

    record_type: Int = None
    activity_record_clients_count_max: Count = None


def read_team_member(item: Item) -> TeamMember:
    """Read a team member. Raises BrokenAnswer without an id."""
    answer = TeamMemberAnswer.read(renamed(item.values, fired="is_fired", deleted="is_deleted"))
    position = item.one("position") or {}
    return TeamMember(
        id=need_id(item.values),
        name=answer.name,
        specialization=answer.specialization,
        position_id=answer.position_id or to_id(position.get("id")),
        position=to_line(position.get("title")),
        fired=answer.fired,
        hidden=answer.hidden,
        deleted=answer.deleted,
    )


def read_service(item: Item) -> Service:
    """Read a service. Raises BrokenAnswer without an id."""
    answer = ServiceAnswer.read(renamed(item.values, title="name"))
    return Service(id=need_id(item.values), title=answer.title, category_id=answer.category_id)


def read_event_service(item: Item) -> EventService:
    """Read a service that can run as an event. Raises BrokenAnswer without an id."""
    answer = ServiceAnswer.read(renamed(item.values, title="name"))
    category = item.one("category") or {}
    members = (_service_team_member(ref.values) for ref in item.refs("staff") or () if ref.values)
    return EventService(
        id=need_id(item.values),
        title=answer.title,
        capacity=answer.capacity or None,
        price_min=answer.price_min,
        price_max=answer.price_max,
        category_id=to_id(category.get("id")) or answer.category_id,
        category_title=to_line(category.get("title")),
        team_members=tuple(member for member in members if member is not None),
        resource_group_ids=tuple(ref.id for ref in item.refs("resources") or () if ref.id),
    )


def read_priced_service(item: Item) -> PricedService:
    """Read a service with its price. Raises BrokenAnswer without an id."""
    answer = ServiceAnswer.read(renamed(item.values, cost="price_min", duration="seance_length"))
    return PricedService(
        id=need_id(item.values),
        title=answer.title,
        cost=answer.cost,
        duration=answer.duration,
        category_id=answer.category_id,
        active=answer.active is not False,
        discount_percent=answer.discount or 0.0,
    )


def read_category(item: Item) -> ServiceCategory:
    """Read a group of services. Raises BrokenAnswer without an id."""
    return ServiceCategory(id=need_id(item.values), title=to_line(item.values.get("title")))


def read_tag(item: Item) -> Tag:
    """Read a tag. Raises BrokenAnswer without an id."""
    answer = TagAnswer.read(renamed(item.values, entity_type="entity", is_deleted="deleted"))
    return Tag(
        id=need_id(item.values),
        title=answer.title,
        color=answer.color,
        font_color=answer.font_color,
        entity=_HOUSE_ENTITIES.get(answer.entity_type, answer.entity_type),
        deleted=answer.is_deleted,
    )


def read_custom_field(item: Item) -> CustomField:
    """Read the definition of a custom field. Raises BrokenAnswer without an id or a code."""
    answer = CustomFieldAnswer.read(item.values)
    code = answer.code or answer.slug
    if not code:
        raise BrokenAnswer("a custom field has no code")
    return CustomField(
        id=need_id(item.values),
        code=code,
        title=answer.title or code,
        required=answer.is_required,
        editable=answer.is_editable is not False,
        visible=answer.is_visible is not False,
        weight=answer.weight or 0,
        kind=answer.type,
        values=_choices(item.values.get("values")),
    )


def read_resource_group(item: Item) -> tuple[Resource, ...]:
    """Read the instances of a group of resources. Raises BrokenAnswer without an id."""
    number, title = need_id(item.values), to_line(item.values.get("title"))
    refs = item.refs("instances", "resource_instances") or ()
    return tuple(
        Resource(ref.id, to_line((ref.values or {}).get("title")) or title, number, title) for ref in refs if ref.id
    )


def read_occupation(item: Item) -> Occupation:
    """Read an occupation. Raises BrokenAnswer unless it says what is taken and when."""
    answer = OccupationAnswer.read({**item.values, **_ends(item.values)})
    if answer.resource_instance_id is None or answer.starts is None or answer.ends is None:
        raise BrokenAnswer("an occupation does not say what is taken and when")
    return Occupation(
        resource_id=answer.resource_instance_id,
        by_event=answer.source_type_slug == ENTITIES["event"],
        source_id=answer.source_id or 0,
        starts_at=answer.starts,
        ends_at=answer.ends,
    )


def read_timetable(item: Item) -> TimetableSettings:
    """Read the settings of a timetable."""
    answer = TimetableAnswer.read(item.values)
    return TimetableSettings(
        record_type=answer.record_type, most_places_per_booking=answer.activity_record_clients_count_max
    )


def _ends(values: Values) -> dict[str, Json]:
    return {"starts": values.get("from"), "ends": values.get("to")}


def _service_team_member(values: Values) -> ServiceTeamMember | None:
    number = to_id(values.get("id"))
    length = to_duration(values.get("length", values.get("seance_length")))
    return None if number is None else ServiceTeamMember(number, to_line(values.get("name")), length or None)


def _choices(values: Json) -> tuple[str, ...]:
    raws = list(values.values()) if isinstance(values, dict) else values if isinstance(values, list) else []
    texts = (to_line(raw.get("value") or raw.get("title") if isinstance(raw, dict) else raw) for raw in raws)
    return tuple(text for text in texts if text)
