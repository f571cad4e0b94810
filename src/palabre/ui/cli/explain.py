"""`palabre explain FILE --at OFFSET`: what was understood of one sentence, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from palabre.errors import InputError
from palabre.extract.commitments import left_out
from palabre.model.mentions import KINDS
from palabre.ui.cli.annotate import Manifest, Published
from palabre.ui.cli.session import Session
from palabre.ui.cli.tables import one_line, table

if TYPE_CHECKING:
    from palabre.app.reading import Opening, Reader
    from palabre.model.annotations import Annotations
    from palabre.text.reading import Reading, Sentence


def explain(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="help.file", show_default=False)],
    at: Annotated[int, typer.Option("--at", min=0, help="help.at")] = 0,
    published: Published = None,
    manifest: Manifest = None,
) -> None:
    """Show the words, the tree, and everything found in the sentence at an offset, with the cue of each."""
    session: Session = context.obj
    reader = session.reader(published, manifest)
    for item in reader.open([file]):
        if isinstance(item, InputError):
            raise item
        _explain(session, reader, item, at)


def _explain(session: Session, reader: Reader, item: Opening, at: int) -> None:
    words = session.words
    found, reading = reader.understood(item)
    clutter = next((b for b in found.boilerplate if b.span.start <= at < b.span.end), None)
    if clutter is not None:
        session.say(words("explain.outside", why=clutter.why))
        return
    sentence = reading.sentence_at(at)
    if sentence is None:
        session.say(words("explain.nothing", at=at, length=len(reading.text)))
        return
    tree = reading.parses.get(sentence.index)
    head = Text(words("explain.sentence", start=sentence.span.start, end=sentence.span.end), style="bold")
    session.out.print(head.append(f" ({words('explain.parsed' if tree else 'explain.unparsed')})", style="not bold"))
    session.say(one_line(reading.words(sentence.span)))
    _tokens(session, reading, sentence)
    _findings(session, reading, found, sentence)


def _tokens(session: Session, reading: Reading, sentence: Sentence) -> None:
    tree = reading.parses.get(sentence.index)
    session.out.print(Text(session.words("explain.tokens"), style="bold"))
    if tree is None:
        session.say("  " + " | ".join(t.norm for t in sentence.tokens))
        return
    rows = table(session.words, ("start", "word", "lemma", "pos", "dep", "head", "morph"))
    for token in tree.tokens:
        head = tree.tokens[token.head].text if token.head < len(tree.tokens) else ""
        rows.add_row(str(token.start), token.text, token.lemma, token.pos, token.dep, head, token.morph)
    session.out.print(rows)


def _findings(session: Session, reading: Reading, found: Annotations, sentence: Sentence) -> None:
    words = session.words
    session.out.print(Text(words("explain.found"), style="bold"))
    nothing = True
    for field, _ in KINDS:
        for item in getattr(found, field):
            if not item.span.touches(sentence.span):
                continue
            nothing = False
            line = Text(f"  {words.label('finding', field)}  ")
            line.append(one_line(reading.words(item.span)), style="bold")
            session.out.print(line)
            for name in item.__dataclass_fields__:
                value = getattr(item, name)
                if name in ("span", "cue") or value in (None, (), "", False):
                    continue
                session.say(f"      {name}{words('report.colon')}{_plain(value)}")
            cue = getattr(item, "cue", None)
            if cue is not None:
                session.say("      " + words("explain.cue", cue=one_line(reading.words(cue))))
    if nothing:
        session.say("  " + words("explain.none"))
    # What one reading left out another may have found: then it was not left out.
    kept = [c.span for c in found.commitments]
    here = [item for item in left_out(reading, found) if item.cue.touches(sentence.span)]
    left = [item for item in here if not any(span.contains(item.cue) for span in kept)]
    if left:
        session.out.print(Text(words("explain.left"), style="bold"))
    for item in left:
        why = words("explain.because", rule=item.rule, why=words.label("left", item.why))
        session.out.print(Text("  ").append(one_line(reading.words(item.cue)), style="bold").append(f"  {why}"))


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:.2f}" if isinstance(value, float) else str(value)
