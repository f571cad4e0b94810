"""People who may sign in: accounts, roles in dossiers, keys (sessions, tokens). Must not begin transactions.

`Store.tell` makes the changes, `Store.ask` the questions. Nothing here knows a password or a key in clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from palabre.errors import BadValue, NotFound
from palabre.model.ids import content_id
from palabre.store.documents import now
from palabre.store.schema import account, account_key, account_role, dossier

if TYPE_CHECKING:
    from collections.abc import Mapping

SESSION, TOKEN, CALENDAR, LINK = "session", "token", "calendar", "link"
"""Kinds of keys: of a browser, of a program, of the address of one dossier's calendar, of a link that serves once."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person. `roles` is by dossier id; `password` an argon2 hash, None for one who has not chosen theirs yet.

    `admin` is one who keeps everybody's account; `suspended_at` the instant from which it opens nothing.
    """

    id: str
    name: str
    password: str | None
    roles: Mapping[str, str]
    created_at: str
    admin: bool = False
    suspended_at: str | None = None


def any_account(connection: sa.Connection) -> bool:
    """Tell whether anybody has an account that is not closed."""
    return connection.execute(sa.select(account.c.id).where(account.c.closed_at.is_(None)).limit(1)).first() is not None


def accounts(connection: sa.Connection) -> tuple[Account, ...]:
    """Return the accounts that are not closed, by name."""
    found = connection.execute(sa.select(account).where(account.c.closed_at.is_(None)).order_by(account.c.name))
    return tuple(_account(connection, row) for row in found)


def account_named(connection: sa.Connection, name: str) -> Account | None:
    """Return the account of that name, in any case of letters; None when there is none or it is closed."""
    asked = sa.select(account).where(account.c.name == name.casefold(), account.c.closed_at.is_(None))
    row = connection.execute(asked).first()
    return _account(connection, row) if row is not None else None


def account_of(connection: sa.Connection, its: str) -> Account | None:
    """Return the account of that id; None when there is none or it is closed."""
    row = connection.execute(sa.select(account).where(account.c.id == its, account.c.closed_at.is_(None))).first()
    return _account(connection, row) if row is not None else None


def keep_account(connection: sa.Connection, name: str, password: str | None) -> str:
    """Make an account, open a closed one again, or give one another password; return its id.

    Another password ends the sessions that the former one opened, and voids a link that serves to choose one.
    """
    plain = name.casefold()
    its = content_id("u", plain)
    if connection.execute(sa.select(account.c.id).where(account.c.id == its)).first() is None:
        connection.execute(sa.insert(account).values(id=its, name=plain, password=password, created_at=now()))
    else:
        changed = sa.update(account).where(account.c.id == its)
        connection.execute(changed.values(password=password, closed_at=None))
    opened = account_key.c.kind.in_((SESSION, LINK))
    connection.execute(sa.delete(account_key).where(account_key.c.account_id == its, opened))
    return its


def close_account(connection: sa.Connection, name: str) -> None:
    """Close an account: its keys open nothing more, its roles are gone. Raises NotFound."""
    its = account_id(connection, name)
    closed = {"closed_at": now(), "password": None, "admin": False, "suspended_at": None}
    connection.execute(sa.update(account).where(account.c.id == its).values(closed))
    for of in (account_key, account_role):
        connection.execute(sa.delete(of).where(of.c.account_id == its))


def give_role(connection: sa.Connection, name: str, dossier_id: str, role: str | None) -> None:
    """Give a person a role in a dossier, in place of the former one; None takes it away. Raises NotFound."""
    its = account_id(connection, name)
    here = sa.and_(account_role.c.account_id == its, account_role.c.dossier_id == dossier_id)
    connection.execute(sa.delete(account_role).where(here))
    if role is not None:
        connection.execute(sa.insert(account_role).values(account_id=its, dossier_id=dossier_id, role=role))


def add_key(
    connection: sa.Connection,
    name: str,
    kind: str,
    digest: str,
    expires_at: str,
    dossier_id: str | None = None,
    made_by: str | None = None,
) -> None:
    """Keep a key of a person by its digest, until an instant (ISO 8601, UTC). Raises NotFound.

    A key takes the place of the former one of its kind, but sessions: one may have several. `made_by` is the account of
    who made it for somebody else. Keys that have expired go.
    """
    its = account_id(connection, name)
    connection.execute(sa.delete(account_key).where(account_key.c.expires_at < now()))
    if kind != SESSION:
        connection.execute(sa.delete(account_key).where(_held(its, kind, dossier_id)))
    made = {"digest": digest, "account_id": its, "kind": kind, "created_at": now(), "expires_at": expires_at}
    connection.execute(sa.insert(account_key).values(dossier_id=dossier_id, made_by=made_by, **made))


def keys_since(connection: sa.Connection, name: str, kind: str, dossier_id: str | None = None) -> str | None:
    """Return when the key of that kind which a person holds was made, None when there is none. Raises NotFound."""
    asked = sa.select(account_key.c.created_at).where(_held(account_id(connection, name), kind, dossier_id))
    return connection.execute(asked.where(account_key.c.expires_at >= now()).limit(1)).scalar_one_or_none()


def drop_keys(connection: sa.Connection, name: str, kind: str, dossier_id: str | None = None) -> None:
    """Forget the keys of that kind which a person holds: they open nothing more. Raises NotFound."""
    connection.execute(sa.delete(account_key).where(_held(account_id(connection, name), kind, dossier_id)))


def _held(its: str, kind: str, dossier_id: str | None) -> sa.ColumnElement[bool]:
    here = account_key.c.dossier_id.is_(None) if dossier_id is None else account_key.c.dossier_id == dossier_id
    return sa.and_(account_key.c.account_id == its, account_key.c.kind == kind, here)


def drop_other_sessions(connection: sa.Connection, name: str, digest: str) -> None:
    """Forget the sessions of a person but the one of that digest. Raises NotFound."""
    its = _held(account_id(connection, name), SESSION, None)
    connection.execute(sa.delete(account_key).where(its, account_key.c.digest != digest))


def sessions(connection: sa.Connection) -> dict[str, int]:
    """Return how many sessions are open, by account id."""
    asked = sa.select(account_key.c.account_id, sa.func.count()).where(
        account_key.c.kind == SESSION, account_key.c.expires_at >= now()
    )
    return {str(its): int(number) for its, number in connection.execute(asked.group_by(account_key.c.account_id))}


def made_by(connection: sa.Connection, digest: str) -> str | None:
    """Return the account id of who made a key for somebody else, None when nobody is known to have."""
    asked = sa.select(account_key.c.made_by).where(account_key.c.digest == digest)
    return connection.execute(asked).scalar_one_or_none()


def drop_key(connection: sa.Connection, digest: str) -> None:
    """Forget a key."""
    connection.execute(sa.delete(account_key).where(account_key.c.digest == digest))


def holder(connection: sa.Connection, kind: str, digest: str) -> Account | None:
    """Return the account that holds a key of that kind, None when none does or it has expired."""
    asked = (
        sa.select(account)
        .join(account_key, account_key.c.account_id == account.c.id)
        .where(
            account_key.c.digest == digest,
            account_key.c.kind == kind,
            account_key.c.expires_at >= now(),
            account.c.closed_at.is_(None),
            account.c.suspended_at.is_(None),
        )
    )
    row = connection.execute(asked).first()
    return _account(connection, row) if row is not None else None


def dossier_of_key(connection: sa.Connection, kind: str, digest: str) -> str | None:
    """Return the id of the dossier that a key is of, None for a key of none or one nobody knows."""
    asked = sa.select(account_key.c.dossier_id).where(account_key.c.kind == kind, account_key.c.digest == digest)
    return connection.execute(asked).scalar_one_or_none()


def dossier_names(connection: sa.Connection) -> dict[str, str]:
    """Return the names of dossiers, by id."""
    return {row.id: row.name for row in connection.execute(sa.select(dossier.c.id, dossier.c.name))}


def account_id(connection: sa.Connection, name: str) -> str:
    """Return the id of the account of that name. Raises NotFound when there is none or it is closed."""
    asked = sa.select(account.c.id).where(account.c.name == name.casefold(), account.c.closed_at.is_(None))
    its = connection.execute(asked).scalar_one_or_none()
    if its is None:
        raise NotFound(f"{name}: nobody has an account of that name.")
    return str(its)


def _account(connection: sa.Connection, row: sa.Row[tuple[object, ...]]) -> Account:
    asked = sa.select(account_role.c.dossier_id, account_role.c.role).where(account_role.c.account_id == row.id)
    roles = {r.dossier_id: r.role for r in connection.execute(asked)}
    return Account(row.id, row.name, row.password, roles, row.created_at, bool(row.admin), row.suspended_at)


def checked_name(name: str) -> str:
    """Return a name somebody may sign in with. Raises BadValue."""
    plain = name.strip().casefold()
    if not plain or len(plain) > 80 or not plain.isprintable() or any(c.isspace() for c in plain):
        raise BadValue(name, "not a name to sign in with (no space, at most 80 characters)")
    return plain
