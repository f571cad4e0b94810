"""Read the French treebanks for ``train_fr.py``: one annotation for all of them, in the spellings of the press.

Besides typography and case, two things the treebanks seldom show and the press is made of are written out of their own
sentences: future and conditional verbs, and a sentence quoted with its speaker after it (*…, a promis le ministre*).
This module reads and rewrites; it must not train, score or write files.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.training import Example
from spacy.training.converters.conllu_to_docs import conllu_to_docs
from spacy.vocab import Vocab

# What the caller applies to a text before parsing it; every replacement is one character long, so offsets hold.
NORMALISE = str.maketrans("’‘ʼ\u00a0\u202f\u2009\u2010\u2011", "'''   --")

FEATURES = ("Definite", "Gender", "Mood", "Number", "Person", "Polarity", "Poss", "PronType", "Reflex", "Tense")
VERBAL = ("VerbForm", "Voice")
RARE_RELATIONS = ("nsubj:outer", "dep:comp", "advcl:cleft", "iobj:agent", "csubj:pass")
PERSONAL = {
    "moi": ("je", "j'", "me", "m'", "moi", "-je", "-moi"),
    "toi": ("tu", "te", "t'", "toi", "-tu", "-toi"),
    "lui": ("il", "elle", "le", "la", "l'", "lui", "-il", "-elle", "-t-il", "-t-elle", "-le", "-la", "-lui"),
    "soi": ("se", "s'", "soi"),
    "eux": ("ils", "elles", "eux", "les", "leur", "-ils", "-elles", "-t-ils", "-t-elles", "-les", "-leur"),
    "nous": ("nous", "-nous"),
    "vous": ("vous", "-vous"),
}
PERSONAL_LEMMAS = {form: lemma for lemma, forms in PERSONAL.items() for form in forms}
TITLES = {"m.": "monsieur", "mm.": "monsieur", "mme": "madame", "mmes": "madame", "madame": "madame"}

FUTURE_STEMS = {"être": "ser", "avoir": "aur", "aller": "ir", "faire": "fer", "pouvoir": "pourr", "devoir": "devr"}
FUTURE_STEMS |= {"vouloir": "voudr", "savoir": "saur", "falloir": "faudr", "valoir": "vaudr", "envoyer": "enverr"}
FUTURE_STEMS |= {
    "voir": "verr",
    "revoir": "reverr",
    "prévoir": "prévoir",
    "appeler": "appeller",
    "rappeler": "rappeller",
}
FUTURE_ENDINGS = (
    ("venir", "viendr"),
    ("tenir", "tiendr"),
    ("courir", "courr"),
    ("mourir", "mourr"),
    ("quérir", "querr"),
    ("ever", "èver"),
    ("ener", "èner"),
    ("oyer", "oier"),
    ("uyer", "uier"),
    ("er", "er"),
    ("ir", "ir"),
    ("re", "r"),
)
PERSONS = ("Sing1", "Sing2", "Sing3", "Plur1", "Plur2", "Plur3")
TENSES = {
    "Mood=Ind Tense=Fut": dict(zip(PERSONS, ("ai", "as", "a", "ons", "ez", "ont"), strict=True)),
    "Mood=Cnd Tense=Pres": dict(zip(PERSONS, ("ais", "ais", "ait", "ions", "iez", "aient"), strict=True)),
}
ELIDED = ("ne", "le", "la", "me", "te", "se", "que", "je", "ce")
SAYING = "déclarer annoncer affirmer assurer ajouter indiquer préciser souligner expliquer rappeler estimer insister"
SAYING += " confirmer marteler révéler confier noter regretter plaider"
SAID = {verb[:-2] + "é": verb for verb in SAYING.split()}
SAID |= {"promis": "promettre", "dit": "dire", "conclu": "conclure", "soutenu": "soutenir", "répondu": "répondre"}


class Row(NamedTuple):
    """One token of a treebank after harmonisation; ``head`` is an index inside the sentence."""

    word: str
    space: bool
    pos: str
    morph: str
    lemma: str
    head: int
    dep: str


Sentence = list[Row]


def harmonise(token: Token) -> tuple[str, str, str, str]:
    """Give the part of speech, features, lemma and relation of a token, the same way for every treebank.

    Contractions (du, des, au, auquel) keep the lemma of the part that governs the others: de, de, à, lequel.
    """
    pos, lemma, form = token.pos_, token.lemma_, token.text.lower().translate(NORMALISE)
    feats = {k: v for k, v in token.morph.to_dict().items() if k in FEATURES + VERBAL}
    if feats.get("Voice") == "Act":  # marked in one treebank only
        del feats["Voice"]
    if "_" in token.tag_ and " " in lemma and pos in ("ADP", "PRON", "DET"):
        lemma = lemma.split()[0] if pos == "ADP" else lemma.split()[-1]
    if form == "%":
        pos = "SYM"
    if pos == "PRON" and feats.get("PronType") == "Prs":
        lemma = PERSONAL_LEMMAS.get(form, lemma)
    if pos == "NOUN":
        lemma = TITLES.get(form, lemma)
    relation = token.dep_.split(":")[0] if token.dep_ in RARE_RELATIONS else token.dep_
    return pos, "|".join(f"{k}={v}" for k, v in sorted(feats.items())), lemma.translate(NORMALISE), relation


def to_sentence(doc: Doc) -> Sentence:
    """Turn a converted sentence into rows; a number written with spaces becomes several tokens."""
    pieces = [re.sub("^-t-", "-t -", token.text.translate(NORMALISE)).split(" ") for token in doc]
    main = [len(p) - 1 if p[0] == "-t" else 0 for p in pieces]
    starts = [sum(len(p) for p in pieces[:i]) for i in range(len(pieces))]
    rows: Sentence = []
    for token, parts in zip(doc, pieces, strict=True):
        pos, morph, lemma, relation = harmonise(token)
        for n, part in enumerate(parts):
            last = n == len(parts) - 1
            if n == main[token.i]:
                at = token.head.i
                head, own = starts[at] + main[at], lemma if len(parts) == 1 or part[0] == "-" else part
                rows.append(Row(part, not last or bool(token.whitespace_), pos, morph, own, head, relation))
            elif part == "-t":
                rows.append(Row(part, False, "PART", "", part, starts[token.i] + 1, "dep"))
            else:
                rows.append(Row(part, not last or bool(token.whitespace_), pos, morph, part, starts[token.i], "flat"))
    return rows


def read_treebank(path: Path) -> list[Sentence]:
    """Read a CoNLL-U file with spaCy's converter, contractions merged into one token."""
    text = path.read_text(encoding="utf-8")
    docs = conllu_to_docs(text, n_sents=1, merge_subtokens=True, no_print=True)  # type: ignore[no-untyped-call]
    return [to_sentence(doc) for doc in docs]


def typographic(sentence: Sentence, style: str, apostrophe: bool, dash: str) -> Sentence:
    """Rewrite straight quotation marks, apostrophes and dashes as the press prints them."""
    rows, opened = list(sentence), False
    for i, row in enumerate(sentence):
        if row.word == '"' and style:
            opened = not opened
            rows[i] = rows[i]._replace(word=style[0] if opened else style[1])
            neighbour = i if opened else i - 1
            if style == "«»" and 0 <= neighbour < len(rows) - 1:
                rows[neighbour] = rows[neighbour]._replace(space=True)
        elif row.word in ("-", "--") and row.pos == "PUNCT":
            rows[i] = rows[i]._replace(word=dash)
        elif apostrophe:
            rows[i] = rows[i]._replace(word=row.word.replace("'", "’"))
    return rows


def recase(sentence: Sentence, change: Callable[[str], str]) -> Sentence:
    """Change the case of a whole sentence; the lemma of a changed word is left out of the training."""
    changed = [(row, change(row.word)) for row in sentence]
    return [
        row if new == row.word or len(new) != len(row.word) else row._replace(word=new, lemma="")
        for row, new in changed
    ]


def future_stem(lemma: str) -> str | None:
    """Stem of the future and the conditional, or nothing for a verb that is not sure to be regular."""
    if lemma in FUTURE_STEMS:
        return FUTURE_STEMS[lemma]
    if lemma.endswith(("eler", "eter", "voir", "cueillir", "saillir", "emer", "eser", "ecer", "eper", "erer")):
        return None
    return next((lemma[: -len(old)] + new for old, new in FUTURE_ENDINGS if lemma.endswith(old)), None)


def retense(sentence: Sentence, rng: random.Random) -> Sentence:
    """Put the present and imperfect verbs of a sentence in the future or the conditional."""
    rows = list(sentence)
    moved, endings = rng.choice(list(TENSES.items()))
    for i, row in enumerate(sentence):
        feats = dict(f.split("=", 1) for f in row.morph.split("|") if f)
        ending = endings.get(feats.get("Number", "") + feats.get("Person", ""))
        stem = future_stem(row.lemma) if row.pos in ("VERB", "AUX") else None
        if not stem or not ending or feats.get("Mood") != "Ind" or feats.get("Tense") not in ("Pres", "Imp"):
            continue
        new = stem + ending
        before = rows[i - 1].word.lower() if i else ""
        vowel = new[0] in "aeéèêiouyh"
        if (before.endswith("'") and not vowel) or (before in ELIDED and vowel) or rng.random() < 0.2:
            continue
        if i + 1 < len(rows) and rows[i + 1].word.startswith("-"):
            continue
        feats |= dict(pair.split("=") for pair in moved.split())
        new = new.capitalize() if row.word[0].isupper() else new
        rows[i] = row._replace(word=new, morph="|".join(f"{k}={v}" for k, v in sorted(feats.items())))
    return rows


def speakers(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Collect short noun phrases that are subjects, as detached rows whose head word points to itself."""
    found: list[Sentence] = []
    for rows in sentences:
        for i, row in enumerate(rows):
            if row.dep != "nsubj" or row.pos not in ("NOUN", "PROPN") or row.word[0] == "-":
                continue
            inside = {i}
            for _ in range(6):
                inside |= {j for j, other in enumerate(rows) if other.head in inside}
            first, last = min(inside), max(inside)
            part = rows[first : last + 1]
            if len(inside) == len(part) <= 7 and {r.pos for r in part} <= {"NOUN", "PROPN", "DET", "ADP", "ADJ", "NUM"}:
                own = [r._replace(head=r.head - first if r.head in inside else i - first, space=True) for r in part]
                own = [r._replace(space="'" not in r.word) if r.word.endswith("'") else r for r in own]
                if own[0].pos in ("DET", "ADP"):
                    own[0] = own[0]._replace(word=own[0].word.lower())
                own[i - first] = own[i - first]._replace(head=i - first)
                found.append(own)
    return found


def quoted(sentence: Sentence, people: Sequence[Sentence], rng: random.Random) -> Sentence:
    """Quote a sentence and put its speaker after it: *« … », a promis le ministre.* or *…, a-t-elle ajouté.*"""
    root = next(i for i, row in enumerate(sentence) if row.head == i)
    if (
        sentence[-1].word != "."
        or len(sentence) > 30
        or any(r.word in '"«»“”' for r in sentence)
        or root == len(sentence) - 1
    ):
        return sentence
    marks = rng.random() < 0.75
    shift = int(marks)
    rows = [row._replace(head=row.head + shift) for row in sentence[:-1]]
    top = root + shift
    rows[-1] = rows[-1]._replace(space=False)
    if marks:
        rows = [Row('"', False, "PUNCT", "", '"', top, "punct"), *rows, Row('"', False, "PUNCT", "", '"', top, "punct")]
    past, lemma = rng.choice(list(SAID.items()))
    inverted = rng.random() < 0.4
    person = rng.choice(people)
    name = next(i for i, row in enumerate(person) if row.head == i)
    plural = "Number=Plur" in person[name].morph and not inverted
    verb_at = len(rows) + (4 if inverted else 2)
    rows.append(Row(",", True, "PUNCT", "", ",", verb_at, "punct"))
    number, third = ("Plur", "ont") if plural else ("Sing", "a")
    finite = f"Mood=Ind|Number={number}|Person=3|Tense=Pres|VerbForm=Fin"
    participle = "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part"
    if not inverted and lemma.endswith("er") and rng.random() < 0.3:
        present = past[:-1] + ("ent" if plural else "e")
        present = {"rappele": "rappelle", "rappelent": "rappellent", "martele": "martèle"}.get(present, present)
        rows[-1] = rows[-1]._replace(head=verb_at - 1)
        verb_at -= 1
        rows.append(Row(present, True, "VERB", finite, lemma, top, "parataxis:insert"))
    else:
        rows.append(Row(third, not inverted, "AUX", finite, "avoir", verb_at, "aux:tense"))
        if inverted:
            pronoun, gender = rng.choice((("-il", "Masc"), ("-elle", "Fem")))
            rows.append(Row("-t", False, "PART", "", "-t", len(rows) + 1, "dep"))
            clitic = f"Gender={gender}|Number=Sing|Person=3|PronType=Prs"
            rows.append(Row(pronoun, True, "PRON", clitic, "lui", verb_at, "nsubj"))
        rows.append(Row(past, True, "VERB", participle, lemma, top, "parataxis:insert"))
    if not inverted:
        start = len(rows)
        rows += [row._replace(head=row.head + start) for row in person]
        rows[start + name] = rows[start + name]._replace(head=verb_at, dep="nsubj")
    rows[-1] = rows[-1]._replace(space=False)
    return [*rows, sentence[-1]._replace(head=top)]


def compose(vocab: Vocab, sentences: Sequence[Sentence], breaks: Sequence[str]) -> Doc:
    """Join sentences into one document; ``breaks`` gives what follows each: a space, or a run of line ends."""
    rows: Sentence = []
    for sentence, gap in zip(sentences, breaks, strict=True):
        start = len(rows)
        rows += [row._replace(head=start + row.head) for row in sentence]
        rows[-1] = rows[-1]._replace(space=gap == " ")
        if gap != " ":
            rows.append(Row(gap, False, "SPACE", "", "", len(rows) - 1, "dep"))
    words, spaces, pos, morphs, lemmas, heads, deps = map(list, zip(*rows, strict=True))
    return Doc(vocab, words=words, spaces=spaces, pos=pos, morphs=morphs, lemmas=lemmas, heads=heads, deps=deps)


def example(nlp: Language, doc: Doc) -> Example:
    """Pair a gold document with the tokens the pipeline gives at run time."""
    return Example(nlp.make_doc(doc.text), doc)


def varied(
    nlp: Language, sentences: Sequence[Sentence], people: Sequence[Sentence], rng: random.Random
) -> Iterator[Example]:
    """Yield one epoch of documents of one to ten consecutive sentences, in the spellings met in the press."""
    chunks: list[list[Sentence]] = []
    at = rng.randint(-9, 0)
    while at < len(sentences):
        size = rng.choice((1, 2, 3, 5, 8, 10))
        chunk = list(sentences[max(at, 0) : max(at + size, 0)])
        if chunk:
            chunks.append(chunk)
        at += size
    rng.shuffle(chunks)
    for chunk in chunks:
        style = rng.choice(("", "", "«»", "«»", "“”"))
        apostrophe, dash = rng.random() < 0.1, rng.choice("---–—")
        doc: list[Sentence] = []
        breaks: list[str] = []
        for sentence in chunk:
            new = retense(sentence, rng) if rng.random() < 0.15 else sentence
            new = quoted(new, people, rng) if rng.random() < 0.08 else new
            new = typographic(new, style, apostrophe, dash)
            draw = rng.random()
            if draw < 0.05:
                new = recase(new, str.upper if draw < 0.02 else str.lower)
            doc.append(new)
            closed = sentence[-1].word[-1] in ".?!…:;"
            breaks.append(rng.choice(("\n", "\n\n")) if rng.random() < (0.1 if closed else 0.6) else " ")
        breaks[-1] = " "
        yield example(nlp, compose(nlp.vocab, doc, breaks))


def plain(nlp: Language, sentences: Sequence[Sentence], size: int = 10) -> list[Example]:
    """Make documents of ten sentences with a space between them, to initialise from and to score on."""
    chunks = [sentences[i : i + size] for i in range(0, len(sentences), size)]
    return [example(nlp, compose(nlp.vocab, chunk, [" "] * len(chunk))) for chunk in chunks]
