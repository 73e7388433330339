"""Clients: names in many scripts, some of them hostile, with valid phones."""

import json
from dataclasses import dataclass
from random import Random

from tui_app.sandbox.database import Database, Value
from tui_app.sandbox.folding import fold_client
from tui_app.sandbox.seed.countries import Country, phones

FIRST_CLIENT = 150_001

FEMALE, MALE = 1, 2


@dataclass(frozen=True, slots=True)
class _Script:
    """Given names by gender, and surnames, of one language."""

    weight: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    patronymics: tuple[str, str] | None = None


_SCRIPTS = (
    _Script(
        40,
        ("Anna", "Lena", "Marie", "Sophie", "Zoë", "Inés", "Łucja", "Brigitte", "Kim", "Renée", "Aoife", "Şeyma"),
        ("Jonas", "Felix", "Björn", "Mats", "José", "Kim", "Émile", "Søren", "Oğuz", "Liam", "Paweł", "Noah"),
        (
            "Müller",
            "Kim",
            "Schröder",
            "Weiß",
            "Nowak",
            "García",
            "Smith",
            "Öztürk",
            "Ng",
            "Dubois",
            "Åkesson",
            "Lindqvist",
        ),
    ),
    _Script(
        25,
        ("Ольга", "Алёна", "Мария", "Наталья", "Юлия", "Ксения", "Фёкла", "Анастасия"),
        ("Пётр", "Сергей", "Алексей", "Фёдор", "Дмитрий", "Иван", "Артём", "Семён"),
        ("Ковалёва", "Соловьёв", "Ким", "Щербак", "Цой", "Берёзкина", "Шевчук", "Журавль"),
        ("Петровна", "Семёнович"),
    ),
    _Script(
        8,
        ("Әсель", "Айгүл", "Жұлдыз", "Қарлығаш", "Гүлнұр"),
        ("Нұрлан", "Ерғали", "Ақжол", "Дәурен", "Бөкен"),
        ("Қасым", "Әбіш", "Өтеген", "Ұзақбай", "Іңкәр"),
    ),
    _Script(
        8,
        ("Соломія", "Ївга", "Надія", "Євгенія", "Мар'яна"),
        ("Андрій", "Їржі", "Євген", "Ґедимін", "Тарас"),
        ("Шевченко", "Ґонта", "Їжакевич", "Лук'яненко", "Бойко"),
    ),
    _Script(
        7,
        ("ნინო", "თამარ", "ქეთევან", "მარიამ"),
        ("გიორგი", "ლევან", "ვახტანგ", "ზურაბ"),
        ("ბერიძე", "კაპანაძე", "გელაშვილი", "ჯაფარიძე"),
    ),
    _Script(6, ("王芳", "李娜", "佐藤", "김지우"), ("张伟", "王磊", "田中", "박서준"), ("陈", "刘", "鈴木", "이")),
    _Script(
        6,
        ("فاطمة", "ليلى", "نور", "מרים"),
        ("محمد", "عمر", "يوسف", "דוד"),
        ("الخطيب", "حداد", "المصري", "כהן"),
    ),
)

_HOSTILE: tuple[tuple[str, str | None], ...] = (
    ("[Anna]", None),
    ("O'Neil", "[/bold]"),
    ('=HYPERLINK("http://evil.example","Click")', None),
    ("Wolfeschlegelsteinhausenbergerdorff-Ahnen", "Featherstonehaugh-Cholmondeley-Marjoribanks"),
    ("Mia 🧘‍♀️", "Sun"),
    ("Anna", "Kim"),
    ("Anna", "Kim"),
    ("+49 Robert'); DROP TABLE clients;--", "@SUM(A1)"),
    ("  Spacey  Name ", "$name {0} %s"),
    ("Al", "O"),
)

_COMMENTS = (
    "Prefers a mat by the window",
    "Knee surgery in spring; no deep lunges",
    "Pays by invoice",
    "Ходит с дочкой",
    "Allergic to lavender\nAsk before using oils",
)


def seed_clients(database: Database, rng: Random, location_id: int, country: Country, count: int) -> list[int]:
    """Write clients of one location and give their ids."""
    first = max(FIRST_CLIENT, database.number("SELECT max(id) FROM clients") + 1)
    weights = [script.weight for script in _SCRIPTS]
    scripts = rng.choices(_SCRIPTS, weights, k=count)
    rows = [
        _client(rng, first + place, location_id, script, place, phone)
        for place, (script, phone) in enumerate(zip(scripts, phones(rng, country, count), strict=True))
    ]
    database.write_many(
        "INSERT INTO clients (id, location_id, name, surname, patronymic, phone, email, gender, birthday, comment,"
        " discount, newsletter, personal_data, fields, folded) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        rows,
    )
    return list(range(first, first + count))


def _client(
    rng: Random, identifier: int, location_id: int, script: _Script, place: int, phone: str
) -> tuple[Value, ...]:
    gender = rng.choice((FEMALE, MALE))
    name = rng.choice(script.women if gender == FEMALE else script.men)
    surname: str | None = rng.choice(script.surnames)
    patronymic = script.patronymics[gender - 1] if script.patronymics and rng.random() < 0.4 else None
    if place < len(_HOSTILE):
        (name, surname), patronymic, gender = _HOSTILE[place], None, 0
    email = f"client{identifier}@example.org" if rng.random() < 0.6 else None
    birthday = f"{rng.randrange(1950, 2010)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
    fields = [{"code": "health", "value": "None known"}] if rng.random() < 0.7 else []
    return (
        identifier,
        location_id,
        name,
        surname,
        patronymic,
        phone,
        email,
        gender,
        birthday if rng.random() < 0.5 else None,
        rng.choice(_COMMENTS) if rng.random() < 0.15 else "",
        rng.choice((0, 0, 0, 0, 5, 10)),
        rng.random() < 0.5,
        rng.random() < 0.8,
        json.dumps(fields),
        fold_client(name, surname, patronymic, phone, email),
    )
