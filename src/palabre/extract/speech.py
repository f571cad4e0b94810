"""The verbs of speech of a language, with all the forms the press uses. Tables only: it reads no text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from palabre.lang.pack import table
from palabre.text.names import fold


@lru_cache(maxsize=8)
def speech_forms(lang: str) -> frozenset[str]:
    """Return the folded forms (third person, participles) of the verbs that report speech."""
    verbs = table(lang, "quotes").get("verbs", {})
    forms: set[str] = set()
    for infinitive in verbs.get("er", "").split():
        forms.update(er_forms(infinitive))
    for form in verbs.get("other", "").split():
        forms.add(form)
        if form[-1] in "éiu" and len(form) > 2:  # « s'est réjouie la ministre »: the participle agrees
            forms.update((f"{form}e", f"{form}s", f"{form}es"))
    return frozenset(fold(f) for f in forms)


def er_forms(infinitive: str) -> tuple[str, ...]:
    """Return the third-person and participle forms of a regular French verb in -er."""
    stem = infinitive[:-2]
    soft = stem + "e" if stem.endswith("g") else (stem[:-1] + "ç" if stem.endswith("c") else stem)
    strong = _strong(stem)
    return (
        f"{stem}é", f"{stem}ée", f"{stem}és", f"{stem}ées",
        f"{strong}e", f"{strong}ent", f"{soft}ait", f"{soft}aient", f"{soft}a", f"{stem}èrent", f"{soft}ant",
        f"{stem}era", f"{stem}eront", infinitive,
    )  # fmt: skip


def _strong(stem: str) -> str:
    """Return the stem before a silent -e: « rappeler » gives `rappell`, « répéter » `répèt`."""
    if stem.endswith("appel"):
        return stem + "l"
    if stem.endswith("jet"):
        return stem + "t"
    if len(stem) > 2 and stem[-2] in "éeè" and stem[-1] in "lrtvd":
        return stem[:-2] + "è" + stem[-1]
    return stem


@dataclass(frozen=True)
class SpeechWords:
    """The small words around speech in one language."""

    verbs: frozenset[str]
    inverted: frozenset[str]
    nobody: frozenset[str]
    auxiliaries: frozenset[str]
    fillers: frozenset[str]
    determiners: frozenset[str]
    him: frozenset[str]
    according: dict[str, list[tuple[str, ...]]]
    sources: frozenset[str]
    texts: frozenset[str]
    """Of these, those that « la même source » takes up."""
    published: frozenset[str]
    """What may stand between a text and whose it is."""
    read: frozenset[str]
    """After a text, these and « par » tell who read it, not whose it is."""
    things: frozenset[str]
    own: frozenset[str]
    own_things: frozenset[str]
    who: frozenset[str]
    infinitive: frozenset[str]
    organs: frozenset[str]
    governing: frozenset[str]
    about: frozenset[str]
    """Words that open on whom a sentence is about: « quant à X, il »."""
    wordings: frozenset[str]
    """« par ces mots », « en ces termes »."""
    these: frozenset[str]
    thus: tuple[tuple[str, ...], ...]
    """« ainsi », « c'est ce qu' », word by word."""
    object: frozenset[str]
    """What a verb of speech has after it where it is no clause cut in."""
    finding: frozenset[str]
    """Verbs that tell an opinion only with « que » after them."""

    def tells_alone(self, named: list[str]) -> bool:
        """Tell whether what follows « selon » is a thing behind which nobody speaks but the writer.

        « nos informations », « les chiffres disponibles », « nos sources »; not « plusieurs sources », who do speak.
        """
        ours = named[0] in self.own and not self.own_things.isdisjoint(named)
        return ours or not self.things.isdisjoint(named)


@lru_cache(maxsize=8)
def speech_words(lang: str) -> SpeechWords:
    """Return the words of a language."""
    data = table(lang, "quotes")
    grammar = data["grammar"]
    return SpeechWords(
        speech_forms(lang),
        frozenset(grammar["inverted"]),
        frozenset(grammar["nobody"]),
        frozenset(grammar["auxiliaries"]),
        frozenset(grammar["fillers"]),
        frozenset(grammar["determiners"]),
        frozenset(grammar["him"]),
        _phrases(data["sources"]["according"]),
        frozenset(data["sources"]["nouns"]),
        frozenset(data["sources"].get("texts", ())),
        frozenset(data["sources"].get("published", ())),
        frozenset(data["sources"].get("read", ())),
        frozenset(data["sources"]["things"]),
        frozenset(data["sources"]["own"]),
        frozenset(data["sources"]["own_things"]),
        frozenset(grammar["who"]),
        frozenset(grammar["infinitive"]),
        frozenset(fold(w) for w in data["sources"]["organs"]),
        frozenset(data["subject"]["governing"]),
        frozenset(grammar.get("about", ())),
        frozenset(grammar.get("wordings", ())),
        frozenset(grammar.get("these", ())),
        tuple(tuple(words.split()) for words in grammar.get("thus", ())),
        frozenset(grammar.get("object", ())),
        frozenset(grammar.get("finding", ())),
    )


def _phrases(phrases: list[str]) -> dict[str, list[tuple[str, ...]]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(_split(phrase))
        out.setdefault(words[0], []).append(words)
    return out


def _split(phrase: str) -> list[str]:
    return phrase.replace("d'après", "d' après").replace("l'a", "l' a").split()
