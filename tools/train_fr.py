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
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.strings import StringStore
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.util import load_config, load_model_from_config
from thinc.api import Adam, Optimizer, fix_random_seed, warmup_linear

from train_fr_data import Sentence, plain, read_treebank, speakers, varied

TRAIN = ("fr_sequoia-ud-train", "fr_gsd-ud-dev")
SCORED = {
    "Sequoia dev": "fr_sequoia-ud-dev",
    "Sequoia test": "fr_sequoia-ud-test",
    "GSD test": "fr_gsd-ud-test",
    "PUD test": "fr_pud-ud-test",
}
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
- *a-t-il* is three tokens, *-t* being PART, attached to the pronoun (`dep`).
- The speaker clause of a quotation (*« … », a dit le ministre*) hangs from the head of what is said, as
  `parataxis:insert`, with its subject after it.
- Runs of line ends are tokens of their own, SPACE and `dep`.
- A number written with spaces is several tokens, the first one the head of the others (`flat`).
- Relations: {relations}.

## Scores
Sentences joined by tens with a space, tokenised by spaCy; punctuation is not counted in UAS and LAS. *LAS base* ignores
what follows the colon of a relation. PUD marks `obl` without a subtype and has parts of speech of its own for some
determiners, and fewer features: its *LAS base* is the one to read.

{main}

F1 by relation:

{detail}

## Where it errs
- The lemma of a conjugated verb the treebanks do not show is often wrong (*promet*, *prévoit*, *construira*), more
  often than its tense: match cue verbs by form or by stem as well as by lemma.
- `obl:arg` against `obl:mod`, the place of a complement after a noun, and `advcl` are weak.
- A line in capitals keeps its capitals in the lemmas.

## Corpora
Trained on {trained}, and on what `tools/train_fr_data.py` writes out of the
same sentences while training: press typography, verbs in the future and the conditional, sentences quoted with their
speaker after them. Sequoia dev was looked at while training; Sequoia test, GSD test and PUD were not.

| corpus | authors | licence | source |
|---|---|---|---|
{attributions}

The weights are distributed under the licences of these corpora. No sentence of them is in this folder.
"""


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
    people = speakers(sentences)
    first = list(varied(nlp, sentences, people, random.Random(seed)))
    nlp.initialize(lambda: plain(nlp, sentences) + first)
    rate: Any = warmup_linear(0.002, 250, steps + 1)
    optimizer: Optimizer = Adam(rate, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
    rng = random.Random(seed)
    start, done = time.monotonic(), 0
    dev_examples = plain(nlp, dev)
    while done < steps:
        for batch in minibatch_by_words(varied(nlp, sentences, people, rng), size=words):
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
