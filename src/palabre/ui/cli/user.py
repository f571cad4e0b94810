"""`palabre user`: who may sign in to the workbench, what they may do in each dossier, the tokens of their programs."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from palabre.app.people import Role, add_person, change_role, close_person, new_token, set_admin, set_password, suspend
from palabre.errors import BadValue
from palabre.ui.cli.register import AsJson
from palabre.ui.cli.session import Session
from palabre.ui.cli.tables import print_table, table

if TYPE_CHECKING:
    from palabre.store.store import Store


class UserAction(StrEnum):
    """What `palabre user` does."""

    ADD = "add"
    LIST = "list"
    ROLE = "role"
    PASSWORD = "password"
    TOKEN = "token"
    ADMIN = "admin"
    SUSPEND = "suspend"
    RESUME = "resume"
    REMOVE = "remove"


def user(
    context: typer.Context,
    action: Annotated[UserAction, typer.Argument(metavar="ACTION", help="help.user_action", show_default=False)],
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="help.user_name", show_default=False)] = None,
    role: Annotated[str | None, typer.Option("--role", metavar="ROLE", help="help.role")] = None,
    as_json: AsJson = False,
) -> None:
    """Keep the accounts of a team."""
    session: Session = context.obj
    words = session.words
    with session.store() as store:
        if action is UserAction.LIST:
            _list(session, store, as_json)
            return
        if not name:
            raise BadValue(action.value, "needs the name of a person")
        if action is UserAction.ADD:
            given = _role(role or Role.READER.value)
            dossier = store.dossier(session.settings.dossier)
            add_person(store, name, _password(session), given, dossier)
            session.say(words("user.added", name=name, role=words.label("role", given), dossier=dossier.name))
        elif action is UserAction.ROLE:
            dossier = store.dossier(session.settings.dossier)
            kept = None if role == "none" else _role(role or "")
            change_role(store, name, dossier, kept)
            shown = words.label("role", kept) if kept else words("user.no_role")
            session.say(words("user.changed", name=name, role=shown, dossier=dossier.name))
        elif action is UserAction.PASSWORD:
            set_password(store, name, _password(session))
            session.say(words("user.password_kept", name=name))
        elif action is UserAction.TOKEN:
            made = new_token(store, name)
            session.complain(words("user.token_once", name=name))
            sys.stdout.write(f"{made}\n")
        elif action is UserAction.ADMIN:
            given_it = role != "none"
            set_admin(store, name, given_it)
            session.say(words("user.admin" if given_it else "user.no_admin", name=name))
        elif action in (UserAction.SUSPEND, UserAction.RESUME):
            suspend(store, name, action is UserAction.SUSPEND)
            session.say(words(f"user.{action.value}", name=name))
        else:
            close_person(store, name)
            session.say(words("user.removed", name=name))


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError as error:
        raise BadValue(value or "--role", f"not one of {', '.join(r.value for r in Role)}") from error


def _password(session: Session) -> str:
    """Ask for a password twice, unseen; the first line of standard input when that is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    first = getpass(session.words("user.ask_password"))
    if getpass(session.words("user.ask_again")) != first:
        raise BadValue(session.words("user.password"), "the two are not the same")
    return first


def _list(session: Session, store: Store, as_json: bool) -> None:
    from palabre.store import people

    words = session.words
    names = store.ask(people.dossier_names)
    found = store.ask(people.accounts)
    if as_json:
        roles_of = {a.name: {names[d]: r for d, r in a.roles.items()} for a in found}
        marks = {a.name: {"admin": a.admin, "suspended_at": a.suspended_at} for a in found}
        session.json(
            [{"name": a.name, "roles": roles_of[a.name], "created_at": a.created_at} | marks[a.name] for a in found]
        )
        return
    if not found:
        session.say(words("user.none"))
        return
    rows = table(words, ("name", "roles", "since"), wide="roles")
    for account in found:
        held = [f"{names[d]} ({words.label('role', r)})" for d, r in sorted(account.roles.items())]
        held += [words("people.admin")] if account.admin else []
        held += [words("people.suspended")] if account.suspended_at else []
        roles = ", ".join(held)
        rows.add_row(account.name, roles or "—", words.date(account.created_at[:10]))
    print_table(session, rows)
