"""Pages that open with comments are told from plain text in time, however many there are."""

from __future__ import annotations

import time

from palabre.model.documents import Metadata
from palabre.sources.html import is_page
from palabre.sources.manifest import Manifest, ManifestRow


def test_comments_before_a_page() -> None:
    assert is_page(b"<!-- a --> <!-- b -->\n<!DOCTYPE html><p>")
    assert is_page(b"<?xml version='1.0'?><!-- a --><html>")
    assert not is_page(b"<!-- never closed <html>")


def test_many_comments_take_no_time() -> None:
    start = time.process_time()
    assert not is_page(b"<!-- -->" * 500 + b"text")
    assert time.process_time() - start < 5


def test_rows_of_a_long_manifest_are_found_at_once() -> None:
    rows = tuple(ManifestRow(n + 2, f"t{n}.txt", Metadata(title=f"T{n}")) for n in range(3000))
    manifest = Manifest("textes/meta.csv", rows)
    start = time.process_time()
    for n in range(0, 3000, 3):
        row = manifest.row_for(f"textes/t{n}.txt")
        assert row is not None
        assert row.meta.title == f"T{n}"
    assert time.process_time() - start < 15
