"""An earlier programme as the public may read it now: without whom and what was taken out since.

What stood in a release stands in it for ever, but its readers are today's. A withdrawn session,
talk, poster or award keeps its title and its time and names nobody; whoever stands in the
current release no more is named nowhere; and what is only an address (a recording, a picture, a
paper of the catalogue) is told while the current release tells it.
"""

from dataclasses import dataclass, replace

from talks.records import Award, Person, Placement, Programme, Role, Session, Talk


def redacted(programme: Programme, current: Programme) -> Programme:
    """Return an earlier programme as it may be read while `current` stands.

    It carries no stamps, which are the calendar's; its event has the slug and the contact of now.
    """
    return _Redaction(programme, current).made()


class _Redaction:
    """One programme with what may be told of it; each talk and person is made once."""

    def __init__(self, programme: Programme, current: Programme):
        self.programme, self.current = programme, current
        self.now = _Standing.of(current)
        self.people = {
            person.code: self.person(person)
            for person in programme.people
            if person.code in self.now.people
        }
        self.talks = {talk.code: self.talk(talk) for talk in programme.talks}

    def made(self) -> Programme:
        old, now = self.programme, self.current.event
        shown = replace(
            old,
            event=replace(old.event, slug=now.slug, prefix=now.prefix, contact=now.contact),
            talks=tuple(self.talks[talk.code] for talk in old.talks),
            sessions=tuple(self.session(session) for session in old.sessions),
            awards=tuple(self.award(award) for award in old.awards),
            organizers=self.roles(old.organizers),
            stamps=(),
        )
        named = _named(shown)
        return replace(shown, people=tuple(p for c, p in self.people.items() if c in named))

    def person(self, person: Person) -> Person:
        """What they took off since is told no more; a text, only while it is today's."""
        now = self.now.people[person.code]
        return replace(
            person,
            affiliation=person.affiliation if now.affiliation else "",
            about=person.about if person.about == now.about else "",
            links=person.links if person.links == now.links else "",
            picture=person.picture if person.picture in self.now.files else "",
        )

    def roles(self, roles: tuple[Role, ...]) -> tuple[Role, ...]:
        """Those of people who stand in the current release."""
        known = self.people
        return tuple(
            replace(role, person=known[role.person.code])
            for role in roles
            if role.person.code in known
        )

    def talk(self, talk: Talk) -> Talk:
        """Its texts may name its people: with one of them go those that were changed since."""
        now = self.now.talks.get(talk.code)
        if now is None:
            return replace(talk, subtitle="", abstract="", paper=None, roles=(), links=())
        roles = self.roles(talk.roles)
        are_all = len(roles) == len(talk.roles)
        return replace(
            talk,
            roles=roles,
            subtitle=talk.subtitle if are_all or talk.subtitle == now.subtitle else "",
            abstract=talk.abstract if are_all or talk.abstract == now.abstract else "",
            links=tuple(link for link in talk.links if link in now.links),
            paper=talk.paper if talk.paper and talk.paper.code in self.now.papers else None,
        )

    def session(self, session: Session) -> Session:
        now = self.now.sessions.get(session.code)
        placements = tuple(self.placement(one) for one in session.placements)
        if now is None:
            return replace(session, chairs=(), stream="", placements=placements)
        stream = session.stream if session.stream == now.stream else ""
        chairs = self.roles(session.chairs)
        return replace(session, chairs=chairs, stream=stream, placements=placements)

    def placement(self, placement: Placement) -> Placement:
        return replace(placement, talk=self.talks[placement.talk.code])

    def award(self, award: Award) -> Award:
        """Its text names winners: it goes with the award, or with any of them."""
        talks = tuple(self.talks[talk.code] for talk in award.talks)
        stands = award.code in self.now.awards and all(t.code in self.now.talks for t in talks)
        return replace(award, text=award.text if stands else "", talks=talks)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the current release holds, by code; its papers and files by name."""

    people: dict[str, Person]
    awards: frozenset[str]
    papers: frozenset[str]
    files: frozenset[str]
    talks: dict[str, Talk]
    sessions: dict[str, Session]

    @classmethod
    def of(cls, current: Programme) -> "_Standing":
        return cls(
            people={person.code: person for person in current.people},
            awards=frozenset(award.code for award in current.awards),
            papers=frozenset(talk.paper.code for talk in current.talks if talk.paper),
            files=frozenset(person.picture for person in current.people),
            talks={talk.code: talk for talk in current.talks},
            sessions={session.code: session for session in current.sessions},
        )


def _named(programme: Programme) -> set[str]:
    """Return the codes of the people who have a part in a programme."""
    in_talks = (role for talk in programme.talks for role in talk.roles)
    in_sessions = (role for session in programme.sessions for role in session.chairs)
    return {role.person.code for role in (*in_talks, *in_sessions, *programme.organizers)}
