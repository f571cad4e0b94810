"""The pages of a dossier as the menu shows them. A page group adds its own line here."""

from __future__ import annotations

NAVIGATION: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "follow",
        (
            ("", "overview"),
            ("news", "news"),
            ("register", "register"),
            ("conflicts", "conflicts"),
            ("meetings", "meetings"),
            ("coverage", "coverage"),
        ),
    ),
    ("read", (("sources", "sources"), ("compare", "compare"), ("statements", "statements"), ("actors", "actors"))),
    ("act", (("review", "review"), ("decisions", "decisions"), ("add", "add"), ("export", "export"))),
)
"""Groups in order: the group's code, then each page's path under the dossier and its code (`nav.CODE` is its name)."""
