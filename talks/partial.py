"""Only this change: the last release with the records of one object replaced.

Works on the JSON of programmes, where records name each other by code. What the object names
is added where the last release lacks it; everything else stays as last released.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from .field_changes import title
from .records import Programme
from .records_json import Json, Plain, dumps, loads

NAMED_TABLES = ("talks", "rooms", "tracks", "people")  # talks first: they name the others


def only(previous: Programme, draft: Programme, code: str) -> Programme:
    """Return `previous` with what the code names replaced by its state in `draft`.

    A code that the draft has no more is withdrawn. A talk takes its placements with it. Where
    the event has another zone in the draft, every session keeps its hour on the clock.
    """
    zone = (draft if draft.event.code == code else previous).event.zone
    old, new = (_in_zone(dumps(each), zone) for each in (previous, draft))
    merged = _replaced(old, new, code)
    if code.startswith("T"):
        _place(merged, new, code)
    _add_named(merged, old, new)
    _drop_unnamed(merged)
    return loads(_in_order(merged))


def _replaced(old: Json, new: Json, code: str) -> Json:
    merged: Json = {table: _copy(value) for table, value in old.items()}
    event = _one(new["event"])
    if event["code"] == code:
        return merged | {"event": event, "dates": new["dates"]}
    if code.startswith("H"):
        merged["organizers"] = _roles_of(merged, code, new)
    for table in ("rooms", "tracks", "people", "talks", "sessions", "dates", "awards"):
        records = [record for record in _all(merged, table) if record["code"] != code]
        merged[table] = [*records, *(r for r in _all(new, table) if r["code"] == code)]
    if code.startswith("S"):
        _take_placements(merged, code)
    return merged


def _in_zone(value: Json, zone: str) -> Json:
    """The programme with its sessions at the same hours on the clock of another zone."""
    own = str(_one(value["event"])["zone"])

    def moved(record: Json) -> Json:
        moments = {name: record[name] for name in ("start", "end") if record.get(name)}
        return record | {name: _same_clock(str(at), own, zone) for name, at in moments.items()}

    if own == zone:
        return value
    sessions = [
        moved(session)
        | {"placements": list[Plain]([moved(each) for each in _all(session, "placements")])}
        for session in _all(value, "sessions")
    ]
    return value | {"sessions": list[Plain](sessions)}


def _same_clock(moment: str, own: str, zone: str) -> str:
    clock = datetime.fromisoformat(moment).astimezone(ZoneInfo(own))
    return clock.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).isoformat()


def _roles_of(merged: Json, person: str, new: Json) -> Plain:
    """The organizers as last released, with this person's roles as they are now."""
    kept = [role for role in _all(merged, "organizers") if role["person"] != person]
    present = [role for role in _all(new, "organizers") if role["person"] == person]
    order = [(role["person"], role["role"]) for role in _all(new, "organizers")]
    ranks = {office: rank for rank, office in enumerate(order)}
    held = [*kept, *present]
    held.sort(key=lambda role: ranks.get((role["person"], role["role"]), len(ranks)))
    return list[Plain](held)


def _take_placements(merged: Json, code: str) -> None:
    """A placement that the session has now stands in no other session any more."""
    taken = {
        placement["code"]
        for session in _all(merged, "sessions")
        if session["code"] == code
        for placement in _all(session, "placements")
    }
    for session in _all(merged, "sessions"):
        if session["code"] != code:
            kept = [p for p in _all(session, "placements") if p["code"] not in taken]
            session["placements"] = list[Plain](kept)


def _place(merged: Json, new: Json, talk: str) -> None:
    """Put the talk where it stands in the draft, and nowhere else.

    A placement that was another talk's is this one's now.
    """
    sessions = {str(session["code"]): session for session in _all(merged, "sessions")}
    placed = [p for session in _all(new, "sessions") for p in _all(session, "placements")]
    taken = {placement["code"] for placement in placed if placement["talk"] == talk}
    for session in sessions.values():
        elsewhere = [
            placement
            for placement in _all(session, "placements")
            if placement["talk"] != talk and placement["code"] not in taken
        ]
        session["placements"] = list[Plain](elsewhere)
    for session in _all(new, "sessions"):
        here = [p for p in _all(session, "placements") if p["talk"] == talk]
        if here:
            target = sessions.setdefault(str(session["code"]), session | {"placements": []})
            target["placements"] = _by_position([*_all(target, "placements"), *here])
    merged["sessions"] = list(sessions.values())


def _add_named(merged: Json, old: Json, new: Json) -> None:
    """Add what is named and missing, as it is in the draft: what is there stays as released."""
    for table in NAMED_TABLES:
        there = {record["code"] for record in _all(merged, table)}
        source = {record["code"]: record for value in (old, new) for record in _all(value, table)}
        missing = sorted(_named(merged, table) - there)
        merged[table] = [*_all(merged, table), *(source[code] for code in missing)]


def _drop_unnamed(merged: Json) -> None:
    for table in NAMED_TABLES:
        named = _named(merged, table)
        merged[table] = [record for record in _all(merged, table) if record["code"] in named]
    merged["awards"] = list[Plain](_awards(merged))


def _awards(merged: Json) -> list[Json]:
    """The awards with those winners that stand; one that loses them all waits for them."""
    talks = {record["code"] for record in _all(merged, "talks")}
    kept = []
    for award in _all(merged, "awards"):
        won = [code for code in _list(award["talks"]) if code in talks]
        if won or not award["talks"]:
            kept.append(award | {"talks": won})
    return kept


def _named(value: Json, table: str) -> set[str]:
    """Return the codes of a table that the records of other tables name."""
    sessions, talks = _all(value, "sessions"), _all(value, "talks")
    if table == "talks":
        found = [p["talk"] for session in sessions for p in _all(session, "placements")]
    elif table == "people":
        roles = [_all(talk, "roles") for talk in talks] + [_all(s, "chairs") for s in sessions]
        found = [role["person"] for some in [*roles, _all(value, "organizers")] for role in some]
    elif table == "tracks":
        found = [record["track"] for record in [*sessions, *talks]]
    else:
        found = [session["room"] for session in sessions]
    return {str(code) for code in found if code}


def _in_order(merged: Json) -> Json:
    """Order the records as a draft does, so that an equal programme has an equal digest."""
    keys: dict[str, Callable[[Json], tuple[str, ...]]] = {
        "sessions": lambda r: (str(r["start"]), str(r["end"]), str(r["code"])),
        "talks": lambda r: (str(r["title"]), str(r["code"])),
        "people": lambda r: (str(r["sort_name"]), str(r["name"]), str(r["code"])),
    }
    ordered: Json = {table: _sorted(merged, table, key) for table, key in keys.items()}
    for table in ("rooms", "tracks", "dates", "awards"):
        ordered[table] = _by_position(_all(merged, table))
    return merged | ordered


def _sorted(value: Json, table: str, key: Callable[[Json], tuple[str, ...]]) -> Plain:
    records = sorted(_all(value, table), key=key)
    return list[Plain](records)


def _by_position(records: list[Json]) -> list[Plain]:
    ordered = sorted(records, key=lambda r: (int(str(r["position"])), title(r)))
    return list[Plain](ordered)


def _copy(value: Plain) -> Plain:
    if isinstance(value, dict):
        return {key: _copy(one) for key, one in value.items()}
    return [_copy(one) for one in value] if isinstance(value, list) else value


def _all(value: Json, name: str) -> list[Json]:
    return [_one(record) for record in _list(value[name])]


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _one(value: Plain) -> Json:
    assert isinstance(value, dict)
    return value
