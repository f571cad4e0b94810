"""Who may do what to whose account, the changes themselves and their trail. Must not begin transactions.

`Store.tell` makes each change in one transaction: whether it is allowed, the change and its line of the trail go
together, so that two people who act at the same instant cannot shut each other out.

An administrator keeps everybody's account. An editor keeps the roles of the dossiers they edit, and the accounts of
those whose every role is in these. No dossier loses its last editor, nor the workbench its last administrator.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from palabre.errors import Forbidden, NotFound
from palabre.store import people
from palabre.store.documents import now
from palabre.store.people import Account
from palabre.store.schema import account, account_key, account_role, attendance, people_event

if TYPE_CHECKING:
    from collections.abc import Collection

EDITOR = "editor"
MOST_IN_AN_HOUR = 60
"""Changes of accounts that one person may make in an hour: a stolen session does not reach everybody."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the trail. `author` is empty for what was done in the terminal; `role` what was given, if one was."""

    at: str
    author: str
    what: str
    whom: str
    dossier_id: str | None
    role: str | None


def keeps(by: Account, whom: Account) -> bool:
    """Tell whether a person may suspend another's account, end its sessions, give it another password."""
    if by.admin:
        return True
    return not whom.admin and all(by.roles.get(d) == EDITOR for d in whom.roles)


def give_role(connection: sa.Connection, by: str, its: str, dossier_id: str, role: str | None) -> None:
    """Give a person a role in a dossier, None to take it away. Raises Forbidden, NotFound."""
    author, whom = _both(connection, by, its)
    _edits(author, dossier_id)
    _in_measure(connection, author)
    former = whom.roles.get(dossier_id)
    if former == role:
        return
    if former == EDITOR:
        _not_the_last_editor(connection, whom, [dossier_id])
    people.give_role(connection, whom.name, dossier_id, role)
    log(connection, author.name, "role", whom.name, dossier_id, role)


def found(connection: sa.Connection, name: str, password: str, role: str) -> None:
    """Make the first account of all, an administrator with a role in every dossier. Raises Forbidden when it is not."""
    if people.any_account(connection):
        raise Forbidden("somebody has an account already: ask them to let you in.")
    people.keep_account(connection, name, password)
    set_admin(connection, name, True)
    log(connection, name, "founded", name)
    for dossier_id in people.dossier_names(connection):
        people.give_role(connection, name, dossier_id, role)


def invite(
    connection: sa.Connection, by: str, name: str, dossier_id: str, role: str, digest: str, expires_at: str
) -> bool:
    """Open a dossier to a person by name; tell whether a link was kept for them, who had not chosen a password.

    Raises Forbidden when who asks does not edit the dossier, or when another has asked this person in.
    """
    author = _acting(connection, by)
    _edits(author, dossier_id)
    _in_measure(connection, author)
    known = people.account_named(connection, name)
    if known is None:
        people.keep_account(connection, name, None)
        log(connection, author.name, "invited", name, dossier_id, role)
    elif known.password is None and not keeps(author, known):
        # Whoever holds the first link chooses the password: what is given before is given to them.
        raise Forbidden(f"{name}: was invited elsewhere and has not come yet; wait until they have.")
    whom = people.account_named(connection, name)
    assert whom is not None
    give_role(connection, by, whom.id, dossier_id, role)
    if whom.password is not None:
        return False
    people.add_key(connection, name, people.LINK, digest, expires_at, made_by=author.id)
    return True


def make_link(connection: sa.Connection, by: str, its: str, digest: str, expires_at: str) -> None:
    """Keep a link by which a person chooses another password, in place of a former one. Raises Forbidden, NotFound."""
    author, whom = _keeping(connection, by, its)
    if whom.suspended_at is not None:
        raise Forbidden(f"{whom.name}: this account is suspended; open it again first.")
    people.add_key(connection, whom.name, people.LINK, digest, expires_at, made_by=author.id)
    log(connection, author.name, "link", whom.name)


def behind_link(connection: sa.Connection, digest: str) -> Account | None:
    """Return whose password a link lets choose; None when it serves no more.

    It does not either once who made it may no longer keep that account: it would open what was given since.
    """
    whom = people.holder(connection, people.LINK, digest)
    maker = people.made_by(connection, digest)
    if whom is None or maker is None:
        return whom
    author = people.account_of(connection, maker)
    return whom if author is not None and author.suspended_at is None and keeps(author, whom) else None


def use_link(connection: sa.Connection, digest: str, password: str) -> str:
    """Give the person of a link the password (its hash) they chose, and return their name. Raises NotFound."""
    whom = behind_link(connection, digest)
    if whom is None:
        raise NotFound("this link serves no more: ask for another one.")
    people.keep_account(connection, whom.name, password)
    log(connection, whom.name, "chosen", whom.name)
    return whom.name


def sign_out(connection: sa.Connection, by: str, its: str) -> None:
    """End a person's sessions, everywhere. Raises Forbidden, NotFound."""
    author, whom = _keeping(connection, by, its)
    people.drop_keys(connection, whom.name, people.SESSION)
    log(connection, author.name, "signed_out", whom.name)


def suspend(connection: sa.Connection, by: str, its: str) -> None:
    """Have an account open nothing until it is resumed: its keys go, its roles stay. Raises Forbidden, NotFound."""
    author, whom = _keeping(connection, by, its)
    if author.id == whom.id:
        raise Forbidden("one does not suspend oneself.")
    if whom.suspended_at is not None:
        return
    _not_the_last_editor(connection, whom, [d for d, role in whom.roles.items() if role == EDITOR])
    if whom.admin:
        _not_the_last_admin(connection, whom)
    set_suspended(connection, whom.name, True)
    log(connection, author.name, "suspended", whom.name)


def close(connection: sa.Connection, by: str, its: str) -> None:
    """Close an account for good; what the person decided stays. Raises Forbidden, NotFound."""
    suspend(connection, by, its)
    whom = people.account_of(connection, its)
    assert whom is not None
    people.close_account(connection, whom.name)
    log(connection, by, "closed", whom.name)


def resume(connection: sa.Connection, by: str, its: str) -> None:
    """Let a suspended account open again what it did. Raises Forbidden, NotFound."""
    author, whom = _keeping(connection, by, its)
    if whom.suspended_at is not None:
        set_suspended(connection, whom.name, False)
        log(connection, author.name, "resumed", whom.name)


def make_admin(connection: sa.Connection, by: str, its: str, admin: bool) -> None:
    """Make a person an administrator, or no longer one. Raises Forbidden, NotFound."""
    author, whom = _keeping(connection, by, its)
    if not author.admin:
        raise Forbidden("only an administrator makes another.")
    if whom.admin == admin:
        return
    if not admin:
        _not_the_last_admin(connection, whom)
    set_admin(connection, whom.name, admin)
    log(connection, author.name, "admin" if admin else "no_admin", whom.name)


def set_admin(connection: sa.Connection, name: str, admin: bool) -> None:
    """Make a person an administrator, or no longer one, whoever asks. Raises NotFound."""
    its = people.account_id(connection, name)
    connection.execute(sa.update(account).where(account.c.id == its).values(admin=admin))


def set_suspended(connection: sa.Connection, name: str, suspended: bool) -> None:
    """Have an account open nothing, its keys gone for good, or again what it did, whoever asks. Raises NotFound."""
    its = people.account_id(connection, name)
    changed = sa.update(account).where(account.c.id == its)
    connection.execute(changed.values(suspended_at=now() if suspended else None))
    if suspended:
        connection.execute(sa.delete(account_key).where(account_key.c.account_id == its))


def log(
    connection: sa.Connection, author: str, what: str, whom: str, dossier_id: str | None = None, role: str | None = None
) -> None:
    """Write a line of the trail; `author` is empty for the terminal."""
    line = {"at": now(), "author": author, "what": what, "whom": whom.casefold(), "dossier_id": dossier_id}
    connection.execute(sa.insert(people_event).values(**line, role=role))


@dataclass(frozen=True, slots=True)
class Seen:
    """Which lines of the trail are asked for: about these people, of these dossiers (and of none); None is all."""

    names: tuple[str, ...] | None = None
    dossiers: tuple[str, ...] | None = None


def trail(connection: sa.Connection, seen: Seen, *, limit: int = 50, offset: int = 0) -> tuple[Event, ...]:
    """Return some lines of the trail, the latest first."""
    asked = sa.select(people_event).where(*_of(seen)).order_by(people_event.c.id.desc())
    found = connection.execute(asked.limit(limit).offset(offset))
    return tuple(Event(r.at, r.author, r.what, r.whom, r.dossier_id, r.role) for r in found)


def count(connection: sa.Connection, seen: Seen) -> int:
    """Return how many lines of the trail there are."""
    asked = sa.select(sa.func.count()).select_from(people_event)
    return int(connection.execute(asked.where(*_of(seen))).scalar_one())


def last_seen(connection: sa.Connection) -> dict[str, str]:
    """Return about when each account was last in any dossier, by account id."""
    asked = sa.select(attendance.c.account_id, sa.func.max(attendance.c.last)).group_by(attendance.c.account_id)
    return {str(its): str(last) for its, last in connection.execute(asked)}


def _of(seen: Seen) -> list[sa.ColumnElement[bool]]:
    out: list[sa.ColumnElement[bool]] = []
    if seen.names is not None:
        out.append(people_event.c.whom.in_(seen.names))
    if seen.dossiers is not None:
        here = people_event.c.dossier_id.in_(seen.dossiers)
        out.append(sa.or_(people_event.c.dossier_id.is_(None), here))
    return out


def _acting(connection: sa.Connection, by: str) -> Account:
    author = people.account_named(connection, by)
    if author is None or author.suspended_at is not None:
        raise Forbidden(f"{by}: this account opens nothing any more.")
    return author


def _both(connection: sa.Connection, by: str, its: str) -> tuple[Account, Account]:
    author, whom = _acting(connection, by), people.account_of(connection, its)
    if whom is None:
        raise NotFound(f"{its[:80]}: nobody has an account of that name.")
    return author, whom


def _keeping(connection: sa.Connection, by: str, its: str) -> tuple[Account, Account]:
    author, whom = _both(connection, by, its)
    if not keeps(author, whom):
        raise Forbidden(f"{whom.name}: only an administrator may, or who edits every dossier open to this person.")
    _in_measure(connection, author)
    return author, whom


def _edits(author: Account, dossier_id: str) -> None:
    if not author.admin and author.roles.get(dossier_id) != EDITOR:
        raise Forbidden("only its editors and administrators open a dossier to others.")


def _in_measure(connection: sa.Connection, author: Account) -> None:
    before = (dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)).isoformat(timespec="seconds").replace("+00:00", "Z")
    asked = sa.select(sa.func.count()).where(people_event.c.author == author.name, people_event.c.at > before)
    if int(connection.execute(asked).scalar_one()) >= MOST_IN_AN_HOUR:
        raise Forbidden(f"that is more than {MOST_IN_AN_HOUR} changes in an hour; go on later.")


def _able(connection: sa.Connection) -> sa.Select[tuple[str]]:
    """Return who can sign in: the ids of accounts with a password, neither closed nor suspended."""
    able = (account.c.closed_at.is_(None), account.c.suspended_at.is_(None), account.c.password.is_not(None))
    return sa.select(account.c.id).where(*able)


def _not_the_last_editor(connection: sa.Connection, whom: Account, dossiers: Collection[str]) -> None:
    if whom.password is None or whom.suspended_at is not None:
        # Nobody counts on them.
        return
    able = _able(connection)
    for dossier_id in dossiers:
        others = sa.select(account_role.c.account_id).where(
            account_role.c.dossier_id == dossier_id,
            account_role.c.role == EDITOR,
            account_role.c.account_id != whom.id,
            account_role.c.account_id.in_(able),
        )
        if connection.execute(others.limit(1)).first() is None:
            name = people.dossier_names(connection).get(dossier_id, dossier_id)
            raise Forbidden(f"{whom.name} is the last editor of {name}: make another one first.")


def _not_the_last_admin(connection: sa.Connection, whom: Account) -> None:
    if whom.password is None or whom.suspended_at is not None:
        return
    others = _able(connection).where(account.c.admin.is_(True), account.c.id != whom.id)
    if connection.execute(others.limit(1)).first() is None:
        raise Forbidden(f"{whom.name} is the last administrator: make another one first.")
