"""Use cases of people: accounts and their roles, signing in and out, keys of programs, how often one may try.

Passwords are kept as argon2id hashes (RFC 9106), keys as SHA-256 digests. Nothing here knows a browser.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import threading
import time
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.errors import BadValue, NotFound
from palabre.store import people, rights

if TYPE_CHECKING:
    from collections.abc import Callable

    from argon2 import PasswordHasher

    from palabre.model.dossier import Dossier
    from palabre.store.passing import Passing
    from palabre.store.people import Account
    from palabre.store.store import Store

SHORTEST = 10
LONGEST = 200
"""Characters of a password."""
SESSION_LASTS = dt.timedelta(days=7)
TOKEN_LASTS = dt.timedelta(days=365)
CALENDAR_LASTS = dt.timedelta(days=5 * 365)
LINK_LASTS = dt.timedelta(days=3)


TERMINAL = ""
"""Who did what was done in the terminal: whoever holds the database."""


class Role(StrEnum):
    """What a person may do in a dossier; each may do what those before it may."""

    READER = "reader"
    ANALYST = "analyst"
    EDITOR = "editor"

    def may(self, needed: Role) -> bool:
        """Tell whether this role is enough where `needed` is."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


def add_person(store: Store, name: str, password: str, role: Role | None, dossier: Dossier | None) -> None:
    """Make an account with a role in a dossier. Raises BadValue for a name or a password that will not do."""
    plain = people.checked_name(name)
    if store.ask(people.account_named, plain) is not None:
        raise BadValue(name, "somebody has an account of that name already")
    hashed = hashed_password(password)
    store.tell(people.keep_account, plain, hashed)
    store.tell(rights.log, TERMINAL, "added", plain)
    if role is not None and dossier is not None:
        change_role(store, plain, dossier, role)


def change_role(store: Store, name: str, dossier: Dossier, role: Role | None) -> None:
    """Give a person a role in a dossier from the terminal, None to take it away. Raises NotFound."""
    store.tell(people.give_role, name, dossier.id, role.value if role else None)
    store.tell(rights.log, TERMINAL, "role", name, dossier.id, role.value if role else None)


def set_admin(store: Store, name: str, admin: bool) -> None:
    """Make a person an administrator from the terminal, or no longer one. Raises NotFound."""
    store.tell(rights.set_admin, name, admin)
    store.tell(rights.log, TERMINAL, "admin" if admin else "no_admin", name)


def suspend(store: Store, name: str, suspended: bool) -> None:
    """Have an account open nothing, or again what it did, from the terminal. Raises NotFound."""
    store.tell(rights.set_suspended, name, suspended)
    store.tell(rights.log, TERMINAL, "suspended" if suspended else "resumed", name)


def close_person(store: Store, name: str) -> None:
    """Close an account from the terminal: its keys open nothing more, its roles are gone. Raises NotFound."""
    store.tell(people.close_account, name)
    store.tell(rights.log, TERMINAL, "closed", name)


def found_team(store: Store, name: str, password: str) -> str:
    """Make the first account of all, an administrator who edits every dossier; return the key of their session.

    Raises BadValue, and Forbidden when somebody has an account already.
    """
    plain = people.checked_name(name)
    store.tell(rights.found, plain, hashed_password(password), Role.EDITOR.value)
    return _session(store, plain)


def invite(store: Store, by: str, name: str, dossier: Dossier, role: Role) -> str | None:
    """Open a dossier to a person; return the key of a link by which they choose their password, shown this once.

    None for one who has a password already. Raises BadValue, Forbidden.
    """
    key = secrets.token_urlsafe(32)
    plain = people.checked_name(name)
    made = store.tell(rights.invite, by, plain, dossier.id, role.value, digest(key), _until(LINK_LASTS))
    return key if made else None


def new_link(store: Store, by: str, its: str) -> str:
    """Return the key of a link by which the person of that account id chooses another password, shown this once.

    Raises Forbidden, NotFound.
    """
    key = secrets.token_urlsafe(32)
    store.tell(rights.make_link, by, its, digest(key), _until(LINK_LASTS))
    return key


def behind_link(store: Store, key: str) -> Account | None:
    """Return whose password a link lets choose, None when it serves no more."""
    return store.ask(rights.behind_link, digest(key)) if len(key) < 200 else None


def choose_password(store: Store, key: str, password: str) -> str:
    """Have the person of a link choose a password; return the key of their session. Raises BadValue, NotFound."""
    return _session(store, store.tell(rights.use_link, digest(key), hashed_password(password)))


def set_password(store: Store, name: str, password: str, by: str = "") -> None:
    """Give a person another password, which ends their sessions; `by` is who asks, the terminal when it is empty.

    Raises NotFound and BadValue.
    """
    hashed = hashed_password(password)
    if store.ask(people.account_named, name) is None:
        raise NotFound(f"{name}: nobody has an account of that name.")
    store.tell(people.keep_account, name, hashed)
    store.tell(rights.log, by, "password", name)


def hashed_password(password: str) -> str:
    """Return the argon2id hash of a password. Raises BadValue for one too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadValue("password", f"between {SHORTEST} and {LONGEST} characters, please")
    return _hasher().hash(password)


def sign_in(store: Store, name: str, password: str) -> str | None:
    """Return the key of a new session, or None when name and password do not go together."""
    from argon2.exceptions import VerificationError

    known = store.ask(people.account_named, name.strip()) if len(name) <= LONGEST else None
    # As much work is done for a name nobody has: the time taken does not tell who has an account.
    kept = known.password if known is not None and known.password else _nobody()
    try:
        with _AT_ONCE:
            _hasher().verify(kept, password[: LONGEST + 1])
    except VerificationError:
        return None
    if known is None or not known.password or known.suspended_at is not None:
        return None
    return _session(store, known.name)


def _session(store: Store, name: str) -> str:
    """Return the key of a new session."""
    key = secrets.token_urlsafe(32)
    store.tell(people.add_key, name, people.SESSION, digest(key), _until(SESSION_LASTS))
    return key


def sign_out(store: Store, key: str) -> None:
    """End a session."""
    store.tell(people.drop_key, digest(key))


def new_token(store: Store, name: str) -> str:
    """Return a new token for a person's programs, shown this once; the former one opens nothing more.

    Raises NotFound.
    """
    key = f"palabre_{secrets.token_urlsafe(32)}"
    store.tell(people.add_key, name, people.TOKEN, digest(key), _until(TOKEN_LASTS))
    return key


def new_calendar_key(store: Store, name: str, dossier: Dossier) -> str:
    """Return the key of a new address for a person's calendar of one dossier, shown this once; the former one is void.

    Raises NotFound.
    """
    key = secrets.token_urlsafe(32)
    store.tell(people.add_key, name, people.CALENDAR, digest(key), _until(CALENDAR_LASTS), dossier.id)
    return key


def calendar_of(store: Store, key: str) -> Dossier | None:
    """Return the dossier whose calendar a key opens; None for no such key, or a holder with no role there any more."""
    held = who(store, people.CALENDAR, key)
    its = store.ask(people.dossier_of_key, people.CALENDAR, digest(key)) if held is not None else None
    if held is None or its is None or its not in held.roles:
        return None
    return next((d for d in store.dossiers() if d.id == its), None)


def who(store: Store, kind: str, key: str) -> Account | None:
    """Return who holds a key, `people.SESSION` or `people.TOKEN`."""
    return store.ask(people.holder, kind, digest(key)) if key and len(key) < 200 else None


def digest(key: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _until(lasts: dt.timedelta) -> str:
    return (dt.datetime.now(dt.UTC) + lasts).isoformat(timespec="seconds").replace("+00:00", "Z")


# Each hash takes 64 MB: a crowd at the door must not take them all at once.
_AT_ONCE = threading.BoundedSemaphore(2)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise BadValue("argon2", "accounts need palabre[web]") from error
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


class Doorkeeper:
    """How often one may try to sign in: after FREE failures, each one more doubles the wait, up to LONGEST_WAIT.

    Counted by name and by address, each alone: neither many names from one place nor one name from many gets through.
    Whichever process is tried at, all of them know.
    """

    FREE = 5
    LONGEST_WAIT = 900.0

    def __init__(self, passing: Passing, clock: Callable[[], float] = time.monotonic) -> None:
        """`passing` is what processes share; `clock` gives seconds, the same in each of them."""
        self._passing = passing
        self._clock = clock

    def wait(self, *who_tries: str) -> int:
        """Return how many seconds are to be waited before another try, 0 when one may be made."""
        wait = self._passing.until(who_tries) - self._clock()
        return max(0, -int(-wait // 1))

    def failed(self, *who_tried: str) -> None:
        """Count a failure."""
        now = self._clock()

        def until(failed: int) -> float:
            over = failed - self.FREE
            return 0.0 if over < 0 else now + min(self.LONGEST_WAIT, 2.0 ** min(20, over + 1))

        self._passing.tried(who_tried, until)

    def passed(self, *who_tried: str) -> None:
        """Forget the failures of who got in."""
        self._passing.forgive(who_tried)
