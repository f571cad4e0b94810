"""Views of the register that people keep under a name. Must not begin transactions.

`Store.tell` makes the changes, `Store.ask` the questions. A view is its owner's, and everybody's in the dossier once
it is shared; one kept where nobody had an account (no owner) is everybody's too.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from palabre.errors import NotFound
from palabre.model.ids import content_id
from palabre.store.documents import now
from palabre.store.schema import saved_view


@dataclass(frozen=True, slots=True)
class SavedView:
    """One view. `query` is what the register's address asks for, after its question mark."""

    id: str
    owner: str
    name: str
    query: str
    shared: bool

    def seen_by(self, reader: str) -> bool:
        """Tell whether a person may look at it."""
        return self.shared or self.owner in ("", reader)


def saved(connection: sa.Connection, dossier_id: str, reader: str) -> tuple[SavedView, ...]:
    """Return the views of a dossier that a person may look at, their own first, by name."""
    asked = sa.select(saved_view).where(saved_view.c.dossier_id == dossier_id)
    found = [_view(row) for row in connection.execute(asked)]
    seen = [view for view in found if view.seen_by(reader)]
    return tuple(sorted(seen, key=lambda v: (v.owner != reader, v.name.casefold(), v.id)))


def saved_as(connection: sa.Connection, dossier_id: str, its: str, reader: str) -> SavedView:
    """Return one view that a person may look at. Raises NotFound."""
    asked = sa.select(saved_view).where(saved_view.c.dossier_id == dossier_id, saved_view.c.id == its)
    row = connection.execute(asked).first()
    view = _view(row) if row is not None else None
    if view is None or not view.seen_by(reader):
        raise NotFound(f"{its[:80]}: no view has this id.")
    return view


def keep(connection: sa.Connection, dossier_id: str, owner: str, name: str, query: str, shared: bool) -> str:
    """Keep a view, in place of its owner's other one of that name if there is one; return its id."""
    its = content_id("v", dossier_id, owner, name)
    connection.execute(sa.delete(saved_view).where(saved_view.c.id == its))
    values = {"id": its, "dossier_id": dossier_id, "owner": owner, "name": name, "query": query, "shared": shared}
    connection.execute(sa.insert(saved_view).values(created_at=now(), **values))
    return its


def drop(connection: sa.Connection, dossier_id: str, its: str) -> None:
    """Forget a view."""
    connection.execute(sa.delete(saved_view).where(saved_view.c.dossier_id == dossier_id, saved_view.c.id == its))


def _view(row: sa.Row[tuple[object, ...]]) -> SavedView:
    return SavedView(row.id, row.owner, row.name, row.query, bool(row.shared))
