"""Marks what stands on the page and is not the article: share bars, menus, comments, adverts, other headlines.

Each rule has a name, which the annotation carries. Rules read the shape of a row (short, no full stop), its place
(before the title, past the last paragraph), the words of `clutter.toml` and what is said twice. Within the article
only a row's own words condemn it. Bylines, sources, datelines and dates of publication are no clutter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from palabre.model.annotations import Boilerplate
from palabre.model.spans import Span
from palabre.text.body import LIST_ITEM
from palabre.text.clutter_words import Family, by_words, is_heading
from palabre.text.credit_words import credit_words
from palabre.text.credits import HEAD
from palabre.text.folding import folded
from palabre.text.glued import glued, led, link_cues
from palabre.text.inserts import inserts
from palabre.text.layout import BROKEN_OFF, Row, teasers_from
from palabre.text.mastheads import days_in
from palabre.text.menus import is_section_name
from palabre.text.name_shapes import person
from palabre.text.page_head import CLOCK, Page, like_title
from palabre.text.row_shapes import by_shape
from palabre.text.wrappers import wrappers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.text.credits import Credit

_SEGMENTS = re.compile(r"\s*[|•·>›]\s*|\s{2,}|\t")
_JOINED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
"""Where two rows were glued together: « ÉconomieArticle original »."""
_STAMP = re.compile(
    r"\b\d{1,2}(?:er)?[\s./-][^\W_]{2,10}\.?(?:[\s./-]\d{2,4})?\b.{0,6}\d{1,2}\s?[h:]\s?\d{2}|\bil y a \d+ ", re.I
)
_SIGN = re.compile(r"[.!?…»”\"]\s*(?:[-–—]{1,2}|/)\s?(?:[A-ZÀ-Ý]{2,6}|[A-Z][a-zé]{3,9})\s?[./]*\Z")
"""An agency's sign at the end of its report: « … en 2022. –VNA »."""
_AGENCY = re.compile(r"[(–—/-]{0,2}\s?[A-ZÀ-Ý]{2,6}(?:[ /-][A-Za-z]{2,8})?\)?\.?")
_ARROW = re.compile(r"[►▸➤➜➡☞⇒→»]\ufe0f?\s?[^\W\d_].{14,160}\Z")
_CAPTION = 60
"""Code points of the shortest row that is taken for a caption when it says again what stands beside it."""
_TOLD_BELOW = ("source", "byline", "date")
_OURS = frozenset({"la", "le", "les", "notre", "nos", "votre", "vos"})
_NOTE = re.compile(r"[\[(]\d{1,2}[\])]")
_LOW_TAG = re.compile(r"[^\W\d_A-ZÀ-Ý][^\W\d_]{2,20}(?:[ '’-][^\W\d_]{1,20}){0,2}")
_TWICE = 25
"""Code points of the shortest row that is taken for said again under itself."""
_SALES = frozenset({"paywall", "newsletter"})


def is_clutter(words: str) -> bool:
    """Tell whether a short row, or a part of one, is clutter by its own words."""
    return by_words(folded(words), len(words)) is not None


def is_heading_of_links(words: str) -> bool:
    """Tell whether a short row announces links by its own words (« Sur le même sujet »)."""
    family = by_words(folded(words), len(words)) if len(words) <= 60 else None
    return family is not None and family.heads


class _Page(Page):
    """A page with the rules on its rows' words and on what follows its article."""

    def by_words(self) -> None:
        """Condemn the rows whose own words or shape tell what they are."""
        for i, row in enumerate(self.rows):
            if not row.key or self.why[i] is not None or (self.credit[i] is not None and not self._false_masthead(i)):
                continue
            if row.prose and led(row.words):
                continue  # the clutter is glued to the article's own words
            family = by_words(row.key, len(row.words), prose=row.prose) or self._by_segments(row)
            heads_part = family is not None and i > 0 and is_heading(row.key) and self._before_paragraph(i)
            if (
                family is not None
                and not heads_part
                and not (row.prose and family.name in ("footer", "tags", "counter"))
            ):
                self.why[i] = family.name
                self.closing[i] = family.closing
                rest = row.key.split(":", 1)
                self.heads[i] = family.heads and (len(rest) == 1 or not rest[1].strip()) and len(row.words) <= 60
                continue
            self.why[i] = by_shape(row)

    def wrapped(self) -> frozenset[int]:
        """Condemn what a press database writes around the article; return the rows to keep whatever their place."""
        gone, kept = wrappers(self.rows)
        for i in gone:
            self.why[i] = "database"
            self.credit[i] = None
        return kept

    def _false_masthead(self, i: int) -> bool:
        """Tell whether row `i`, taken for an outlet's name at the top of the page, is a bar of links."""
        credit, row = self.credit[i], self.rows[i]
        if i > 2 or credit is None or credit.kind != "source" or by_words(row.key, len(row.words)) is None:
            return False
        self.credit[i] = None
        return True

    def _before_paragraph(self, i: int) -> bool:
        """Tell whether row `i` stands between two rows of prose: it heads a part of the article."""
        before = next((r for r in reversed(self.rows[:i]) if r.prose or r.stopped or len(r.words) > 80), None)
        after = self.rows[i + 1] if i + 1 < len(self.rows) else None
        return before is not None and after is not None and after.prose and after.stopped

    def _by_segments(self, row: Row) -> Family | None:
        if row.prose:
            return None
        parts = [p for p in _SEGMENTS.split(row.words) if p]
        if len(parts) < 2:
            joined = _JOINED.split(row.words) if len(row.words) <= 80 else []
            known = [(by_words(folded(p), len(p)), is_section_name(p)) for p in joined]
            if len(joined) < 2 or not all(family or section for family, section in known):
                return None
            return next((family for family, _ in known if family), None)
        found = [family for family in (by_words(folded(p), len(p)) for p in parts) if family is not None]
        # « A title that is long | 0 comments » is more than its counter.
        told = max((len(p) for p in parts if by_words(folded(p), len(p)) is None), default=0)
        return found[0] if 2 * len(found) >= len(parts) and told <= 60 else None

    def lists(self) -> None:
        """Condemn what a heading such as « Lire aussi » announces, and what follows the article's end."""
        top, bottom = self.top(), self.bottom()
        total = sum(len(row.words) for row in self.rows) or 1
        prose = [len(r.words) if r.prose and why is None else 0 for r, why in zip(self.rows, self.why, strict=True)]
        whole, seen, before = sum(prose), 0, 0
        for i, row in enumerate(self.rows):
            seen, before = seen + len(row.words), before + prose[i]
            # What follows is no part of the article when it holds less than half of the prose before, or teasers only.
            if not self.closing.get(i) and not self.heads.get(i):
                continue
            little = before > 0 and before >= 2 * (whole - before)
            over = self.closing.get(i) and i > top and ((seen >= 0.4 * total and little) or self._teasers_only(i))
            if over:
                for j in range(i + 1, len(self.rows)):
                    self.why[j] = self.why[j] or self.why[i]
                break
            if self.heads.get(i) and top < i < bottom:
                self._announced(i, 12 if self.closing.get(i) else 4, shortest=0 if self.closing.get(i) else 25)
        self._thread(top)
        self._arrows(top)
        self._low_tags()
        self._durations()
        self._after_sign(top)
        self._tail()

    def _teasers_only(self, i: int) -> bool:
        """Tell whether nothing stands below row `i` but headlines and their paragraphs, two at least or broken off."""
        below, headed, broken = 0, True, True
        for j in range(i + 1, len(self.rows)):
            if not self.rows[j].prose or self.why[j] is not None:
                continue
            below += 1
            headed = headed and self._headline(self.rows[j - 1]) and not self.rows[j - 1].prose
            broken = broken and BROKEN_OFF.search(self.rows[j].words) is not None
            if not headed and not broken:
                # Told at once, for every heading of a page asks.
                return False
        return below > 0 and (broken or below >= 2)

    def _thread(self, top: int) -> None:
        """Condemn a thread of comments, however long: what follows the heading of one and is dated again and again."""
        stamps, first = 0, None
        for i in range(len(self.rows) - 1, top, -1):
            if self.why[i] == "comments" and self.closing.get(i) and stamps >= max(3, 0.05 * (len(self.rows) - i)):
                first = i
            stamps += len(self.rows[i].words) <= 160 and _STAMP.search(self.rows[i].words) is not None
        if first is not None:
            for j in range(first, len(self.rows)):
                self.why[j] = self.why[j] or "comments"

    def _after_sign(self, top: int) -> None:
        """Condemn another article, or its first words broken off, below the only agency's sign of the page."""
        signed = [i for i, row in enumerate(self.rows) if row.prose and _SIGN.search(row.words)]
        alone = [i for i in range(top + 1, len(self.rows)) if self._agency_row(i)]
        if len(signed) == 1 and top <= signed[0] and signed[0] + 2 < len(self.rows):
            i = signed[0]
            if self.free(i + 1) and like_title(self.rows[i + 1]) and self.rows[i + 2].prose:
                for j in range(i + 1, len(self.rows)):
                    self.why[j] = self.why[j] or "another article"
                return
        ends = signed if len(signed) == 1 else alone if len(alone) == 1 and not signed else []
        rest = range(ends[0] + 1, len(self.rows)) if ends and ends[0] >= top else range(0)
        if 0 < len(rest) <= 4 and all(self.rows[j].words.endswith(("...", "…", "[…]", "[...]")) for j in rest):
            for j in rest:
                self.why[j] = self.why[j] or "teasers"

    def _agency_row(self, i: int) -> bool:
        """Tell whether row `i` is an agency's name alone, under a paragraph."""
        return self.rows[i - 1].prose and _AGENCY.fullmatch(self.rows[i].words) is not None

    def _announced(self, i: int, most: int, shortest: int) -> None:
        """Condemn the headlines, `most` at the most, that row `i` announces; the first may be shorter than others."""
        for j in range(i + 1, min(i + 1 + most, len(self.rows))):
            row = self.rows[j]
            if j > i + 1 and self.why[j] is not None and self.why[j] != self.why[i]:
                return
            if j > i + 1 and len(row.words) < shortest:
                return
            if row.prose or row.stopped or len(row.words) > 180 or self.credit[j] is not None:
                return
            if j > i + 1 and j + 1 < len(self.rows) and self.rows[j + 1].prose:
                return  # rather the heading of what comes next
            self.why[j] = self.why[j] or self.why[i]

    def _arrows(self, top: int) -> None:
        """Condemn an arrow or a cue and a headline past the first paragraph; three in a row are a list."""
        for i in range(top + 1, len(self.rows)):
            row = self.rows[i]
            if not self.free(i) or row.stopped or row.prose or self.rows[i - 1].words.endswith(":"):
                continue
            run = sum(_ARROW.match(r.words) is not None for r in self.rows[max(0, i - 2) : i + 3])
            if (_ARROW.match(row.words) and run <= 2) or link_cues().fullmatch(row.key):
                self.why[i] = "related"

    def _low_tags(self) -> None:
        """Condemn the names of subjects that stand by themselves without a capital, three in a row at least."""
        run: list[int] = []
        for i in range(len(self.rows) + 1):
            row = self.rows[i] if i < len(self.rows) else None
            apart = row is not None and i > 0 and "\n\n" in self.text[self.rows[i - 1].span.end : row.span.start]
            if row is not None and apart and self.credit[i] is None and _LOW_TAG.fullmatch(row.words):
                run.append(i)
                continue
            for j in run if len(run) >= 3 else ():
                self.why[j] = self.why[j] or "tags"
            run = []

    def _durations(self) -> None:
        """Condemn lists of videos: a length in minutes, then a headline; and of links: a number, then one."""
        bottom = self.bottom()
        for i in range(max(bottom + 1, 0), len(self.rows)):
            lasts = CLOCK.match(self.rows[i].words) and ":" in self.rows[i].words
            if lasts or _NOTE.fullmatch(self.rows[i].words):
                self.why[i] = "videos" if lasts else "related"
                if i + 1 < len(self.rows) and not self.rows[i + 1].prose:
                    self.why[i + 1] = self.why[i]
                    self.credit[i + 1] = None

    def repeats(self) -> None:
        """Condemn rows that say again what stands nearby: captions, often carried twice, and the row glued to one."""
        top = min(self.top(), len(self.rows))
        above = {row.key: i for i, row in enumerate(self.rows[:top]) if len(row.words) >= 12}
        bottom = self.bottom()
        kept = 0
        for i in range(1, len(self.rows)):
            row, last = self.rows[i], self.rows[i - 1]
            kept = i - 1 if self.why[i - 1] is None else kept
            if not self.free(i):
                continue
            near = kept == i - 1 or not row.prose
            if near and len(row.key) >= _TWICE and row.key == self.rows[kept].key and self.why[kept] is None:
                self.why[i] = "repeated"
                continue
            if i > bottom >= 0 and row.key in above:
                self.why[i] = "repeated"
                first = above[row.key]
                if self.free(first) and any(self.free(j) and like_title(self.rows[j]) for j in range(first + 1, top)):
                    self.why[first] = "repeated"
                continue
            if not row.stopped and len(row.key) >= _CAPTION and bottom > i:
                before = folded(last.words) if last.prose and self.why[i - 1] is None else ""
                glued = self.why[i - 1] == "repeated" and "\n\n" not in self.text[last.span.end : row.span.start]
                if glued or _without_article(row.key) in before:
                    self.why[i] = "repeated"

    def _tail(self) -> None:
        """Condemn the rest of the page after the first clutter past the last paragraph, and headlines left there."""
        bottom = self.bottom()
        if bottom < 0:
            return
        first = next((i for i in range(bottom + 1, len(self.rows)) if self._ends_article(i)), None)
        if first is not None and self.why[first] in _SALES and first - 1 > bottom and self._slogan(first - 1):
            first -= 1
        if first is not None:
            first = self._tags_before(first, bottom)
            for i in range(first, len(self.rows)):
                credit = self.credit[i]
                if self.why[i] is None and not (
                    credit is not None
                    and credit.kind in (("source", "byline") if self.why[first] == "comments" else _TOLD_BELOW)
                    and i <= first + 5
                ):
                    self.why[i] = "tail"
        announced = self.rows[bottom].words.endswith(":")
        rest = [i for i in range(bottom + 1, len(self.rows) if first is None else first) if self.free(i)]
        if rest and person(self.rows[rest[0]].words.split("(")[0].strip(), alone=False):
            rest = rest[1:]  # who signs the article
        headline = [i for i in rest if 15 <= len(self.rows[i].words) <= 180 and self._headline(self.rows[i])]
        if len(headline) >= (3 if first is None else 2) and len(headline) == len(rest) and not announced:
            for i in rest:
                self.why[i] = "headlines"

    def _tags_before(self, first: int, bottom: int) -> int:
        """Return the first of the names of subjects, three at least, that stand between the article and row `first`."""
        start = first
        while start - 1 > bottom and self.free(start - 1) and _like_tag(self.rows[start - 1]):
            start -= 1
        return start if first - start >= 3 else first

    def _slogan(self, i: int) -> bool:
        """Tell whether row `i` only leads to the offer below it: a short phrase in two parts, or a letter's name."""
        row, parts = self.rows[i], self.rows[i].key.split()
        signs = row.key.startswith(tuple(credit_words().desks))
        phrase = not row.stopped and "," in row.words and len(parts) <= 8
        return self.free(i) and (phrase or (2 <= len(parts) <= 4 and parts[0] in _OURS and not signs))

    def _ends_article(self, i: int) -> bool:
        """Tell whether row `i` is clutter with nothing of the article after it: adverts may be cut in."""
        after = self.rows[i + 1] if self.why[i] == "advert" and i + 1 < len(self.rows) and self.free(i + 1) else None
        goes_on = after is not None and after.stopped and len(after.words.split()) >= 8
        return self.why[i] not in (None, "separator", "language") and not goes_on

    @staticmethod
    def _headline(row: Row) -> bool:
        return (
            (not row.stopped or row.words.endswith(("?", "...", "…")))
            and row.words[-1] not in ";:,"
            and row.words[0].isupper()
            and not LIST_ITEM.match(row.words)
        )


def _like_tag(row: Row) -> bool:
    """Tell whether a row may be the name of a subject: three words at the most, no stop, no office."""
    words = row.key.split()
    return len(words) <= 3 and len(row.words) <= 30 and not row.stopped and not set(words) & set(credit_words().roles)


def menus_above(text: str, rows: tuple[Row, ...]) -> frozenset[Span]:
    """Return the rows of the menus above the article, where a page opens with many: no credit is looked for there."""
    if len(rows) < 2 * HEAD:
        return frozenset()
    page = _Page(text, rows, ())
    page.by_words()
    page.by_place()
    known = credit_words()
    labels = known.labels | set(known.by)
    above = range(min(page.top(), len(rows)))
    gone = (i for i in above if page.why[i] is not None and not days_in(rows[i]))
    return frozenset(rows[i].span for i in gone if rows[i].key.strip(" :") not in labels)


def clutter(
    text: str, rows: tuple[Row, ...], credits: Sequence[Credit], lang: str | None = None
) -> tuple[Boilerplate, ...]:
    """Return the clutter among the rows of a text, sorted, none overlapping. `credits` are left alone."""
    page = _Page(text, rows, credits, lang)
    page.by_words()
    kept = page.wrapped()
    page.why[teasers_from(rows) :] = ["teasers"] * (len(rows) - teasers_from(rows))
    page.by_place()
    page.lists()
    page.repeats()
    for i in kept:
        page.why[i] = None
    out = [Boilerplate(row.span, why) for row, why in zip(rows, page.why, strict=True) if why is not None]
    for row, why in zip(rows, page.why, strict=True):
        if why is None:
            found = inserts(text, row)
            out.extend(found)
            out.extend(b for b in glued(text, row) if not any(b.span.shared(f.span) for f in found))
    return tuple(sorted(out, key=lambda b: b.span))


def _without_article(key: str) -> str:
    """Return folded words without the first when it is short: a caption drops or adds an article."""
    first, _, rest = key.partition(" ")
    return rest if len(first) <= 5 else key
