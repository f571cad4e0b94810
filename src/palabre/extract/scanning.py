"""Finds names of states, capitals, demonyms and known bodies in each sentence. It resolves nothing across sentences.

A `Line` is a sentence with the pieces found in it; later steps (offices, people, descriptions) add theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.extract.gazetteer import Gazetteer, Known, gazetteer, given_names
from palabre.lang.pack import table
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold, is_upper
from palabre.text.reading import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from palabre.text.reading import Reading, Sentence


@dataclass(eq=False)
class Piece:
    """What was found at tokens `[start, end)` of a line. `name` is as written; `known` false for a guess of ours.

    `place` marks a name that says where, not who. `office` is the class of an office, `plural` its number.
    """

    start: int
    end: int
    form: MentionForm
    ids: tuple[str, ...]
    kind: ActorKind
    name: str
    candidates: tuple[str, ...] = ()
    place: bool = False
    office: str = ""
    plural: bool = False
    known: bool = True
    inside: bool = False
    """True for a name that is part of an office (« ministre de la Russie »)."""
    elsewhere: bool = False
    """True for a compound or an adjective, which counts less than a name."""
    person: str = ""


@dataclass(eq=False)
class Line:
    """A sentence with its pieces, kept in order of their start and never overlapping (but for names inside offices)."""

    sentence: Sentence
    text: str
    pieces: list[Piece] = field(default_factory=list)
    owner: dict[int, Piece] = field(default_factory=dict)
    tokens: tuple[Token, ...] = field(init=False)
    _norms: list[str] = field(init=False)
    _upper: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        # Every step asks for these of every token, many times.
        self.tokens = self.sentence.tokens
        self._norms = [t.norm for t in self.tokens]
        self._upper = [is_upper(self.text, t) for t in self.tokens]

    def add(self, piece: Piece) -> Piece:
        """Record a piece and the tokens it holds."""
        self.pieces.append(piece)
        for i in range(piece.start, piece.end):
            self.owner[i] = piece
        return piece

    def drop(self, piece: Piece) -> None:
        """Take a piece back."""
        self.pieces.remove(piece)
        for i in range(piece.start, piece.end):
            if self.owner.get(i) is piece:
                del self.owner[i]

    def norm(self, i: int) -> str:
        """Return the token's norm, or an empty string outside the sentence."""
        return self._norms[i] if 0 <= i < len(self._norms) else ""

    def upper(self, i: int) -> bool:
        """Tell whether token `i` is a word with a capital."""
        return 0 <= i < len(self._upper) and self._upper[i]

    def written(self, start: int, end: int) -> str:
        """Return the words of tokens `[start, end)`."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def span(self, piece: Piece) -> Span:
        """Return a piece's span in the document."""
        return Span(self.tokens[piece.start].start, self.tokens[piece.end - 1].end)


@dataclass(frozen=True)
class Lexicon:
    """A language's small words, ready for lookup."""

    openers: frozenset[str]
    prepositions: frozenset[str]
    place_heads: frozenset[str]
    articles: frozenset[str]
    determiners: frozenset[str]
    not_bodies: frozenset[str]
    land: frozenset[str]
    where: frozenset[str]
    where_heads: frozenset[str]
    visits: frozenset[str]
    held: frozenset[str]
    adverbs: tuple[str, ...]
    """Endings of the adverbs that open a sentence."""
    waters: frozenset[str]
    basins: frozenset[str]
    """These, and « de » after them, before a state's name: no state."""
    currencies: frozenset[str]
    branches: frozenset[str]
    """Words in capitals that a body's name may go on with: « Oxfam International »."""
    agencies: frozenset[str]
    """Press agencies, folded."""
    press_heads: frozenset[str]
    press_of: frozenset[str]
    """What a press agency's name opens with, and what such a name holds: folded."""
    national: frozenset[str]
    """Nouns that with a nationality after them are the state acting: « ministère malien »."""


@lru_cache(maxsize=8)
def lexicon(lang: str) -> Lexicon:
    """Return the small words of a language."""
    data = table(lang, "actors")
    return Lexicon(
        frozenset(data["openers"]["words"].split()),
        frozenset(data["place"]["prepositions"]),
        frozenset(fold(w) for w in data["place"]["heads"]),
        frozenset(data["descriptions"]["articles"]),
        frozenset(data["descriptions"]["determiners"]),
        frozenset(data["bodies"]["not_bodies"]),
        frozenset(data.get("region_not_state", {}).get("land", ())),
        frozenset(data["place"]["where"]),
        frozenset(fold(w) for w in data["place"]["where_heads"]),
        frozenset(data["place"]["visits"]),
        frozenset(data["place"]["held"]),
        tuple(data["openers"].get("adverbs", ())),
        frozenset(fold(w) for w in data["place"].get("waters", ())),
        frozenset(fold(w) for w in data["place"].get("basins", ())),
        frozenset(fold(w) for w in data["place"].get("currencies", ())),
        frozenset(fold(w) for w in data["bodies"].get("branches", ())),
        frozenset(fold(w) for w in data["people"].get("agencies", ())),
        frozenset(fold(w) for w in data["people"].get("press_heads", ())),
        frozenset(fold(w) for key in ("agencies", "press", "press_of") for w in data["people"].get(key, ())),
        frozenset(fold(w) for w in data.get("national", {}).get("organs", ())),
    )


def scan(reading: Reading, lang: str, learned: dict[str, str]) -> list[Line]:
    """Return the sentences with the known names in them; `learned` maps acronyms the text introduces to ids."""
    tables, words = gazetteer(lang), lexicon(lang)
    lines = []
    for sentence in reading.sentences:
        line = Line(sentence, reading.text)
        _scan_line(line, tables, words, learned)
        lines.append(line)
    return lines


def _scan_line(line: Line, tables: Gazetteer, words: Lexicon, learned: dict[str, str]) -> None:
    i, count = 0, len(line.tokens)
    while i < count:
        if not tables.may_name(line.tokens[i].norm) and not (learned and line.written(i, i + 1) in learned):
            i += 1
            continue
        written = line.written(i, i + 1)
        piece = (
            _learned(line, i, written, learned)
            or _known(line, i, tables, words)
            or _pair(line, i, tables)
            or _adjective(line, i, tables, words)
        )
        if piece is None:
            i += 1
            continue
        line.add(piece)
        i = piece.end


def _learned(line: Line, i: int, written: str, learned: dict[str, str]) -> Piece | None:
    if learned.get(written):
        return Piece(i, i + 1, MentionForm.NAME, (learned[written],), ActorKind.BODY, written)
    return None


def _known(line: Line, i: int, tables: Gazetteer, words: Lexicon) -> Piece | None:
    for end, known in tables.names.match(line.tokens, i):
        if not _fits(line, i, end, known, words):
            continue
        if known.kind is ActorKind.BODY and line.upper(end) and fold(line.norm(end)) in words.branches:
            return Piece(i, end + 1, MentionForm.NAME, known.ids[:1], known.kind, line.written(i, end + 1))
        if end == i + 1 and known.sort != "acronym" and _in_a_run(line, i, end, tables, words):
            return None
        if known.sort == "capital" and _surname(line, i):
            return None
        if known.kind is ActorKind.STATE and _no_state(line, i, words):
            return None
        if known.sort == "acronym" and fold(line.norm(i - 1)) in words.currencies:
            return None  # « 18 millions de dollars EU »
        form = MentionForm.CAPITAL if known.sort == "capital" else MentionForm.NAME
        ids = known.ids[:1]
        piece = Piece(i, end, form, ids, known.kind, line.written(i, end))
        if known.ambiguous:
            piece.candidates = known.ids
        if form is MentionForm.CAPITAL:
            piece.place = not _acts(line, piece, words)
        return piece
    return None


def _no_state(line: Line, i: int, words: Lexicon) -> bool:
    """Tell whether a state's name is that of a lake, a river or a sea (« le lac Tchad », « le golfe de Guinée »)."""
    before = fold(line.norm(i - 1))
    if before in words.waters:
        return True
    return before in ("de", "du", "d'", "of") and fold(line.norm(i - 2)) in words.basins


def _surname(line: Line, i: int) -> bool:
    """Tell whether a capital's name is somebody's after « de » (« Ada de Castries »): a given name stands before."""
    told = i > 1 and line.norm(i - 1) in ("de", "d'", "du") and line.upper(i - 2)
    return told and fold(line.norm(i - 2)) in given_names()


def _fits(line: Line, i: int, end: int, known: Known, words: Lexicon) -> bool:
    """Tell whether the capitals of the text, and the words before, suit the name."""
    written = line.written(i, end)
    if known.sort == "acronym":
        letters = [c for c in written if c.isalpha()]
        if len(letters) <= 3 and fold(written) in words.openers:
            return False
        if all(c.isupper() for c in letters):
            return True
        return written[0].isupper() and len(letters) >= 3 and (len(letters) > 3 or line.norm(i - 1) in words.articles)
    if known.guards:
        before = line.norm(i - 1)
        if not any(before == g or (line.norm(i - 2) + " " + before).endswith(g) for g in known.guards):
            return False
    if known.name[0].isupper() and not written[0].isupper():
        return " " in known.name and len(known.name) > 24
    return True


def _in_a_run(line: Line, i: int, end: int, tables: Gazetteer, words: Lexicon) -> bool:
    """Tell whether a one-word name is part of a longer run of capitals (« Israël Katz », « Paris Saint-Germain »)."""
    before = line.norm(i - 1)
    glue = before in words.determiners or before in words.prepositions or before in ("et", "and", "d'")
    if line.upper(end) and end not in line.owner and not glue:
        following = line.norm(end)
        known = (
            tables.names.match(line.tokens, end) or fold(following) in tables.adjectives or _halves(line, end, tables)
        )
        if following[0].isalpha() and not known and following not in words.openers and following[-1] != "'":
            return True
    if i > 0 and line.upper(i - 1) and i - 1 not in line.owner and len(before) > 1 and before[0].isalpha():
        opener = before in words.openers or (i == 1 and before in words.determiners)
        return not opener and before[-1] not in "'." and i != 1 and _common(line, i - 1)
    return False


def _common(line: Line, i: int) -> bool:
    """Tell whether a capitalised token is no title or function (« Président Faso »)."""
    return line.norm(i) not in ("président", "ministre", "president", "minister", "confédération", "république")


def _halves(line: Line, i: int, tables: Gazetteer) -> tuple[str, ...]:
    """Return the ids of both halves of « Russie-Afrique », or nothing."""
    token = line.tokens[i]
    if "-" not in token.norm:
        return ()
    written = line.written(i, i + 1)
    ids: list[str] = []
    halves = written.replace("‑", "-").split("-")
    if len(halves) > 4:
        return ()
    k = 0
    while k < len(halves):
        for size in (2, 1):
            word = "-".join(halves[k : k + size])
            if k + size > len(halves) or not word or not word[0].isupper():
                continue
            found = [
                known
                for end, known in tables.names.match((Token(0, len(word), word.lower()),), 0)
                if end == 1 and (known.sort != "acronym" or word.isupper() or len(word) > 3)
            ]
            if found:
                ids.append(found[0].ids[0])
                k += size
                break
        else:
            return ()
    return tuple(ids) if len(ids) > 1 else ()


def _pair(line: Line, i: int, tables: Gazetteer) -> Piece | None:
    ids, end = _halves(line, i, tables), i + 1
    if not ids:
        ids, end = _long_half(line, i, tables)
    if not ids:
        return None
    return Piece(i, end, MentionForm.NAME, ids, ActorKind.STATE, line.written(i, end), elsewhere=True)


def _long_half(line: Line, i: int, tables: Gazetteer) -> tuple[tuple[str, ...], int]:
    """Return the ids and the end of « Asean-Union européenne », whose second half is of several words."""
    first, mark, last = line.written(i, i + 1).replace("‑", "-").rpartition("-")
    if not mark or not first[:1].isupper() or not last[:1].isupper():
        return (), i + 1
    head = Token(0, len(last), last.lower())
    ahead = (head, *line.tokens[i + 1 : i + 6])
    long = next(((end, k) for end, k in tables.names.match(ahead, 0) if end > 1), None)
    short = next((k for end, k in tables.names.match((Token(0, len(first), first.lower()),), 0) if end == 1), None)
    if long is None or short is None:
        return (), i + 1
    return (short.ids[0], long[1].ids[0]), i + long[0]


def _adjective(line: Line, i: int, tables: Gazetteer, words: Lexicon) -> Piece | None:
    word = fold(line.norm(i))
    known = tables.adjectives.get(word)
    if known is not None and fold(line.norm(i - 1)) in words.currencies:
        # « 3 millions de dollars canadiens »: a currency, and nobody.
        return None
    if known is not None:
        piece = Piece(i, i + 1, MentionForm.ADJECTIVE, known.ids[:1], known.kind, line.written(i, i + 1))
        if known.ambiguous:
            piece.candidates = known.ids
        return piece
    if "-" in word:
        head, _, tail = word.partition("-")
        first, second = tables.prefixes.get(head), tables.adjectives.get(tail)
        if second is None and "-" in tail:
            middle, _, last = tail.partition("-")
            second = tables.adjectives.get(last) if middle in tables.prefixes else None
        if first and second is not None:
            ids = (first, second.ids[0])
            return Piece(i, i + 1, MentionForm.ADJECTIVE, ids, ActorKind.STATE, line.written(i, i + 1), elsewhere=True)
    return None


def _acts(line: Line, piece: Piece, words: Lexicon) -> bool:
    """Tell whether a capital stands for its state here, rather than for the place."""
    i = piece.start
    before = line.norm(i - 1)
    while before in ("«", "“", '"', "("):
        if before == "(":
            return False
        i -= 1
        before = line.norm(i - 1)
    if before in ("l'", "la", "le") and line.norm(i - 2) in words.prepositions:
        return False
    if before in words.prepositions or before in ("au", "aux"):
        return False
    if before in ("de", "d'", "of", "du"):
        if line.norm(i - 2) in ("et", "and") and (joined := line.owner.get(i - 3)) is not None:
            # « les processus de Luanda et de Nairobi »
            return not (joined.form is MentionForm.CAPITAL and joined.place)
        return fold(_noun_before(line, i - 1)) not in words.place_heads
    if before in ("et", "ou", ",", "and", "or") and i >= 2:
        other = line.owner.get(i - 2)
        if other is not None and other.form is MentionForm.CAPITAL:
            return not other.place
        if before == ",":
            return not (other is not None and other.form is MentionForm.NAME and line.norm(i + 1) in (",", "."))
    after = line.norm(piece.end)
    if i == 0 and (after in ("(", "–", "—") or (after == "," and line.norm(piece.end + 1)[:1].isdigit())):
        return False
    if after in ("(", ",") and line.upper(piece.end + 1):
        following = line.norm(piece.end + 2)
        if following in (")", ",", ".", "") and after == "(":
            return False
    return True


def _noun_before(line: Line, i: int) -> str:
    """Return the noun that « de » at token `i` hangs on: the word before it, past one adjective."""
    word = line.norm(i - 1)
    owner = line.owner.get(i - 1)
    if owner is not None and owner.form is MentionForm.ADJECTIVE:
        return line.norm(i - 2)
    return word


def walk(lines: list[Line]) -> Iterator[tuple[Line, Piece]]:
    """Yield each piece with its line, in order of the text."""
    for line in lines:
        for piece in sorted(line.pieces, key=lambda p: (p.start, -p.end)):
            yield line, piece
