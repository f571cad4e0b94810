"""Train the French pipeline that ships in ``src/palabre/lang/fr/pipeline`` and write its scores beside it.

Usage::

    python tools/train_fr.py --treebanks DIR --out src/palabre/lang/fr/pipeline

``DIR`` holds Universal Dependencies files (``fr_sequoia-ud-train.conllu`` and the others named below). The script only
trains: no sentence of the treebanks is copied to the output, nor their vocabulary. It must not be imported by the
package.
"""

from __future__ import annotations

import argparse
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.strings import StringStore
from spacy.tokens import Doc, Token
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.training.converters.conllu_to_docs import conllu_to_docs
from spacy.util import load_config, load_model_from_config
from spacy.vocab import Vocab
from thinc.api import Adam, Optimizer, fix_random_seed, warmup_linear

# What the caller applies to a text before parsing it; every replacement is one character long, so offsets hold.
NORMALISE = str.maketrans("’‘ʼ\u00a0\u202f\u2009\u2010\u2011", "'''   --")

TRAIN = ("fr_sequoia-ud-train", "fr_gsd-ud-dev")
SCORED = {
    "Sequoia dev": "fr_sequoia-ud-dev",
    "Sequoia test": "fr_sequoia-ud-test",
    "GSD test": "fr_gsd-ud-test",
    "PUD test": "fr_pud-ud-test",
}
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
REPORTED = ("nsubj", "nsubj:pass", "obj", "obl:agent", "obl:arg", "ccomp", "xcomp", "advcl", "acl:relcl")

UD = "https://github.com/UniversalDependencies/UD_French-"
SOURCES = tuple(
    {"name": f"UD French {name}", "author": f"{author} and others", "license": licence, "url": UD + name}
    for name, author, licence in (
        ("Sequoia", "Candito, Seddah, Perrier, Guillaume", "LGPL-LR"),
        ("GSD", "de Marneffe, Guillaume, McDonald, Suhr, Nivre, Grioni, Dickerson, Perrier", "CC BY-SA 4.0"),
    )
)
META = {
    "name": "palabre_pipeline",
    "version": "1.0.0",
    "description": "French tagger, lemmatiser and parser of Palabre: spaCy tok2vec trained on UD Sequoia and GSD.",
    "author": "Palabre",
    "license": "CC BY-SA 4.0 and LGPL-LR",
}
CARD = """# The French pipeline, {version}

Written by `tools/train_fr.py`; do not edit by hand. Trained with spaCy {spacy}, {megabytes:.1f} MB, loaded with
`spacy.load(path)`: no network, no code of its own. About {rate:,.0f} words a second on one thread of the machine it was
trained on. One tok2vec is shared by the morphologizer ({morphs} classes), the edit-tree lemmatiser ({trees} trees) and
the parser, which also finds the sentences.

## Before parsing
The text must be given one-for-one replacements, so that offsets hold:

    NORMALISE = str.maketrans("’‘ʼ\\u00a0\\u202f\\u2009\\u2010\\u2011", "'''   --")
    doc = nlp(text.translate(NORMALISE))

Guillemets, curly quotation marks, dashes and ends of line may be left as they are.

## What the annotation looks like
- `token.pos_`: UPOS. `token.morph`: Definite, Gender, Mood, Number, Person, Polarity, Poss, PronType, Reflex, Tense,
  VerbForm, Voice.
- *du, des, au, aux, auquel* are one token: ADP with the lemma *de* or *à*, or PRON with the lemma *lequel*.
- Personal pronouns have the lemmas *moi, toi, lui, soi, nous, vous, eux*; *M.* and *Mme*, *monsieur* and *madame*.
- A number written with spaces is several tokens, the first one the head of the others (`flat`).
- Relations: {relations}.

## Scores
Sentences joined by tens with a space, tokenised by spaCy; punctuation is not counted in UAS and LAS. *LAS base* ignores
what follows the colon of a relation. PUD marks `obl` without a subtype and has parts of speech of its own for some
determiners, and fewer features: its *LAS base* is the one to read.

{main}

F1 by relation:

{detail}

## Corpora
Trained on {trained}. Sequoia dev was looked at while training; Sequoia test, GSD test and PUD were not.

| corpus | authors | licence | source |
|---|---|---|---|
{attributions}

The weights are distributed under the licences of these corpora. No sentence of them is in this folder.
"""


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
    pieces = [token.text.translate(NORMALISE).split(" ") for token in doc]
    starts = [sum(len(p) for p in pieces[:i]) for i in range(len(pieces))]
    rows: Sentence = []
    for token, parts in zip(doc, pieces, strict=True):
        pos, morph, lemma, relation = harmonise(token)
        for n, part in enumerate(parts):
            space = n < len(parts) - 1 or bool(token.whitespace_)
            head, dep = (starts[token.head.i], relation) if n == 0 else (starts[token.i], "flat")
            rows.append(Row(part, space, pos, morph, lemma if len(parts) == 1 else part, head, dep))
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


def varied(nlp: Language, sentences: Sequence[Sentence], rng: random.Random) -> Iterator[Example]:
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
            new = typographic(sentence, style, apostrophe, dash)
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


def score(nlp: Language, examples: Sequence[Example]) -> dict[str, float]:
    """Score in percent; ``LAS base`` ignores what follows the colon of a relation. Punctuation is not counted."""
    docs = nlp.pipe(eg.reference.text for eg in examples)
    parsed = [Example(doc, eg.reference) for doc, eg in zip(docs, examples, strict=True)]
    got = Scorer(nlp).score(parsed)
    base = Scorer.score_deps(
        parsed, "dep", getter=lambda token, attr: token.dep_.split(":")[0], ignore_labels=("p", "punct")
    )
    figures = {
        "UPOS": got["pos_acc"],
        "Feats": got["morph_acc"],
        "Lemma": got["lemma_acc"],
        "UAS": got["dep_uas"],
        "LAS": got["dep_las"],
        "LAS base": base["dep_las"],
        "Sent. F1": got["sents_f"],
    }
    figures |= {label: got["dep_las_per_type"].get(label, {"f": 0.0})["f"] for label in REPORTED}
    return {name: round(100 * value, 1) for name, value in figures.items()}


def train(
    nlp: Language, sentences: list[Sentence], dev: list[Sentence], steps: int, words: int, seed: int
) -> Optimizer:
    """Train for a number of batches of about ``words`` words; print the dev scores as it goes."""
    nlp.initialize(lambda: plain(nlp, sentences))
    rate: Any = warmup_linear(0.002, 250, steps + 1)
    optimizer: Optimizer = Adam(rate, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
    rng = random.Random(seed)
    start, done = time.monotonic(), 0
    dev_examples = plain(nlp, dev)
    while done < steps:
        for batch in minibatch_by_words(varied(nlp, sentences, rng), size=words):
            nlp.update(batch, sgd=optimizer, drop=0.15)
            optimizer.step_schedules()  # type: ignore[no-untyped-call]
            done += 1
            if done % 500 == 0 or done == steps:
                with nlp.use_params(optimizer.averages):
                    print(done, f"{time.monotonic() - start:.0f}s", score(nlp, dev_examples), flush=True)
            if done >= steps:
                break
    return optimizer


def speed(nlp: Language, sentences: Sequence[Sentence]) -> int:
    """Words a second on this machine, documents of ten sentences."""
    texts = [eg.reference.text for eg in plain(nlp, sentences)]
    start = time.perf_counter()
    count = sum(len(doc) for doc in nlp.pipe(texts))
    return int(count / (time.perf_counter() - start))


def strip_strings(folder: Path) -> None:
    """Leave in the saved vocabulary the strings the lemmatiser spells with, not the words of the corpora."""
    strings = StringStore().from_disk(folder / "vocab" / "strings.json")
    trees = srsly.msgpack_loads((folder / "lemmatizer" / "trees").read_bytes())["trees"]
    todo, kept = list(srsly.read_json(folder / "lemmatizer" / "cfg")["labels"]), set[str]()
    while todo:
        tree = trees[todo.pop()]
        if "orig" in tree:
            kept |= {strings[tree[part]] for part in ("orig", "subst")}
        else:
            todo += [tree[part] for part in ("prefix_tree", "suffix_tree") if tree[part] < len(trees)]
    srsly.write_json(folder / "vocab" / "strings.json", sorted(kept - {""}))


def size_of(folder: Path) -> float:
    """Size of a folder in megabytes."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6


def table(scores: dict[str, dict[str, float]], columns: Sequence[str]) -> str:
    """A Markdown table, one line per corpus."""
    lines = ["| corpus | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(f"{row[c]:.1f}" for c in columns) + " |" for name, row in scores.items()]
    return "\n".join(lines)


def card(nlp: Language, scores: dict[str, dict[str, float]], megabytes: float, rate: int) -> str:
    """The text that ships beside the model."""
    pipes: dict[str, Any] = dict(nlp.pipeline)
    columns = [c for c in next(iter(scores.values())) if c not in REPORTED]
    return CARD.format(
        version=nlp.meta["version"],
        spacy=version("spacy"),
        trained=", ".join(f"`{name}`" for name in TRAIN),
        attributions="\n".join(f"| {s['name']} | {s['author']} | {s['license']} | {s['url']} |" for s in SOURCES),
        main=table(scores, columns),
        detail=table(scores, REPORTED),
        megabytes=megabytes,
        rate=round(rate, -2),
        morphs=len(pipes["morphologizer"].labels),
        trees=len(pipes["lemmatizer"].labels),
        relations=", ".join(sorted(set(pipes["parser"].labels))),
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Train, score and write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, required=True, help="folder of the CoNLL-U files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model; replaced")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--words", type=int, default=1000, help="words in a batch")
    parser.add_argument("--seed", type=int, default=2025)
    args = parser.parse_args(argv)

    fix_random_seed(args.seed)
    sentences = [s for name in TRAIN for s in read_treebank(args.treebanks / f"{name}.conllu")]
    held_out = {label: read_treebank(args.treebanks / f"{name}.conllu") for label, name in SCORED.items()}
    nlp = load_model_from_config(load_config(Path(__file__).with_suffix(".cfg")), auto_fill=True)
    optimizer = train(nlp, sentences, held_out["Sequoia dev"], args.steps, args.words, args.seed)

    with nlp.use_params(optimizer.averages):
        scores = {label: score(nlp, plain(nlp, gold)) for label, gold in held_out.items()}
        nlp.meta |= META | {"sources": list(SOURCES), "performance": scores}
        if args.out.exists():
            shutil.rmtree(args.out)
        args.out.mkdir(parents=True)
        nlp.to_disk(args.out)
        strip_strings(args.out)
    shipped = spacy.load(args.out)
    if score(shipped, plain(shipped, held_out["Sequoia dev"])) != scores["Sequoia dev"]:
        raise SystemExit("the model read back from the disk does not score like the one that was trained")
    rate = speed(shipped, held_out["PUD test"])
    (args.out / "README.md").write_text(card(shipped, scores, size_of(args.out), rate), encoding="utf-8")
    print(table(scores, list(scores["PUD test"])), f"{size_of(args.out):.1f} MB, {rate} words/s", sep="\n")


if __name__ == "__main__":
    main()
