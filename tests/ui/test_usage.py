"""A command line that cannot be understood is answered in the reader's language, in one sentence, with status 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Ran

WRONG: tuple[tuple[tuple[str, ...], str], ...] = (
    (("register", "--nowhere"), "option inconnue : --nowhere"),
    (("--lan", "fr"), "option inconnue : --lan (vouliez-vous dire --lang ?)"),
    (("registre",), "commande inconnue : registre (vouliez-vous dire 'register' ?)"),
    (("register", "--as-of"), "l’option --as-of attend une valeur"),
    (("register", "--json=3"), "l’option --json ne prend pas de valeur"),
    (("judge",), "il manque ACTION : confirm, reject"),
    (("judge", "celebrate"), "ACTION : celebrate n’est pas l’une des valeurs 'confirm'"),
    (("add",), "il manque PATH"),
    (("register", "a", "b"), "en trop sur la ligne : a b"),
    (("serve", "--port", "x"), "--port : il faut un nombre entier"),
    (("serve", "--port", "70000"), "--port : au plus 65535"),
    (("search", "mots", "--limit", "0"), "--limit : au moins 1"),
)


@pytest.mark.parametrize(("typed", "said"), WRONG)
def test_told_in_french(palabre: Callable[..., Ran], typed: tuple[str, ...], said: str) -> None:
    done = palabre(*typed)
    assert done.status == 2
    assert done.out == ""
    first, second = done.err.splitlines()
    assert first.startswith(f"palabre : {said}")
    assert "--help" in second


def test_told_in_english(palabre: Callable[..., Ran]) -> None:
    done = palabre("--lang", "en", "register", "--nowhere")
    assert done.status == 2
    assert done.err == "palabre : No such option: --nowhere\nHelp for the command: palabre register --help\n"
