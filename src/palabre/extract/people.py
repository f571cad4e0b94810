"""Finds people in each sentence: runs of capitals with a title, a function, a given name or a verb of speech near.

It settles who is one person within a sentence only; `cast` joins the forms across the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from palabre.extract.bodies import headed_by_person
from palabre.extract.complements import rest_of_office
from palabre.extract.offices import OfficeWords, office_words
from palabre.extract.scanning import Lexicon, Line, Piece, lexicon
from palabre.extract.speech import speech_forms
from palabre.lang.pack import shared_table, table
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold

MOST_WORDS = 7
_PAIR = 2
_FAR = 20
"""Tokens looked back over for a function."""
_LINEAGE = frozenset({"van", "von", "ould", "ben", "bin", "ibn", "ag"})
"""Particles that no French word is: they go on with any name."""
_NOBLE = frozenset({"de", "du", "d'", "da", "dos", "das", "del", "della", "di", "von", "van", "der", "den", "le", "la"})
"""Particles that open a surname after any title: « M. De Orsin »."""
_BEFORE_NAMES = frozenset(
    {"avec", "par", "et", "que", "qu'", "dont", "entre", "comme", "où", "mais", "ou", "pour", "selon"}
)
"""Small words after which a bare run of capitals is somebody (a noun before it would make it a thing's name)."""


@dataclass(frozen=True)
class PeopleWords:
    """What tells a person's name in a language."""

    lexicon: Lexicon
    offices: OfficeWords
    given: frozenset[str]
    particles: frozenset[str]
    heads: frozenset[str]
    before: frozenset[str]
    speech: frozenset[str]
    things: frozenset[str]
    press: tuple[str, ...]
    towards: frozenset[str]
    """Words that go « à » somebody."""
    credits: frozenset[str]
    agencies: frozenset[str]
    styled: frozenset[str]
    """Titles of one person, in small letters, that stand for the name: « le dalaï-lama »."""


@lru_cache(maxsize=8)
def people_words(lang: str) -> PeopleWords:
    """Return the language's words."""
    data = table(lang, "actors")
    given = frozenset(fold(n) for n in shared_table("given_names")["names"].split())
    return PeopleWords(
        lexicon(lang),
        office_words(lang),
        given,
        frozenset(data["people"]["particles"]),
        frozenset(fold(w) for w in data["bodies"]["heads"]),
        frozenset(fold(w) for w in data["bodies"]["before"]),
        speech_forms(lang),
        frozenset(fold(w) for w in data["people"]["things"]),
        tuple(data["people"]["press"]),
        frozenset(fold(w) for w in data["people"].get("towards", "").split()),
        frozenset(fold(w) for w in data["people"].get("credits", ())),
        frozenset(fold(w) for w in data["people"].get("agencies", ())),
        frozenset(fold(w) for w in data["people"].get("styled", ())),
    )


def find_people(line: Line, lang: str) -> None:
    """Add to a sentence's pieces the people named in it; `office` of each holds why it was taken."""
    words = people_words(lang)
    capitals_tell = not _title_case(line)
    i = 0
    while i < len(line.tokens):
        if i not in line.owner and fold(line.norm(i)) in words.styled:
            line.add(Piece(i, i + 1, MentionForm.SURNAME, (), ActorKind.PERSON, line.written(i, i + 1)))
            i += 1
            continue
        if (
            i in line.owner
            or not line.upper(i)
            or not line.norm(i)[0].isalpha()
            or (line.norm(i) in words.offices.titles and not _given_here(line, i, words))
        ):
            i += 1
            continue
        ranked = [end for k in range(max(0, i - 4), i + 1) for end, _ in words.offices.ranks.match(line.tokens, k)]
        if ranked and max(ranked) > i and max(ranked) < len(line.tokens):
            i = max(ranked)  # « général de corps d'armée X »
            continue
        end = _run(line, i, words)
        start, end = _cut(line, i, end, words)
        if start < end and (reason := _why(line, start, end, words, lang, capitals_tell)):
            size = sum(line.upper(k) for k in range(start, end))
            form = MentionForm.NAME if size > 1 else MentionForm.SURNAME
            piece = Piece(start, end, form, (), ActorKind.PERSON, line.written(start, end))
            piece.office = reason
            line.add(piece)
        i = max(end, i + 1)


def _run(line: Line, i: int, words: PeopleWords) -> int:
    """Return the end of the run of capitals that opens at `i`, particles included."""
    end = i + 1
    while end < len(line.tokens) and end - i < MOST_WORDS + 2:
        if end in line.owner:
            break
        norm = line.norm(end)
        if (
            _arab_article(line, end)
            or (line.upper(end) and norm[0].isalpha() and norm[-1] != "'")
            or (norm == "." and end - i >= 1 and len(line.norm(end - 1)) == 1 and line.upper(end + 1))
        ):
            end += 1
        elif norm in words.particles and line.upper(end + 1) and end + 1 not in line.owner:
            if norm in ("de", "du", "d'", "le", "la", "da", "e", "y") and not _can_take(line, i, end, words):
                break
            end += 1
        elif (
            norm in words.particles
            and line.norm(end + 1) in words.particles
            and line.upper(end + 2)
            and end + 2 not in line.owner
            and (norm in _LINEAGE or _can_take(line, i, end, words))
        ):
            end += 2
        else:
            break
    return end


def _arab_article(line: Line, k: int) -> bool:
    """Tell whether token `k` is « al-Thani »: a name behind its article in lower case."""
    written = line.written(k, k + 1) if k < len(line.tokens) else ""
    return written[:3] in ("al-", "el-", "as-", "ad-", "ar-", "ez-") and written[3:4].isupper()


def _given_here(line: Line, i: int, words: PeopleWords) -> bool:
    """« Cheikh Ould Ahmed »: a title that a particle of descent follows is a given name."""
    after = line.norm(i + 1) in words.particles and line.norm(i + 1) not in _NOBLE
    return line.upper(i + 1) and after and line.upper(i + 2)


def _can_take(line: Line, i: int, end: int, words: PeopleWords) -> bool:
    """Tell whether « de » can go on with the name: only after a given name (« Dominique de Villepin »)."""
    held = line.owner.get(i - 2) if line.norm(i - 1) == "," else line.owner.get(i - 1)
    office = held is not None and (held.inside or held.form is MentionForm.OFFICE) and end == i + 1
    return office or _is_given(line.norm(end - 1), words) or _is_given(line.norm(i), words)


def _is_given(norm: str, words: PeopleWords) -> bool:
    """Tell whether a token is a given name, or two joined (« Marie-Claude »)."""
    if fold(norm) in words.given:
        return True
    halves = norm.replace("\u2011", "-").split("-")
    return len(halves) == 2 and all(fold(h) in words.given for h in halves)


def _cut(line: Line, start: int, end: int, words: PeopleWords) -> tuple[int, int]:
    """Leave out words at the head of the run that are no name: openers of a sentence, titles."""
    while start < end:
        norm = line.norm(start)
        held = line.owner.get(start - 1)
        office = (held is not None and held.form is MentionForm.OFFICE) or line.norm(start - 1) in words.offices.titles
        if norm in _NOBLE and start > 0 and start + 1 < end and office:
            break  # « le ministre De Orsin »
        if end - start > 4 and norm in ("s", "s.") and line.norm(start + 1) in (".", "e", "e.", "s.e."):
            start += 1
            continue
        if norm in (".", "s.e", "s.e.", "e", "e.") and start + 1 < end and start > 0:
            start += 1
            continue
        title = not _given_here(line, start, words) and (
            norm in words.offices.titles or fold(norm) in words.offices.folded_titles
        )
        if (
            (
                norm in words.lexicon.openers
                and not (fold(norm) in words.given and start + 1 < end and norm not in words.lexicon.determiners)
            )
            or title
            or norm[-1] == "'"
            or (len(norm) == 1 and start + 1 == end)
        ):
            start += 1
        else:
            break
    if line.norm(start - 1) == "à" and start < end and fold(line.norm(start)) not in words.given:
        # « a réagi à X Jean Y »: the place, then the person.
        start = next((k for k in range(start + 1, end - 1) if fold(line.norm(k)) in words.given), start)
    first = next((k for k in range(start + 1, end - 1) if headed_by_person(line, start, k)), None)
    if first is not None and line.norm(start - 1) in ("la", "le", "l'", "du", "au", "aux", "à", "of", "the"):
        start = first  # « la porte-parole de la Commission X Y », « le commissaire au Climat X Y »
    while end > start and (line.norm(end - 1) in words.particles and not line.upper(end - 1)):
        end -= 1
    return start, end


def _why(line: Line, start: int, end: int, words: PeopleWords, lang: str, capitals_tell: bool) -> str:
    """Return why a run is a person's name, or an empty string."""
    size = sum(
        (line.upper(k) and line.norm(k) not in words.particles) or _arab_article(line, k) for k in range(start, end)
    )
    first, before = line.norm(start), line.norm(start - 1)
    written = line.written(start, end)
    if size > MOST_WORDS or any(c.isdigit() for c in written) or "-to-" in written:
        return ""
    if fold(first) in words.heads and size < 3 and fold(first) not in words.given:
        return ""
    if _credited(line, start, end, words) or first == "the":
        return ""  # « The Orsin Post »: a paper
    if _names_a_thing(line, start, end, words) or (size == 1 and start == 0 and first.endswith(words.lexicon.adverbs)):
        return ""
    if _titled(line, start, words):
        return "title"
    owner = line.owner.get(start - 1)
    if owner is not None and owner.form is MentionForm.OFFICE and (not owner.plural or size > 1):
        return "office"
    if owner is not None and owner.form is MentionForm.ADJECTIVE:
        if owner.inside:
            return "office"
        if line.upper(start - 1) and line.norm(start - 2) in words.lexicon.articles:
            return "demonym"
    if owner is not None and owner.inside:
        return "office"
    past = line.owner.get(start - 2) if before == "," else None
    if past is not None and (past.form is MentionForm.OFFICE or past.inside):
        return "office" if size > 1 or _is_given(first, words) else ""
    housed = fold(before) in words.heads or fold(before) in words.before  # « l'université X Y »: its name
    if size > 1 and not housed and _office_before(line, start - 1 if before == "," else start, words, lang):
        return "office"
    where = size == 1 and (before in words.lexicon.prepositions or before in ("de", "d'", "du"))
    if (not where and _apposed(line, end)) or (size > 1 and _for_a_side(line, end)):
        return "apposition"
    if fold(before) in words.before or (owner is not None and fold(line.norm(start - 2)) in words.before):
        return ""
    placed = before in words.lexicon.prepositions or before in ("au", "aux")
    article = before in words.lexicon.articles or (before == "d'" and size == 1)
    shouted = line.written(start, end).isupper() and size == 1
    if _is_given(first, words) and size > 1 and not article and not _at_a_place(line, start, end, words):
        return "given name"
    if (
        size == _PAIR
        and before in _BEFORE_NAMES
        and _is_given(line.norm(end - 1), words)
        and not _place_like(line, end)
    ):
        return "given name"  # « entre Velbo Hiroshi et X »: the family's name first
    if placed or article or shouted:
        return ""
    if line.norm(end) == ":" and start == 0 and 1 < size < 5 and line.norm(end + 1) in ("«", "“", '"', "''"):
        return "speech"
    if before == "après" and line.norm(start - 2) == "d'":
        return "speech"
    if _speaks(line, start, end, words):
        return "speech"
    if 1 < size < 5 and _told(line, start, words) and line.norm(end) in (".", ",", ""):
        return "speech"
    if size > 1 and size < 5 and start > 0 and capitals_tell and before in _BEFORE_NAMES and not _place_like(line, end):
        return "capitals"
    return ""


def _at_a_place(line: Line, start: int, end: int, words: PeopleWords) -> bool:
    """Tell whether « à X Y » is where: no word before « à » is one that goes to somebody (« hommage à X Y »)."""
    if line.norm(start - 1) != "à" or line.norm(end) not in (",", ".", "(", "", "et"):
        return False
    near = {fold(line.norm(k)) for k in range(max(0, start - 5), start - 1)}
    return not near & words.towards


def _office_before(line: Line, end: int, words: PeopleWords, lang: str) -> bool:
    """Tell whether a function, with where it is held, ends before token `end`: « la directrice de X Bank, »."""
    for k in range(end - 1, max(-1, end - _FAR), -1):
        owner = line.owner.get(k)
        if owner is not None and (owner.inside or owner.form is MentionForm.OFFICE):
            office = next((p for p in line.pieces if p.form is MentionForm.OFFICE and p.start <= k < p.end), owner)
            if office.plural or office.end > k + 1:
                return False
            return k < end - 1 and rest_of_office(line, office.end, end, lang)
        if line.norm(k) in ",.;:!?»”" and owner is None:
            return False
    return False


def _credited(line: Line, start: int, end: int, words: PeopleWords) -> bool:
    """Tell whether a name is who took a picture or wrote: « (Crédits : X) », « X / Reuters », « rédigé par X »."""
    if line.norm(end) == "/" and fold(line.norm(end + 1)) in words.agencies:
        return True
    if line.norm(0) == "(" and any(fold(t.norm) in words.credits for t in line.tokens):
        return True  # « (X ; Y pour le service français, édité par Z) »
    at = start - 1
    while at > start - 4 and line.norm(at) in (":", "par", "de", "-", "/", "by", "©", "d'"):
        if line.norm(at) == "©":
            return True
        at -= 1
    head = fold(line.norm(at))
    told = head in words.credits or (head == "francaise" and line.norm(at - 1) == "version")
    bracketed = any(line.norm(k) in ("(", ";", ":", "") for k in (at - 1, at - 2)) or line.norm(start - 1) == ":"
    return told and at < start - 1 + (head == "reportage" or "version" in (head, line.norm(at - 1))) and bracketed


def _names_a_thing(line: Line, start: int, end: int, words: PeopleWords) -> bool:
    """Tell whether a run is a body's or a label: a company's word in it, or a name and a number between marks."""
    if any(fold(line.norm(k)) in words.things for k in range(start, end)):
        return True
    if end == start + 1 and fold(line.norm(start)).endswith(words.press) and len(line.norm(start)) > 5:
        return True
    numbered = line.norm(end).isdigit() and line.norm(end + 1) in ("»", "”", '"')
    return numbered and line.norm(start - 1) in ("«", "“", '"')


def _told(line: Line, start: int, words: PeopleWords) -> bool:
    """Tell whether a run closes the subject of an inverted verb of speech: « a déclaré la chercheuse de X, Y Z »."""
    for k in range(start - 1, max(-1, start - 12), -1):
        norm = line.norm(k)
        if fold(norm) in words.speech:
            return k + 2 < start and line.norm(k + 1) in words.lexicon.determiners
        if not norm[0].isalpha() and norm not in ("-", "'") and not (norm == "," and k == start - 1):
            return False
    return False


def _titled(line: Line, start: int, words: PeopleWords) -> bool:
    before = line.norm(start - 1)
    if before in words.offices.titles:
        return True
    for k in range(max(0, start - 5), start):
        for end, _ in words.offices.ranks.match(line.tokens, k):
            if end == start:
                return True
    return before == "." and line.norm(start - 2) in ("m", "dr", "pr")


def _apposed(line: Line, end: int) -> bool:
    """Tell whether a function follows: « X, ministre … », « X, le président … », « X, qui préside … »."""
    if line.norm(end) not in (",", "(", "–", "—"):
        return False
    at = end + 1
    if line.norm(at) in ("le", "la", "l'", "son", "sa", "un", "une", "the", "a", "an", "leur", "nouveau", "ancien"):
        at += 1
    owner = line.owner.get(at)
    aged = line.norm(at).isdigit() and line.norm(at + 1) == "ans"  # « X, 41 ans, »
    return aged or (owner is not None and owner.form is MentionForm.OFFICE)


def _for_a_side(line: Line, end: int) -> bool:
    """Tell whether « , pour le gouvernement lacustre, » follows: who signs or sits for a side."""
    sides = ("gouvernement", "mouvement", "parti", "ministère", "compte", "groupe", "camp", "côté", "délégation")
    opened = line.norm(end) == "," and line.norm(end + 1) == "pour" and line.norm(end + 2) in ("le", "la", "l'")
    return opened and line.norm(end + 3) in sides


def _speaks(line: Line, start: int, end: int, words: PeopleWords) -> bool:
    """Tell whether a verb of speech stands beside the name: « a déclaré X », « X a déclaré », « X déclare »."""
    if fold(line.norm(start - 1)) in words.speech:
        return True
    for k in (end, end + 1, end + 2, end + 3):
        norm = line.norm(k)
        if fold(norm) in words.speech:
            return True
        if norm not in (
            "a",
            "ont",
            "s'est",
            "est",
            "s'",
            "avait",
            "également",
            "ainsi",
            "aussi",
            "pour",
            "sa",
            "part",
            "has",
            "had",
        ):
            return False
    return False


def _title_case(line: Line) -> bool:
    """Tell whether the sentence capitalises most of its words, so that capitals say nothing."""
    alpha = [k for k in range(len(line.tokens)) if len(line.norm(k)) > 3 and line.norm(k)[0].isalpha()]
    return len(alpha) > 2 and sum(line.upper(k) for k in alpha) > 0.6 * len(alpha)


def _place_like(line: Line, end: int) -> bool:
    """Tell whether what follows says the run is a place (« Pointe Noire, au Congo »)."""
    return line.norm(end) == "," and line.norm(end + 1) in ("en", "au", "dans", "in")
