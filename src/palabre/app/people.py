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
from palabre.store import people

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
    if role is not None and dossier is not None:
        store.tell(people.give_role, plain, dossier.id, role.value)


def set_password(store: Store, name: str, password: str) -> None:
    """Give a person another password, which ends their sessions. Raises NotFound and BadValue."""
    hashed = hashed_password(password)
    if store.ask(people.account_named, name) is None:
        raise NotFound(f"{name}: nobody has an account of that name.")
    store.tell(people.keep_account, name, hashed)


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
    if known is None or not known.password:
        return None
    key = secrets.token_urlsafe(32)
    store.tell(people.add_key, known.name, people.SESSION, digest(key), _until(SESSION_LASTS))
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
