"""The closed vocabularies: sectors, firmness, statuses, kinds. Values are the codes of the output formats."""

from __future__ import annotations

from enum import StrEnum


class Sector(StrEnum):
    """What a commitment is about. `dac` gives the OECD DAC purpose code where one exists."""

    DEFENCE = "defence"
    DIPLOMACY = "diplomacy"
    GOVERNANCE = "governance"
    TRADE = "trade"
    FINANCE = "finance"
    ENERGY = "energy"
    NUCLEAR = "nuclear"
    MINING = "mining"
    AGRICULTURE = "agriculture"
    INDUSTRY = "industry"
    TRANSPORT = "transport"
    DIGITAL = "digital"
    EDUCATION = "education"
    HEALTH = "health"
    CULTURE = "culture"
    MEDIA = "media"
    HUMANITARIAN = "humanitarian"
    ENVIRONMENT = "environment"
    MIGRATION = "migration"
    SCIENCE = "science"
    MULTI = "multi"

    @property
    def dac(self) -> str | None:
        """Return the OECD DAC code, or None (diplomacy has none)."""
        return _DAC.get(self)


_DAC = {
    Sector.DEFENCE: "152",
    Sector.GOVERNANCE: "151",
    Sector.TRADE: "331",
    Sector.FINANCE: "240",
    Sector.ENERGY: "230",
    Sector.NUCLEAR: "235",
    Sector.MINING: "322",
    Sector.AGRICULTURE: "311",
    Sector.INDUSTRY: "321",
    Sector.TRANSPORT: "210",
    Sector.DIGITAL: "220",
    Sector.EDUCATION: "110",
    Sector.HEALTH: "120",
    Sector.CULTURE: "160",
    Sector.MEDIA: "22030",
    Sector.HUMANITARIAN: "720",
    Sector.ENVIRONMENT: "410",
    Sector.MIGRATION: "15190",
    Sector.SCIENCE: "43082",
    Sector.MULTI: "430",
}


class Firmness(StrEnum):
    """How firmly a commitment is made, weakest first."""

    INTENDED = "intended"
    PLEDGED = "pledged"
    AGREED = "agreed"
    SIGNED = "signed"

    @property
    def rank(self) -> int:
        """Return 0 (intended) to 3 (signed)."""
        return list(Firmness).index(self)


class ProgressStatus(StrEnum):
    """What one text says of something promised or begun."""

    UNDER_WAY = "under_way"
    DELIVERED = "delivered"
    STALLED = "stalled"
    CANCELLED = "cancelled"


class FollowUpStatus(StrEnum):
    """Where a commitment stands. *Overdue* is not here: it is computed from the deadline, never stored."""

    ANNOUNCED = "announced"
    UNDER_WAY = "under_way"
    PARTLY_DELIVERED = "partly_delivered"
    DELIVERED = "delivered"
    STALLED = "stalled"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class MeetingStatus(StrEnum):
    """Whether the text says a meeting took place or will."""

    HELD = "held"
    PLANNED = "planned"


class ActorKind(StrEnum):
    """People, states, and every other body (organisation, alliance, company, force)."""

    PERSON = "person"
    STATE = "state"
    BODY = "body"


class MentionForm(StrEnum):
    """How a text refers to an actor."""

    NAME = "name"  # « Sergueï Lavrov », « la Russie », « AES »
    SURNAME = "surname"  # « Lavrov », « M. Diop »
    CAPITAL = "capital"  # « Moscou », « le Kremlin », acting for the state
    ADJECTIVE = "adjective"  # « russe », « malienne »
    OFFICE = "office"  # « le chef de la diplomatie russe »
    DESCRIPTION = "description"  # « les trois pays », « les deux parties », « la confédération »
    PRONOUN = "pronoun"  # « il », « elle », « nous » inside a quotation


class StatementForm(StrEnum):
    """How words are reported."""

    QUOTE = "quote"  # between quotation marks
    INDIRECT = "indirect"  # « a affirmé que … »
    HEARSAY = "hearsay"  # conditional of hearsay, « selon … »
