"""What every page shares: the open database, and what one request brings (language, day, dossier). Renders templates.

Must not ask the database for anything a page shows besides the dossier itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from jinja2.runtime import Context
from starlette.responses import HTMLResponse

from palabre import __version__
from palabre.app.people import Role
from palabre.app.views import deciding
from palabre.app.views.asking import Asking
from palabre.app.views.freshness import Keeper
from palabre.app.views.remembered import Remembered
from palabre.export.decision_words import decision_in_words
from palabre.lang.interface import INTERFACES, Words
from palabre.store.queries import Wanted
from palabre.ui.web.navigation import NAVIGATION

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

    from starlette.requests import Request

    from palabre.app.settings import Settings
    from palabre.model.dossier import Dossier
    from palabre.model.records import Commitment, Meeting
    from palabre.store.passing import Passing
    from palabre.store.store import Store
    from palabre.ui.web.kept_pages import KeptPages

T = TypeVar("T")
LANGUAGE_COOKIE = "palabre-lang"
A_YEAR = 366 * 24 * 3600
MOST_PARTS = 200
"""Parts of pages that are kept: some ten megabytes."""
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]+")


@dataclass(frozen=True)
class Desk:
    """The workbench's own: the database, the settings, the records kept up to date, what its processes share."""

    settings: Settings
    store: Store
    keeper: Keeper
    memory: Remembered
    pages: KeptPages
    parts: Remembered
    passing: Passing

    @classmethod
    def open(cls, settings: Settings, shared: Path | None = None) -> Desk:
        """Open the database named in the settings. Raises the errors of `Store.open`.

        `shared` is the folder of what the processes of this server share, None where there is but one.
        """
        from palabre.store.passing import Passing
        from palabre.store.store import Store
        from palabre.ui.web.kept_pages import KeptPages

        store, memory, passing = Store.open(settings.store), Remembered(), Passing(shared)

        def count(dossier: Dossier) -> None:
            # Counted before anybody asks: the first page of a large dossier would take seconds.
            revision = store.revisions(dossier)[1]
            Asking(store, dossier, dt.date.today(), INTERFACES[0], memory, revision).facets(Wanted())

        keeper = Keeper(store, after=count, turn=lambda: passing.turn("records"))
        return cls(settings, store, keeper, memory, KeptPages(), Remembered(MOST_PARTS), passing)

    def present(self, question: Hashable, answer: Callable[[], T]) -> T:
        """Return the answer to a question about the database, not asked twice before something is written to it."""
        version = self.store.version()
        return answer() if version is None else self.memory.get((version, "present", question), answer)

    def close(self) -> None:
        """Let go of the database, once nothing is being computed any more."""
        self.keeper.close()
        self.store.close()
        self.passing.close()


@dataclass
class Visit:
    """One request. `dossier` is the one the address names, set by `in_dossier`; `late` tells its records are old."""

    request: Request
    desk: Desk
    words: Words
    dossier: Dossier | None = None
    late: bool = False
    extra: dict[str, Any] = field(default_factory=dict)
    """More for the base template, set by what stands before a page (a person who is signed in, a token for forms)."""
    finish: list[Callable[[HTMLResponse], None]] = field(default_factory=list)
    """What is done last to the page that answers (a cookie it brings)."""
    since: str | None = None
    """The instant after which things are new to who asks (`attending`), None on a first visit to a dossier."""
    keep: Callable[[bytes], None] | None = None
    """What keeps the page once it is made, when it is one to keep (`kept`)."""

    state: int | None = None
    """The state of the database before anything shown was read from it, None where no part of a page is to be kept."""

    @classmethod
    def of(cls, request: Request) -> Visit:
        """Return the visit a request is, the same one each time it is asked for."""
        known: Visit | None = getattr(request.state, "visit", None)
        if known is None:
            desk: Desk = request.app.state.desk
            known = request.state.visit = cls(request, desk, Words(_language(request, desk.settings.lang)))
        return known

    @classmethod
    def in_dossier(cls, request: Request) -> Visit:
        """Return the visit to a page of the dossier the address names, its records up to date when that is quick.

        Raises NoDossier.
        """
        visit = cls.of(request)
        if visit.dossier is None:
            desk, name = visit.desk, str(request.path_params["dossier"])
            found = visit.dossier = desk.present(("dossier", name), lambda: desk.store.dossier(name))
            stale = desk.present(("stale", found.id), lambda: desk.store.is_stale(found))
            visit.late = stale and not desk.keeper.fresh(found)
            if request.method == "GET":
                visit.state = visit.store.version()
        return visit

    def may(self, role: str) -> bool:
        """Tell whether the person at the desk may do in this dossier what a role (`app.people.Role`) may."""
        person = self.extra.get("person")
        return self.dossier is not None and person is not None and person.may(self.dossier, Role(role))

    @property
    def may_decide(self) -> bool:
        """Tell whether the person at the desk may decide of records here."""
        return self.may(Role.ANALYST)

    @property
    def bare(self) -> bool:
        """Tell whether nothing was ever added to the dossier of this page."""
        return self.dossier is not None and self._revisions(self.dossier)[0] == 0

    seen = staticmethod(deciding.seen)

    def fields(self, kind: str, record: Commitment | Meeting) -> tuple[deciding.Field, ...]:
        """Return the fields of a record that can be corrected, parties under their names."""
        return deciding.fields(kind, record, self.words)

    @property
    def store(self) -> Store:
        """Return the database."""
        return self.desk.store

    @property
    def here(self) -> Dossier:
        """Return the dossier of a page that has one."""
        assert self.dossier is not None
        return self.dossier

    @cached_property
    def asking(self) -> Asking:
        """Return the dossier of this page, ready to be asked."""
        return self.asked_of(self.here)

    def asked_of(self, dossier: Dossier) -> Asking:
        """Return a dossier, ready to be asked."""
        now, revision = self._revisions(dossier)
        return Asking(self.store, dossier, self.today, self.words.lang, self.desk.memory, revision, now)

    def _revisions(self, dossier: Dossier) -> tuple[int, int | None]:
        return self.desk.present(("revisions", dossier.id), lambda: self.store.revisions(dossier))

    @cached_property
    def today(self) -> dt.date:
        """Return the day that overdue is judged at: today, or the one asked for with `as_of`."""
        try:
            return dt.date.fromisoformat(self.request.query_params.get("as_of", ""))
        except ValueError:
            return dt.date.today()

    @cached_property
    def hour(self) -> dt.datetime:
        """Return the beginning of this hour (UTC), to which pages that look back so many days look."""
        return dt.datetime.now(dt.UTC).replace(minute=0, second=0, microsecond=0)

    def link(self, *parts: str, **query: object) -> str:
        """Return the address of a page of the dossier: `link("c", id)`; without parts, its overview."""
        steps = "".join([f"/{part if _PLAIN.fullmatch(part) else quote(part, safe='')}" for part in parts])
        return self._root + steps + (_query(query) if query else "")

    @cached_property
    def _root(self) -> str:
        return f"/d/{quote(self.here.name, safe='')}"

    def part(self, name: str, *shown: Hashable, caller: Callable[[], str]) -> str:
        """Return a part of a page, not made twice for the same things shown before something is written.

        For parts that hold no form's token and depend on nothing but the dossier, the day, the language and `shown`.
        """
        if self.state is None:
            return caller()
        key = (self.state, name, self.here.id, self.today, self.words.lang, shown)
        return self.desk.parts.get(key, caller)

    def again(self, **changes: object) -> str:
        """Return the address of this very page with some of its query changed; None takes a name out."""
        return self._with(changes) if changes else self._here

    @cached_property
    def _here(self) -> str:
        return self._with({})

    def _with(self, changes: dict[str, object]) -> str:
        kept = [(k, v) for k, v in self.request.query_params.multi_items() if k not in changes and k != "lang"]
        kept += [(k, str(v)) for k, v in changes.items() if v is not None and v != ""]
        return quote(self.request.url.path, safe="/%:@,;=&+$!*'()~") + (f"?{urlencode(kept)}" if kept else "")

    def without(self, name: str, value: str) -> str:
        """Return the address of this very page, its first one if it has several, without one value of its query."""
        kept = [(k, v) for k, v in self.request.query_params.multi_items() if (k, v) != (name, value)]
        asked = [(k, v) for k, v in kept if k not in ("page", "lang")]
        return quote(self.request.url.path, safe="/%:@,;=&+$!*'()~") + (f"?{urlencode(asked)}" if asked else "")

    def page(self, template: str, *, status: int = 200, **content: object) -> HTMLResponse:
        """Return a page: `content` is what its template shows, besides what every page does."""
        shared = {
            "w": self.words,
            "visit": self,
            "dossier": self.dossier,
            "late": self.late,
            "today": self.today,
            "link": self.link,
            "again": self.again,
            "languages": INTERFACES,
            "navigation": NAVIGATION,
            "version": __version__,
            "status": status,
            **self.extra,
        }
        body = environment().get_template(template).render({**shared, **content})
        # A text may hold half a surrogate pair, which UTF-8 cannot.
        made = body.encode("utf-8", "replace")
        if self.keep is not None and status == 200 and not self.late:
            self.keep(made)
        return self.answer(made, status)

    def answer(self, body: bytes, status: int = 200) -> HTMLResponse:
        """Return the answer that a page's bytes make, with the cookies it brings."""
        made = HTMLResponse(body, status_code=status)
        if self.request.query_params.get("lang") in INTERFACES:
            made.set_cookie(LANGUAGE_COOKIE, self.words.lang, max_age=A_YEAR, httponly=True, samesite="lax")
        for last in self.finish:
            last(made)
        return made


def _query(query: dict[str, object]) -> str:
    kept = [(k, str(v)) for k, v in query.items() if v is not None and v != ""]
    return f"?{urlencode(kept)}" if kept else ""


def _language(request: Request, setting: str | None) -> str:
    for asked in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE), setting):
        if asked in INTERFACES:
            return str(asked)
    for part in request.headers.get("accept-language", "").lower().split(","):
        code = part.strip().partition(";")[0].partition("-")[0]
        if code in INTERFACES:
            return code
    return INTERFACES[0]


@lru_cache(maxsize=64)
def static(name: str) -> str:
    """Return the address of a file of `static/`, which changes with its content."""
    content = resources.files("palabre.ui.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


class Direct(Context):
    """Calls what templates call without asking first whether it wants the context: nothing of ours does.

    A page makes a thousand calls, and asking took a third of the time it is made in.
    """

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return what a function, a method or a macro returns."""
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return what renders the templates: everything they show is escaped, a name they lack is an error."""
    made = Environment(
        loader=PackageLoader("palabre.ui.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.context_class = Direct
    made.globals["static"] = static
    made.globals["decision_in_words"] = decision_in_words
    return made
