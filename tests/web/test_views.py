"""What pages are made of: texts cut at marks, texts face to face. Any text and any marks are safe."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palabre.app.views.compare import aligned
from palabre.app.views.document import PART, Note, parts_of, segments
from palabre.model.documents import Document, Metadata
from palabre.model.spans import Span

TEXTS = st.text(st.sampled_from("ab \n«»\u202fé\x00\U0001f600"), max_size=60)


def note(number: int, start: int, end: int, layer: str = "dates") -> Note:
    return Note(number, layer, Span(start, end), None, "")


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_segments_hold_the_whole_text_once(text: str, marks: list[tuple[int, int]]) -> None:
    layers = ("dates", "quotes", "actors")
    notes = [
        note(n, min(a, b, len(text)), min(max(a, b), len(text)), layers[n % 3]) for n, (a, b) in enumerate(marks, 1)
    ]
    lines = list(segments(text, Span(0, len(text)), notes))
    assert ["".join(s.text for s in line) for line in lines] == [line for line in text.split("\n") if line.strip()]
    for line in lines:
        for segment in line:
            assert segment.text
            assert len(segment.layers) == len({n.layer for n in notes if n.number in segment.notes})


def test_overlapping_marks_each_keep_their_words() -> None:
    text = "Le 3 avril, la Russie a promis dix navires."
    notes = [note(1, 3, 10), note(2, 0, 30, "commitments"), note(3, 12, 43, "quotes")]
    (line,) = segments(text, Span(0, len(text)), notes)
    assert "".join(s.text for s in line) == text
    for n in notes:
        assert "".join(s.text for s in line if n.number in s.notes) == n.span.text(text)
    assert [s.begins for s in line if s.begins is not None] == [0, 3, 12]


@given(st.integers(0, 5), st.integers(1, 3000))
def test_parts_hold_the_whole_text_once(whole: int, line: int) -> None:
    text = ("x" * (line - 1) + "\n") * (whole * PART // line)
    parts = parts_of(text)
    assert "".join(p.text(text) for p in parts) == text
    assert all(len(p) <= PART + 2000 for p in parts)


def document(text: str) -> Document:
    return Document("d-" + "a" * 10, "t", "t.txt", text, "text/plain", Metadata())


@given(
    st.text(st.sampled_from("abcdefgh \n.é«"), max_size=300), st.text(st.sampled_from("abcdefgh \n.é«"), max_size=300)
)
def test_two_texts_face_to_face_are_whole(left: str, right: str) -> None:
    found = aligned(document(left), document(right))
    assert "".join(p.text for r in found.rows for p in r.left).split() == left.split()
    assert "".join(p.text for r in found.rows for p in r.right).split() == right.split()


def test_shared_passages_stand_face_to_face() -> None:
    shared = "Les ministres se sont retrouvés mardi dans la capitale pour parler du barrage promis l'an dernier."
    moved = "La route du nord sera ouverte avant la saison des pluies, a dit le préfet aux habitants."
    found = aligned(document(f"Avant. {shared} Au milieu.\n{moved}"), document(f"{moved}\nAutre chose. {shared} Fin."))
    same = [r for r in found.rows if r.shared]
    assert [(r.left[0].text, r.right[0].text) for r in same] in ([(shared, shared)], [(moved, moved)])
    assert found.passages == 2
    inside = [p for r in found.rows if not r.shared for p in (*r.left, *r.right) if p.shared]
    assert len(inside) == 2
