"""The tables of the sandbox."""

VERSION = 1

TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE locations (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, country TEXT NOT NULL, country_id INTEGER NOT NULL,
    city TEXT NOT NULL, address TEXT NOT NULL, zone TEXT NOT NULL, phone TEXT NOT NULL,
    technical_break INTEGER NOT NULL, licensed INTEGER NOT NULL DEFAULT 1,
    record_type INTEGER NOT NULL DEFAULT 0, record_places_max INTEGER NOT NULL DEFAULT 10);

CREATE TABLE users (
    id INTEGER PRIMARY KEY, role TEXT NOT NULL UNIQUE, name TEXT NOT NULL, login TEXT NOT NULL UNIQUE,
    phone TEXT NOT NULL UNIQUE, password TEXT NOT NULL, token TEXT NOT NULL UNIQUE,
    second_factor TEXT, writes INTEGER NOT NULL, sees_phones INTEGER NOT NULL, autocompletes INTEGER NOT NULL,
    edit_days INTEGER NOT NULL);
CREATE TABLE user_locations (
    user_id INTEGER NOT NULL REFERENCES users, location_id INTEGER NOT NULL REFERENCES locations,
    PRIMARY KEY (user_id, location_id)) WITHOUT ROWID;
CREATE TABLE challenges (uuid TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users, attempts INTEGER NOT NULL);

CREATE TABLE team_members (
    id INTEGER PRIMARY KEY, location_id INTEGER NOT NULL, name TEXT NOT NULL, specialization TEXT NOT NULL,
    position_id INTEGER NOT NULL, position_title TEXT NOT NULL, rating REAL NOT NULL,
    hidden INTEGER NOT NULL DEFAULT 0, fired INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE service_categories (id INTEGER PRIMARY KEY, location_id INTEGER NOT NULL, title TEXT NOT NULL);
CREATE TABLE services (
    id INTEGER PRIMARY KEY, location_id INTEGER NOT NULL, category_id INTEGER NOT NULL, title TEXT NOT NULL,
    description TEXT NOT NULL, capacity INTEGER NOT NULL, price INTEGER NOT NULL, length INTEGER NOT NULL,
    active INTEGER NOT NULL DEFAULT 1);
CREATE TABLE resources (id INTEGER PRIMARY KEY, location_id INTEGER NOT NULL, title TEXT NOT NULL);
CREATE TABLE resource_instances (
    id INTEGER PRIMARY KEY, resource_id INTEGER NOT NULL REFERENCES resources, title TEXT NOT NULL);
CREATE TABLE service_resources (
    service_id INTEGER NOT NULL, resource_id INTEGER NOT NULL, PRIMARY KEY (service_id, resource_id)) WITHOUT ROWID;
CREATE TABLE tags (
    id INTEGER PRIMARY KEY, location_id INTEGER NOT NULL, entity TEXT NOT NULL, title TEXT NOT NULL,
    color TEXT NOT NULL, font_color TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE custom_fields (
    id INTEGER PRIMARY KEY, location_id INTEGER NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL,
    required INTEGER NOT NULL, choices TEXT NOT NULL, UNIQUE (location_id, code));

CREATE TABLE clients (
    id INTEGER PRIMARY KEY AUTOINCREMENT, location_id INTEGER NOT NULL, name TEXT NOT NULL, surname TEXT,
    patronymic TEXT, phone TEXT NOT NULL, email TEXT, gender INTEGER NOT NULL DEFAULT 0, birthday TEXT,
    comment TEXT NOT NULL DEFAULT '', national_id TEXT NOT NULL DEFAULT '', discount INTEGER NOT NULL DEFAULT 0,
    newsletter INTEGER NOT NULL DEFAULT 0, personal_data INTEGER NOT NULL DEFAULT 0,
    fields TEXT NOT NULL DEFAULT '[]', folded TEXT NOT NULL);
CREATE INDEX clients_by_phone ON clients (location_id, phone);
CREATE TABLE visitors (
    id INTEGER PRIMARY KEY AUTOINCREMENT, location_id INTEGER NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL);

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, location_id INTEGER NOT NULL, staff_id INTEGER NOT NULL,
    service_id INTEGER NOT NULL, wall TEXT NOT NULL, starts INTEGER NOT NULL, length INTEGER NOT NULL,
    technical_break INTEGER NOT NULL, capacity INTEGER NOT NULL, color TEXT NOT NULL DEFAULT '', comment TEXT,
    instructions TEXT NOT NULL DEFAULT '', stream_link TEXT NOT NULL DEFAULT '', schedule_id INTEGER,
    schedule_till TEXT, notified INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0);
CREATE INDEX events_by_start ON events (location_id, starts);
CREATE TABLE event_resources (
    event_id INTEGER NOT NULL, instance_id INTEGER NOT NULL, PRIMARY KEY (event_id, instance_id)) WITHOUT ROWID;
CREATE TABLE event_tags (
    event_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (event_id, tag_id)) WITHOUT ROWID;
CREATE TABLE strategies (
    id INTEGER PRIMARY KEY AUTOINCREMENT, location_id INTEGER NOT NULL, title TEXT NOT NULL,
    repeat_mode_id INTEGER NOT NULL, days TEXT NOT NULL, interval INTEGER NOT NULL, content_type INTEGER NOT NULL);

CREATE TABLE bookings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, location_id INTEGER NOT NULL, event_id INTEGER, client_id INTEGER,
    visitor_id INTEGER, fictive_name TEXT NOT NULL DEFAULT '', places INTEGER NOT NULL,
    attendance INTEGER NOT NULL DEFAULT 0, paid INTEGER NOT NULL DEFAULT 0, comment TEXT,
    color TEXT NOT NULL DEFAULT '',
    visit_id INTEGER NOT NULL DEFAULT 0, trial INTEGER NOT NULL DEFAULT 0,
    cost REAL NOT NULL DEFAULT 0, discount REAL NOT NULL DEFAULT 0, manual_cost REAL NOT NULL DEFAULT 0,
    goods TEXT NOT NULL DEFAULT '[]', created INTEGER NOT NULL, changed INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    staff_id INTEGER, wall TEXT, starts INTEGER, length INTEGER, services TEXT NOT NULL DEFAULT '[]');
CREATE INDEX bookings_by_event ON bookings (event_id) WHERE deleted = 0;
CREATE INDEX bookings_by_client ON bookings (client_id);
CREATE INDEX bookings_by_change ON bookings (location_id, changed);
CREATE INDEX bookings_by_start ON bookings (location_id, starts) WHERE event_id IS NULL;
CREATE INDEX bookings_by_visit ON bookings (visit_id) WHERE visit_id <> 0;
CREATE TABLE booking_tags (
    booking_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (booking_id, tag_id)) WITHOUT ROWID;
"""
