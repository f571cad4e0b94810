"""The report of an opened dossier, as the command line writes it and the workbench gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.export.report_html import build_report, write_report

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from palabre.app.dossiers import Opened
    from palabre.lang.interface import Words
    from palabre.model.documents import ReadDocument


def html_of(view: Opened, as_of: dt.date, words: Words, reads: Sequence[ReadDocument] = ()) -> str:
    """Return the report of an opened dossier as one HTML document; `reads` tell which sectors the texts name."""
    report = build_report(
        view.dossier, view.documents, view.register, as_of, words, reads=reads, judgements=view.judgements
    )
    return write_report(report, words)
