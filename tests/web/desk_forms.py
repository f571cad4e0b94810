"""What tests of forms share: a database of one's own, the token of a page, posting a form as a page of ours does."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.testclient import TestClient

from palabre.app.settings import Settings
from palabre.store.store import Store
from palabre.ui.web import create_app
from tests.web.conftest import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from httpx import Response

_INPUT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def copy_of(filled: Path, folder: Path) -> Path:
    """Return a copy of the database, as it is with what its log still holds."""
    path = folder / "own.db"
    with sqlite3.connect(filled) as source, sqlite3.connect(path) as made:
        source.backup(made)
    return path


def served(path: Path, author: str = "awa", **more: object) -> TestClient:
    """Return a client of the workbench of that database, reading English."""
    settings = Settings(store=str(path), lang="en", author=author, **more)  # type: ignore[arg-type]
    return TestClient(create_app(settings), base_url=BASE, follow_redirects=False)


def hidden(page: str, form: str = "") -> dict[str, str]:
    """Return the hidden fields of the first form of a page that holds `form`."""
    for part in re.findall(r"<form.*?</form>", page, re.DOTALL):
        if form in part:
            return {unescape(k): unescape(v) for k, v in _INPUT.findall(part)}
    raise AssertionError(f"no form with {form!r}")


def token(client: TestClient) -> str:
    """Return the token of this client's forms."""
    found = hidden(client.get("/d/aes/review").text, 'name="token"')
    return found["token"]


def post(client: TestClient, path: str, fields: Mapping[str, object], **more: object) -> Response:
    """Post a form as a page of ours does."""
    headers = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"} | dict(more.pop("headers", {}))  # type: ignore[call-overload]
    answer: Response = client.post(path, data=dict(fields), headers=headers, **more)
    return answer


def first_commitment(path: Path, most_mentions: bool = False) -> str:
    """Return the id of a commitment; with `most_mentions`, the one most told of."""
    with Store.open(path) as store:
        register = store.register(store.dossier("aes"))
    assert register is not None
    firm = [c for c in register.commitments if not c.vague]
    return max(firm, key=lambda c: len(c.mentions)).id if most_mentions else firm[0].id


def second_commitment(path: Path) -> str:
    """Return the id of another commitment than `first_commitment` does."""
    with Store.open(path) as store:
        register = store.register(store.dossier("aes"))
    assert register is not None
    return [c for c in register.commitments if not c.vague][1].id


def standing(path: Path) -> list[tuple[str, str, str | None, str | None]]:
    """Return the decisions that stand: verdict, author, field, value."""
    with Store.open(path) as store:
        return [(j.verdict.value, j.author, j.field, j.value) for j in store.judgements(store.dossier("aes"))]
