"""Use case of the right of reply: what a party answers to a commitment, checked before it is kept as a decision is."""

from __future__ import annotations

from palabre.app.addresses import is_address
from palabre.app.party_names import known_party
from palabre.errors import BadValue
from palabre.model.edtf import parse_or_none
from palabre.model.judgements import Reply

LONGEST_WORDS = 6000
LONGEST_FIELD = 500
LONGEST_ADDRESS = 2000
"""Code points of a reply's words, of a name or a source, of an address."""


def checked_reply(party: str, words: str, said_on: str, source: str, *, speaker: str = "", url: str = "") -> Reply:
    """Return a reply as typed: `party` becomes an actor id where it is known, `said_on` must be EDTF.

    Raises BadValue for what is missing, too long, no date or no address.
    """
    said = words.replace("\r\n", "\n").strip()
    who, where, name = (_one_line(value) for value in (party, source, speaker))
    for value, what in ((who, "say which party answers"), (said, "give the words of the reply"),
                        (where, "say where the reply was published or received")):  # fmt: skip
        if not value:
            raise BadValue("reply", what)
    if len(said) > LONGEST_WORDS:
        raise BadValue(f"{said[:40]}…", f"a reply of more than {LONGEST_WORDS} characters")
    for value in (who, where, name):
        if len(value) > LONGEST_FIELD:
            raise BadValue(f"{value[:40]}…", f"more than {LONGEST_FIELD} characters")
    day = said_on.strip()
    if parse_or_none(day) is None:
        raise BadValue(day or "reply", "not a date such as 2025, 2025-06, 2025-06-30 or 2025-06/2025-09")
    address = url.strip()
    if address and (len(address) > LONGEST_ADDRESS or not is_address(address)):
        raise BadValue(address[:80], "not an address that begins with http:// or https://")
    return Reply(known_party(who) or who, said, day, where, name or None, address or None)


def _one_line(value: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())
