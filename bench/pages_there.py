"""The addresses of every page of the workbench, for a database that `bench/large_store.py` made."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from palabre.model.records import Origin
from palabre.store import Store, judging, listings, queries
from palabre.store.listings import Picked

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("barrage", "centrale", "école 120", "port", "usine", "ministre", "les deux pays", "route 7", "ferm*")
SEARCHED = 300
"""Records of a kind that are asked for, taken from its whole length."""
HEAVIEST = 5
"""Records of a kind that rest on most texts, which are asked for as well."""


def addresses(path: Path) -> dict[str, list[str]]:
    """Return addresses of every kind of page, several where pages differ; the heaviest records are among them.

    Left out: the report on a whole dossier, one file that takes minutes for so many documents; pages of an addition.
    """
    with Store.open(path) as store:
        dossier = store.dossier()
        base = f"/d/{quote(dossier.name)}"

        def ids(kind: str, order: str = "ordinal") -> list[str]:
            some = store.ask(listings.records, dossier.id, Picked(kind), order=order, limit=HEAVIEST)
            count = store.ask(listings.count, dossier.id, Picked(kind))
            step = max(1, count // SEARCHED)
            more = [
                store.ask(listings.records, dossier.id, Picked(kind), limit=1, offset=n) for n in range(0, count, step)
            ]
            return [quote(r.id) for r in (*some, *(r for found in more for r in found))]

        decisions = [j.id for j in store.ask(judging.trail, dossier.id, limit=SEARCHED)]
        docs = [s.id for s in store.ask(listings.sources, dossier.id, limit=SEARCHED, offset=1000)]
        origins = store.ask(listings.records, dossier.id, Picked("origins"), order="-docs", limit=SEARCHED)
        pairs = [o.docs[:2] for o in origins if isinstance(o, Origin) and len(o.docs) > 1]
        commitments, meetings = ids("commitments", "-docs"), ids("meetings", "-docs")
        statements, actors, conflicts = ids("statements", "-docs"), ids("actors", "-docs"), ids("conflicts", "-docs")
    api = f"/api/v1/dossiers/{quote(dossier.name)}"
    facets = [
        "sector=health", "sector=health&sector=energy", "status=overdue", "status=under_way&status=delivered",
        "firmness=signed", "promisor=RUS", "promisor=RUS&beneficiary=TUR", "beneficiary=TUR", "outlet=Journal+7",
        "origins=1", "origins=3", "check=contradicted", "check=question&check=overdue", "check=silent",
        "check=no_beneficiary", "since=2020-01-01&until=2020-12-31", "wishes=1",
        "promisor=RUS&sector=energy&status=overdue",
    ]  # fmt: skip
    met = ("status=planned", "party=RUS", "sessions=1", "q=Ville-7", "party=TUR&page=9")
    sorts = [f"sort={sign}{name}" for name in queries.SORTS for sign in ("", "-")]
    return {
        "dossiers": ["/"],
        "new dossier": ["/dossiers/new"],
        "settings": [f"{base}/settings"],
        "overview": [base],
        "register": [f"{base}/register?page={n}" for n in range(1, 900, 3)],
        "facets": [f"{base}/register?{a}&page={n}" for n in range(1, 12) for a in facets],
        "sorts": [f"{base}/register?{s}&page={n}" for n in (*range(1, 9), 300, 800) for s in sorts],
        "words": [f"{base}/register?q={quote(w)}" for w in WORDS],
        "to check": [f"{base}/register?sort=check&check={c}&page={n}" for n in range(1, 30) for c in queries.CHECKS],
        "largest": [f"{base}/register?size=200&page={n}" for n in range(1, 200)],
        "commitment": [f"{base}/c/{i}" for i in commitments],
        "conflicts": [f"{base}/conflicts?page={n}" for n in range(1, 130)],
        "conflict": [f"{base}/conflicts/{i}" for i in conflicts],
        "meetings": [f"{base}/meetings?page={n}" for n in range(1, 300)]
        + [f"{base}/meetings?{a}" for a in met],
        "meeting": [f"{base}/m/{i}" for i in meetings],
        "calendar": [f"{base}/calendar.ics"],
        "coverage": [f"{base}/coverage"],
        "sources": [f"{base}/sources?page={n}" for n in range(1, 2000, 17)]
        + [f"{base}/sources?order={o}&page={n}" for o in ("published", "-added", "name") for n in range(1, 2000, 90)]
        + [f"{base}/sources?outlet=Journal+{n}" for n in range(200)],
        "document": [f"{base}/t/{i}" for i in docs],
        "missed": [f"{base}/t/{i}/add?start=0&end=40" for i in docs],
        "link": [f"{base}/c/{i}/link" for i in commitments],
        "compare": [f"{base}/compare"],
        "accounts": [f"{base}/compare?meeting={i}" for i in meetings],
        "texts": [f"{base}/compare?a={a}&b={b}" for a, b in pairs],
        "any two": [f"{base}/compare?a={a}&b={b}" for a, b in pairwise(docs)],
        "second text": [f"{base}/compare?a={i}" for i in docs]
        + [f"{base}/compare?a={docs[0]}&q={quote(w)}" for w in WORDS],
        "statements": [f"{base}/statements?page={n}" for n in range(1, 600, 4)]
        + [f"{base}/statements?{a}" for a in ("q=barrage", "form=quote", "form=quote&page=90")]
        + [f"{base}/statements?speaker=Personne+{n}" for n in range(150)],
        "by id": [f"{base}/r/{i}" for i in statements],
        "actors": [f"{base}/actors?page={n}" for n in range(1, 50)]
        + [f"{base}/actors?{a}" for a in ("kind=state", "kind=person", "q=Personne+12")],
        "actor": [f"{base}/actors/{i}" for i in actors],
        "review": [f"{base}/review"],
        "asked": [f"{base}/review?at={i}" for i in commitments],
        "decisions": [f"{base}/decisions?page={n}" for n in range(1, 100)]
        + [f"{base}/decisions?author=Relecteur+{n}" for n in range(5)],
        "decision": [f"{base}/decisions/{i}" for i in decisions],
        "their table": [f"{base}/decisions?format=csv&author=Relecteur+{n}" for n in range(5)],
        "search": [f"{base}/search?q={quote(w)}" for w in WORDS],
        "add": [f"{base}/add"],
        "export": [f"{base}/export?{a}" for a in ("", *facets)],
        "one sheet": [f"{base}/export?format=csv&outlet=Journal+{n}" for n in range(9)],
        "workbook": [f"{base}/export?format=xlsx&outlet=Journal+{n}" for n in range(9)],
        "as JSON": [f"{base}/export?format=json&outlet=Journal+{n}" for n in range(9)],
        "month": [f"{base}/calendar?month=20{y}-{m:02}" for y in range(16, 26) for m in range(1, 13)],
        "news": [f"{base}/news", *(f"{base}/news?days={n}" for n in (1, 7, 30)), f"{base}/news?since=2024-01-01"],
        "subscribe": [f"{base}/subscribe"],
        "api": [f"{api}/commitments?{a}" for a in facets]
        + [f"{api}/commitments?page={n}" for n in range(1, 900, 20)]
        + [f"{api}/{a}?page={n}" for a in ("meetings", "conflicts", "statements", "documents") for n in range(1, 99, 3)]
        + [f"{api}/commitments/{i}" for i in commitments],
    }  # fmt: skip
