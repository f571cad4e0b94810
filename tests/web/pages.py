"""The addresses of a dossier's pages, for tests that must see them all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from palabre.store import listings
from palabre.store.listings import Picked

if TYPE_CHECKING:
    from palabre.store.store import Store


def addresses(store: Store) -> dict[str, str]:
    """Return an address of every kind of page of the only dossier, by a short name."""
    dossier = store.dossier()
    base = f"/d/{quote(dossier.name, safe='')}"

    def first(kind: str, order: str = "-docs") -> str:
        return store.ask(listings.records, dossier.id, Picked(kind), order=order, limit=1)[0].id

    asked = urlencode({"firmness": "pledged", "sort": "-made", "q": "navires", "wishes": 1})
    docs = [s.id for s in store.ask(listings.sources, dossier.id, limit=2)]
    out = {
        "dossiers": "/",
        "new": "/dossiers/new",
        "people": "/people",
        "settings": f"{base}/settings",
        "guide": "/guide",
        "guide_here": f"{base}/guide",
        "overview": base,
        "news": f"{base}/news?days=7",
        "register": f"{base}/register",
        "filtered": f"{base}/register?{asked}",
        "none": f"{base}/register?q=introuvable",
        "commitment": f"{base}/c/{first('commitments')}",
        "link": f"{base}/c/{first('commitments')}/link",
        "mark": f"{base}/t/{docs[0]}/add?start=0&end=20",
        "words": f"{base}/t/{docs[0]}/add?words=a",
        "meetings": f"{base}/meetings",
        "calendar": f"{base}/calendar?month=2025-04",
        "empty_month": f"{base}/calendar?month=2031-01",
        "subscribe": f"{base}/subscribe",
        "meeting": f"{base}/m/{first('meetings')}",
        "coverage": f"{base}/coverage",
        "sources": f"{base}/sources",
        "document": f"{base}/t/{docs[0]}",
        "compare": f"{base}/compare",
        "accounts": f"{base}/compare?meeting={first('meetings')}",
        "second": f"{base}/compare?a={docs[0]}&q=Moscou",
        "texts": f"{base}/compare?a={docs[0]}&b={docs[1]}",
        "statements": f"{base}/statements",
        "actors": f"{base}/actors",
        "actor": f"{base}/actors/{quote(first('actors'), safe='')}",
        "conflicts": f"{base}/conflicts",
        "variants": f"{base}/conflicts?kind=variant",
        "search": f"{base}/search?q=Moscou",
        "kind": f"{base}/search?q=Moscou&kind=meetings",
        "nothing": f"{base}/search?q=introuvable",
        "review": f"{base}/review",
        "decisions": f"{base}/decisions",
        "add": f"{base}/add",
        "export": f"{base}/export",
        "missing": f"{base}/nowhere",
    }
    if store.ask(listings.count, dossier.id, Picked("conflicts")):
        out["conflict"] = f"{base}/conflicts/{first('conflicts')}"
    return out
