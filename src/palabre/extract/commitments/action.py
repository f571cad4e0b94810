"""Words what is to be done as a short infinitive phrase made of the text's words. It decides nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from palabre.extract.commitments.line import plain
from palabre.extract.commitments.texts import infinitive_of_text

if TYPE_CHECKING:
    from palabre.extract.commitments.hits import Hit
    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.scope import Part

_SURE = 4
"""An ending longer than this tells the infinitive better than a lemmatiser that has not seen the verb."""
_SHORT = 16
"""Words an action is cut to, at the last place before which it reads well."""
_LEAST = 5
_VERB = 3
"""Letters that a small word has at the most: verbs of cues are longer."""
_INFINITIVE = ("er", "ir", "re")
_ASIDE = re.compile(r"^,[^,]{1,60}, ")
_ADJECTIVE = re.compile(r"[a-zà-ÿ-]{3,20} (?=d(?:[’']|e |u |es ))")
_TIE = re.compile(r"(?:(?P<some>du |des )|de |d[’'])")
_TIE_LATER = re.compile(r" d[’']([a-zà-ÿ]+[sx](?![\w]))")
_TRIM = ' ,;:.«»"“”–—('


def infinitive_of(form: str, lex: Lexicon, lemma: str | None, kind: str) -> str:
    """Return the infinitive of a future, a conditional or a participle: by its ending, else the tree's lemma."""
    if kind != "passive":
        for ending, future in lex.conditionals:
            if form.endswith(ending):
                form = form[: len(form) - len(ending)] + future
                break
    if form in lex.irregular:
        return lex.irregular[form]
    by_ending = ""
    for ending, infinitive in lex.endings["participles" if kind == "passive" else "infinitives"]:
        if form.endswith(ending):
            by_ending = form[: len(form) - len(ending)] + infinitive
            if len(ending) > _SURE or kind == "passive":
                return by_ending
            break
    if lemma and " " not in lemma and lemma != form and lemma.endswith(("er", "ir", "re", "oir")):
        return lemma
    return by_ending or form


def action_of(line: Line, hit: Hit, part: Part, lex: Lexicon, subject: str) -> str:
    """Return what is to be done as a short infinitive phrase made of the text's words."""
    raw, norm = line.raw, line.norm
    if hit.kind == "infinitive":
        at = norm.find(part.verb, part.body) if part.verb else part.body
        lead = re.compile(hit.links).match(norm, part.body) if hit.links else None
        return _short(raw[(lead.end() if lead else max(at, part.body)) : part.end], lex)
    if hit.kind == "future":
        return _of_future(line, hit, part, lex)
    subject = _uncapped(subject, lex)
    if hit.acts and (verb := verb_of_cue(line.norm[hit.cue : hit.cue_end], lex)):
        return _short(f"{verb} {_bare(raw[part.body : part.end], lex)}", lex)
    if hit.rule in ("decided", "works"):
        return _short(_of_noun(f"{subject} {raw[hit.body : part.end]}", lex, "deed"), lex)
    if hit.kind in ("passive", "process"):
        return _of_passive(line, hit, part, lex, subject)
    if hit.kind == "goes_on":
        return _of_text(line, hit, part, lex)
    if hit.kind == "agreement":
        words = raw[part.body : part.end]
        if hit.body < hit.cue and part.body == hit.body:
            # « un accord a été signé pour … »: the words of the signature are no part of what is done.
            words = f"{raw[hit.body : hit.cue]} {raw[hit.cue_end : part.end]}"
        return _short(f"{lex.phrases['agreement']} {_uncapped(_bare(words, lex), lex)}", lex)
    return _short(_of_noun(raw[part.body : part.end], lex, {"gift": "gift", "sum": "gift"}.get(hit.kind, "deed")), lex)


def _of_future(line: Line, hit: Hit, part: Part, lex: Lexicon) -> str:
    raw, norm = line.raw, line.norm
    at = hit.cue if hit.verb_at is None else hit.verb_at
    if norm.startswith(hit.verb, hit.body) and hit.body > at:
        return _short(raw[hit.body : part.end], lex)
    word = infinitive_of(hit.verb, lex, line.lemma_at(at), hit.kind)
    own = ""
    if lex.patterns["clause.reflexive"].search(norm[:at]):
        own = lex.phrases["self_vowel"] if word[:1] in "aeéiouhy" else lex.phrases["self"]
    words = raw[part.body : part.end] if part.body != hit.body else raw[at + len(hit.verb) : part.end]
    return _short(f"{own}{word} {words}", lex)


def _of_passive(line: Line, hit: Hit, part: Part, lex: Lexicon, subject: str) -> str:
    raw, norm = line.raw, line.norm
    verb = hit.verb.rpartition("'")[2]
    word = infinitive_of(verb, lex, line.lemma_at(hit.body - len(verb)), hit.kind)
    if any(lex.patterns[f"clause.{k}"].match(plain(subject)) for k in ("pronoun", "we", "which")):
        subject = ""
    subject = subject.partition("(")[0]
    own = norm.find(verb, hit.cue, hit.body)
    rest = raw[(own + len(verb) if own >= 0 else hit.body) : part.end]
    if hit.verb == "happens":
        return _short(f"{lex.phrases['hold']} {subject} {rest}", lex)
    if hit.kind == "process" and not word.endswith(_INFINITIVE):
        # « fera l'objet d'une évaluation »
        return _short(f"{lex.phrases['subject_to']} {subject} {lex.phrases['to']} {_bare(rest, lex)}", lex)
    if part.body != hit.body:
        return _short(f"{word} {raw[part.start : part.end]}", lex)
    return _short(f"{word}{' ' if not norm[hit.body : hit.body + 1].strip() else ''} {subject} {rest}", lex)


def _of_text(line: Line, hit: Hit, part: Part, lex: Lexicon) -> str:
    """Word « La première crée des sections » as what it makes, « La première porte sur … » as an agreement to apply."""
    verb = infinitive_of_text(hit.verb, lex)
    words = line.raw[hit.cue_end : part.end].strip()
    small = lex.patterns["text_adverbs"].match(plain(words))
    words = words[small.end() :] if small else words
    if part.body != hit.body:
        words = line.raw[part.body : part.end].strip()
    if hit.verb in lex.text_infinitives and verb not in lex.words["text_about"]:
        return _short(f"{verb} {words}", lex)
    noun = lex.patterns["deeds.any"].search(plain(words))
    if noun and noun.start() < _SHORT:
        return _short(_of_noun(words, lex, "deed"), lex)
    words = _bare(words, lex)
    is_text = lex.patterns["agreements.texts"].search(plain(words)[:40])
    return _short(f"{lex.phrases['agreement' if is_text else 'agreement_on']} {words}", lex)


def verb_of_cue(cue: str, lex: Lexicon) -> str:
    """Return the infinitive of the last verb of a cue (« a octroyé », « augmente »); nothing where no table has it."""
    last = cue.split()[-1]
    for ending, infinitive in lex.endings["presents"]:
        if last.endswith(ending) and len(last) > max(len(ending), _VERB):
            return last[: len(last) - len(ending)] + infinitive
    return ""


def _of_noun(words: str, lex: Lexicon, phrase: str) -> str:
    """Word « la création d'un fonds » as « créer un fonds »; a noun whose verb the table lacks stays as it is."""
    words = _bare(words.strip(_TRIM), lex)
    about = lex.patterns["deeds.about"].match(plain(words))
    if about and lex.patterns["infinitive"].match(plain(words), about.end()):
        return words[about.end() :]
    for noun, verb in lex.deed_verbs:
        found = noun.match(plain(words))
        if found:
            return f"{verb} {_object(words[found.end() :], lex)}"
    if lex.patterns["deeds.given"].match(plain(words)):
        phrase = "gift"
    return f"{lex.phrases[phrase]} {_uncapped(words, lex)}"


def _object(words: str, lex: Lexicon) -> str:
    """Return what follows a noun of a deed as the object of its verb (« prochain de 200 camions »: « 200 camions »)."""
    words = _ASIDE.sub("", words.strip(' :–—"«»'))
    small = _ADJECTIVE.match(words)
    words = words[small.end() :] if small else words
    tie = _TIE.match(words)
    if tie is None:
        # « l'envoi en Norvège d'instructeurs »
        return _TIE_LATER.sub(lambda m: f" {lex.phrases['some']} {m[1]}", words, count=1)
    if tie["some"]:
        return f"l{words[1:]}".replace("lu ", "le ", 1).replace("les ", "les ", 1)
    rest = words[tie.end() :]
    first = re.split(r"[ ’']", rest, maxsplit=1)[0]
    bare = first.endswith(("s", "x")) and first[:1].islower()
    if bare and not lex.patterns["deeds.article"].match(plain(rest)):
        return f"{lex.phrases['some']} {rest}"
    return rest


def _bare(words: str, lex: Lexicon) -> str:
    """Return an object without the small words that tie it to a verb or a noun (« d'un fonds », « du port »)."""
    words = words.strip(_TRIM)
    for tie, article in lex.ties:
        if plain(words).startswith(tie):
            return article + words[len(tie) :]
    return words


def _uncapped(words: str, lex: Lexicon) -> str:
    """Return words without the capital that only the start of a sentence gave them."""
    if lex.patterns["deeds.article"].match(plain(words)) and not words[1:2].isupper():
        return words[:1].lower() + words[1:]
    return words


def _short(words: str, lex: Lexicon) -> str:
    words = " ".join(words.split()).strip(_TRIM)
    for opening, closing in (("«", "»"), ("“", "”"), ('"', '"')):
        if words.count(opening) != words.count(closing) or (opening == closing and words.count(opening) % 2):
            # One mark of a pair: the other stands outside the clause.
            words = " ".join(words.replace(opening, " ").replace(closing, " ").split())
    words = lex.patterns["clause.then_future"].sub(
        lambda m: m["link"] + infinitive_of(m["verb"], lex, None, "future"), words
    )
    kept = words.split(" ")
    if len(kept) > _SHORT:
        cut = _SHORT
        while cut > _LEAST and plain(kept[cut]) not in lex.words["breaks"] and not kept[cut - 1].endswith(","):
            cut -= 1
        kept = kept[: cut if cut > _LEAST else _SHORT]
    while len(kept) > 1 and plain(kept[-1].strip(_TRIM)) in lex.words["breaks"]:
        kept.pop()
    cut_words = " ".join(kept).strip(_TRIM)
    return cut_words + (")" if cut_words.count("(") > cut_words.count(")") else "")
