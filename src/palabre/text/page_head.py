"""The rows of one page, where its article begins and ends, and what its menus and widgets above it condemn.

`clutter` goes on with the words of rows and with what stands below the article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from palabre.lang.pack import LANGUAGES
from palabre.text.body import LIST_ITEM, article_end, article_start, menus_around
from palabre.text.language import other_tongue
from palabre.text.mastheads import days_in
from palabre.text.menus import is_menu, is_section, is_slashed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.text.credits import Credit
    from palabre.text.layout import Row

_PATH = re.compile(r"[^>›»/|]{2,45}(?:\s*[>›»]+\s*[^>›»/|]{2,90})+\Z")
_SITE_ROW = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}\Z", re.IGNORECASE)
_SITE_WORD = re.compile(r"\w\.(?:com|net|org|info|fr|[a-z]{2})\b")
_WEATHER = re.compile(r"[-−]?\d{1,2}(?:[.,]\d)?\s?°?\s?[CFcf]?\s?°?\Z")
_SECTION = re.compile(r"[-–•]\s[A-ZÀ-Ý][A-ZÀ-Ý’' ]{1,25}\Z")
_TOWN_CLOCK = re.compile(r"[A-ZÀ-Ý][^\W\d]*(?:[ '’-][^\W\d]+){0,4}\s?[|:,–-]\s?\d{1,2}\s?[h:]\s?\d{2}\Z")
_TOLD_AT = re.compile(r"\d{1,2}\s?[:hH]\s?\d{2}\s?[-–|:•]?\s?[«\"A-ZÀ-Ý][^\n]{15,160}(?<![.;:,])\Z")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s.{15,200}[^.;:,]")
_TICK = re.compile(r"\d{1,2}\s?[/:hH.]\s?\d{2}(?:/\d{2,4})?")
_TICKER = 80
"""Rows from the top among which a column of news with their days or hours is looked for."""
_DAY_ALONE = re.compile(r"[^\W\d]{4,9},? \d{1,2}(?:er)? [^\W\d]{3,9},? \d{4}")
_HEAVY = 10
"""Rows of a page above the last of its menus' that show it to be copied whole."""
_PAGER = re.compile(r"(?=.*\d.*\d|.*[<>«»‹›])[<>«»‹›|\d\s.…]+\Z")
_WIDGETS = frozenset({"widget", "menu", "separator", "language"})
CLOCK = re.compile(r"\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?(?:\s?(?:am|pm|gmt|utc|tu))?\Z")


class Page:
    """The rows of one page and the rule that condemned each, if any."""

    def __init__(self, text: str, rows: tuple[Row, ...], credits: Sequence[Credit], lang: str | None = None) -> None:
        self.text = text
        self.lang = lang
        self.rows = rows
        self.why: list[str | None] = [None] * len(rows)
        self.heads: dict[int, bool] = {}
        self.closing: dict[int, bool] = {}
        kinds = {c.span: c for c in credits if c.kind != "dateline"}
        self.credit = [kinds.get(row.span) for row in rows]

    def free(self, i: int) -> bool:
        """Tell whether nothing is known of row `i` yet."""
        return self.why[i] is None and self.credit[i] is None

    def top(self) -> int:
        """Return the first row of the article's prose."""
        return article_start(self.rows, self.why)

    def bottom(self) -> int:
        """Return the last row of the article's prose, or -1; the items of a list that it announces belong to it."""
        last = article_end(self.rows, self.why, [self.closing.get(i, False) for i in range(len(self.rows))])
        if last >= 0 and self.rows[last].words.endswith(":"):
            while last + 1 < len(self.rows) and LIST_ITEM.match(self.rows[last + 1].words):
                last += 1
        return last

    def by_place(self) -> None:
        """Condemn menus, paths and widgets before the article's first paragraph and past its last."""
        top, bottom = self.top(), self.bottom()
        for i, row in enumerate(self.rows):
            if not self.free(i) or top <= i <= bottom:
                continue
            self.why[i] = self._outside(row)
            low = (
                i < top and self.why[i] is None and len(row.words) >= 5 and row.words.isalpha() and row.words.islower()
            )
            wrapped = i > 0 and self.free(i - 1) and "\n\n" not in self.text[self.rows[i - 1].span.end : row.span.start]
            if low and not wrapped:
                self.why[i] = "widget"
        for i in range(1, len(self.rows) - 1):
            if self.why[i] is not None or top <= i <= bottom or len(self.rows[i].words) > 34:
                continue
            dated = self.credit[i] is not None and any(self.free(j) and like_title(self.rows[j]) for j in range(i))
            if dated or len(self.rows[i].words.split()) > 5:
                continue
            if self.why[i - 1] in _WIDGETS and self.why[i + 1] in _WIDGETS:
                self.why[i] = "widget"
                self.credit[i] = None
        if self.lang in LANGUAGES:
            self._other_tongue(self.lang, top, bottom)
        for i in range(min(top, len(self.rows) - 1)):
            if self.free(i) and self.why[i + 1] is not None and _SITE_ROW.match(self.rows[i].words):
                self.why[i] = "site name"
        self._ticker(top)
        self._numbered_over_title(min(top, len(self.rows)))
        self._trail_run_on(min(top, len(self.rows)))
        self._over_title_twice(min(top, len(self.rows)))
        self._runs(min(top, len(self.rows)))
        self._among_menus(min(top, len(self.rows)))
        self._above_title(min(top, len(self.rows)))
        self._days_above_title(min(top, len(self.rows)))

    def _ticker(self, top: int) -> None:
        """Condemn news headlines with their hours above the article, two at least."""
        if top < len(self.rows):
            told = [i for i in range(top) if self.free(i) and _TOLD_AT.match(self.rows[i].words)]
            for i in told if len(told) >= 2 else ():
                self.why[i] = "widget"
        marks = [i for i in range(min(len(self.rows), _TICKER)) if _TICK.fullmatch(self.rows[i].words)]
        run = [
            i for i, after in zip(marks, [*marks[1:], marks[-1] + 2] if marks else [], strict=True) if after == i + 2
        ]
        below = range(run[-1] + 2, len(self.rows)) if len(run) >= 3 and run[0] <= 2 else range(0)
        if any(self.rows[i].prose for i in below):
            for i in range(run[0], run[-1] + 2):
                self.why[i] = self.why[i] or "widget"
                self.credit[i] = None

    def _numbered_over_title(self, top: int) -> None:
        """Condemn numbered headlines, four at least, that open a page above the title of its article."""
        end = next((i for i, row in enumerate(self.rows) if not _NUMBERED.fullmatch(row.words)), len(self.rows))
        if 4 <= end < top < len(self.rows) and like_title(self.rows[end]):
            self.why[:end] = ["lists"] * end

    def _trail_run_on(self, top: int) -> None:
        """Condemn the site's path written without marks above the title that it ends in: « Accueil Monde Title »."""
        for i in range(top):
            key = self.rows[i].key
            if self.free(i) and key.startswith(("accueil ", "home ")):
                below = self.rows[i + 1 : i + 13]
                if any(len(r.key) >= 25 and key.endswith(r.key) and r.key != key for r in below):
                    self.why[i] = "menu"

    def _over_title_twice(self, top: int) -> None:
        """Condemn the site's name above a title that is said again above the article, and nothing longer."""
        for i in range(1, min(top, 4)):
            twice = like_title(self.rows[i]) and any(r.key == self.rows[i].key for r in self.rows[i + 1 : top])
            if twice and all(self.why[j] is not None or (self.free(j) and _like_site(self.rows[j])) for j in range(i)):
                self.why[:i] = [why or "site name" for why in self.why[:i]]
                return

    def _other_tongue(self, lang: str, top: int, bottom: int) -> None:
        """Condemn the short rows in another language around the article: the notices of a site's machinery."""
        for i, row in enumerate(self.rows):
            if not self.free(i) or row.prose or len(row.words) > 160 or "«" in row.words or row.words[0] in "[(":
                continue
            if not other_tongue(row.words, lang):
                continue
            titled = any(self.free(j) and like_title(self.rows[j]) for j in range(i))
            if i > bottom or (i < top and titled):
                self.why[i] = "language"

    def _outside(self, row: Row) -> str | None:
        words = row.words
        if not any(c.isalnum() for c in words):
            return "separator"
        if _WEATHER.match(words) or CLOCK.match(words) or _TOWN_CLOCK.match(words) or row.key in ("gmt", "utc"):
            return "widget"
        if len(words) <= 220 and not row.stopped and "«" not in words and _PATH.match(words):
            return "menu"
        if (not row.stopped and is_section(words)) or _SECTION.match(words):
            return "menu"
        if _PAGER.match(words) or (len(words) <= 220 and not row.stopped and is_slashed(words)):
            return "menu"
        parts = [p for p in re.split(r"\s*[|•·]\s*", words) if p]
        if (
            len(parts) >= 2
            and all(len(p) <= 20 for p in parts)
            and "|" in words
            and not any(c.isdigit() for c in words)
        ):
            return "menu"
        spaced = re.split(r"\s{2,}|\t", words)
        if len(spaced) >= 4 and all(len(p) <= 22 for p in spaced) and not any(c.isdigit() for c in words):
            return "menu"
        if len(spaced) >= 5 and max(map(len, spaced)) <= 50 and len(words) <= 30 * len(spaced) and not row.stopped:
            return "menu"
        return "menu" if is_menu(row.key, words) else None

    def _runs(self, top: int) -> None:
        """Condemn runs of short rows above the article in which the names of sections abound."""
        start = 0
        for i in range(top + 1):
            row = self.rows[i] if i < top else None
            short = (
                row is not None
                and len(row.words) <= 36
                and len(row.words.split()) <= 4
                and not row.stopped
                and self.credit[i] is None
                and not self._over_date(i, top)
            )
            if short:
                continue
            run = range(start, i)
            known = sum(self.why[j] is not None for j in run)
            if (len(run) >= 5 and known >= 0.4 * len(run)) or (len(run) >= 12 and known >= 0.15 * len(run)):
                for j in run:
                    self.why[j] = self.why[j] or "menu"
            start = i + 1

    def _over_date(self, i: int, top: int) -> bool:
        """Tell whether row `i` stands over the day of publication, as a short title may."""
        over = self.credit[i + 1] if i + 1 < top else None
        return over is not None and over.date is not None and len(self.rows[i].words.split()) >= 3

    def _among_menus(self, top: int) -> None:
        """Condemn the short rows that menus surround above the article, and longer ones with a title further down."""
        title = next((i for i in range(top - 1, -1, -1) if self.free(i) and like_title(self.rows[i])), -1)
        for i in range(top):
            row = self.rows[i]
            if self.why[i] is not None or row.stopped or len(row.words) > 90 or days_in(row):
                continue
            before, after = menus_around(self.why, i, top)
            short = len(row.words) <= 36 and len(row.words.split()) <= 5
            if self._over_date(i, top):
                continue
            close = sum(why is not None for why in self.why[i + 1 : i + 4]) >= 2
            if (short and after >= 2 and before + after >= 4) or (after >= 4 and close and i < title):
                self.why[i] = "menu"
                self.credit[i] = None

    def _days_above_title(self, top: int) -> None:
        """Condemn the day of the visit, above the title and beside a widget, when the article has its own."""
        dated = [i for i in range(top) if (c := self.credit[i]) is not None and c.kind == "date" and c.date is not None]
        for i in dated:
            titled = next((j for j in range(i + 1, top) if self.free(j) and like_title(self.rows[j])), top)
            beside = i == 0 or self.why[i - 1] is not None or self.why[i + 1 : i + 2] not in ([], [None])
            alone = i == 0 and titled > 1 and self.why[1] is not None and _DAY_ALONE.fullmatch(self.rows[0].key)
            if ((dated[-1] > titled and beside) or alone) and self.why[i] is None:
                self.why[i] = "widget"
                self.credit[i] = None

    def _above_title(self, top: int) -> None:
        """Condemn, on a page copied whole, all that stands above the last block of menus before the article's title."""
        menus = [why in ("menu", "footer") for why in self.why[:top]]
        last = max((i for i in range(4, top) if menus[i] and sum(menus[i - 4 : i + 1]) >= 3), default=-1)
        below = range(last + 1, min(top + 1, len(self.rows)))
        if last < _HEAVY or not any(self.free(i) and like_title(self.rows[i]) for i in below):
            return
        if sum(self.why[i] is not None for i in range(last)) < 0.4 * last:
            return
        for i in range(last):
            self.why[i] = self.why[i] or "menu"
            self.credit[i] = None


def _like_site(row: Row) -> bool:
    """Tell whether a row may be a site's name: a few words, or some with the site's address among them."""
    return len(row.words) <= 30 or (len(row.words) <= 60 and _SITE_WORD.search(row.words) is not None)


def like_title(row: Row) -> bool:
    """Tell whether a row could be the article's title: five words at least, and no stop but a question's."""
    return len(row.words) >= 30 and len(row.words.split()) >= 5 and row.words[-1] not in ".;:,"
