"""Trains a classifier from labelled records."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nordclass.arguments import check_kind
from nordclass.errors import DataError
from nordclass.mentions.candidates import analyse
from nordclass.model.classifier import Classifier
from nordclass.model.heads import RELEASE, FirstPass, PlaceHead, SectorHead, no_mentions
from nordclass.model.precision import stored_places, stored_sectors
from nordclass.model.sector_scorer import PASSAGE_FIELD, UNREAD
from nordclass.result import COUNTRIES, SECTORS
from nordclass.taxonomy import sectors
from nordclass.text.document import Document
from nordclass.text.embedding import Embedding
from nordclass.text.lexicon import Lexicon
from nordclass.text.normalize import normalize
from nordclass.training.describe import describe
from nordclass.training.dictionary import Dictionary, translated
from nordclass.training.doubtful_labels import contradictions, doubtful_sectors, home_as_partner
from nordclass.training.embeddings import learn_embedding
from nordclass.training.examples import Example, examples
from nordclass.training.fitting import fold_numbers, release_processes
from nordclass.training.lent import LENT_PLACES, why_keep_places
from nordclass.training.lexicons import learn_lexicon
from nordclass.training.morphemes import check_cache
from nordclass.training.places import (
    PlaceScores,
    best_places,
    enough_for_network,
    fit_place_combiner,
    fit_place_scorer,
)
from nordclass.training.records import Labelled, labelled
from nordclass.training.sectors import (
    FEWEST,
    SectorScores,
    Translate,
    fit_sector_combiner,
    fit_sector_scorers,
    sector_labels,
    untranslated,
)
from nordclass.training.settings import DictionarySettings, Recipe
from nordclass.training.stories import join_stories
from nordclass.training.untaught import untaught_languages, why_untaught

Say = Callable[[str], None]

_GIVEN: Final = "given, not named by the recipe"
"""What stands for the path of a dictionary that has none."""


def train(
    records: Iterable[Mapping[str, Any]],
    *,
    recipe: Recipe | None = None,
    base: Classifier | None = None,
    unlabelled: Sequence[str] = (),
    dictionary: Dictionary | None = None,
    cache: str | os.PathLike[str] | None = None,
    say: Say | None = None,
    hashes: Mapping[str, str] | None = None,
) -> Classifier:
    """Train a classifier on labelled `records` (dicts with text, title, countries, regions, sectors).

    `base` lends its lexicon, and what it knows of the meaning of terms, unless the recipe learns them, and
    its country or sector head where the records are not labelled for it; without it the shipped model
    serves. `unlabelled` texts only feed the lexicon and the meanings. By the `dictionary` the sectors of
    documents in one language teach the other (of the recipe's own only its weight is read here). `cache` is a
    folder that keeps the analysis of texts between runs. `say` is told of each step, of labels that may not
    be meant as they are written, and of what the records are labelled with and do not teach. `hashes` are the
    SHA-256 of the recipe's files by their paths there, for the model's description.

    Raises DataError when the records are malformed or fewer than 20, have no labels or none that teach
    anything, when one is labelled with countries and not with regions or the other way round, when they have
    fewer groups than the recipe has folds, or leave nothing to choose thresholds on; InputError when `cache`
    is no folder; TypeError when `recipe`, `base` or `dictionary` is of another class, such as a path.
    """
    recipe = Recipe() if recipe is None else recipe
    check_kind("recipe", recipe, Recipe, "nordclass.read_recipe(path)")
    if base is not None:
        check_kind("base", base, Classifier, "nordclass.load(path)")
    if dictionary is not None:
        check_kind("dictionary", dictionary, Dictionary, "nordclass.Dictionary.read(path)")
    folder = None if cache is None else Path(cache)
    if folder is not None:
        check_cache(folder)
    say = say or (lambda _: None)
    documents = labelled(records)
    if len(documents) < FEWEST:
        raise DataError(f"{len(documents)} records are too few to learn from; {FEWEST} are the least")
    _check_labels(documents)
    _check_places(documents)
    groups = _groups(documents, recipe)
    for doubt in (home_as_partner, contradictions, doubtful_sectors):
        if told := doubt(documents):
            say(told)
    if base is None and not (recipe.lexicon.learn and _labels_everything(documents)):
        from nordclass.model.store import load

        base = load()
    lexicon = base.lexicon if base and not recipe.lexicon.learn else None
    if lexicon is None:
        say("learning the lexicon")
        lexicon = _lexicon(documents, unlabelled, recipe, folder)
    say(f"reading {len(documents)} documents")
    corpus = examples(documents, lexicon)
    del documents  # their texts are not needed any more
    _tell_untaught(corpus, base, say)
    fold = _folds(groups, corpus, recipe)
    embedding = None
    if enough_for_network(corpus, recipe.places):
        if recipe.lexicon.learn:
            say("learning what terms mean")
            embedding = _embedding(corpus, unlabelled, lexicon, recipe)
        elif base and base.places and base.places.reader:
            embedding = base.places.reader.embedding
    translate: Translate = untranslated
    used = DictionarySettings()
    if dictionary:
        used = replace(recipe.dictionary, path=recipe.dictionary.path or _GIVEN)
        translate = partial(
            translated, corpus, dictionary=dictionary, lexicon=lexicon, weight=used.weight, seed=recipe.seed
        )
    recipe = replace(recipe, dictionary=used)  # the model's description says what it was made with
    lessons = _Lessons(corpus, fold, recipe, base)
    return _fit(lessons, lexicon, embedding, translate, say, hashes or {})


def _groups(documents: Sequence[Labelled], recipe: Recipe) -> list[str | None]:
    """The group of each document; None for those to be learned from in every fold.

    These are `terms_only` ones, of which no figure is taken, but for those of the group of a whole article.

    Raises DataError when there are not enough groups of whole articles.
    """
    whole = {document.group for document in documents if not document.terms_only}
    if not whole:
        raise DataError("all records are terms_only; those teach words beside whole articles, never alone")
    if len(whole) < recipe.folds:
        but = " that are not terms_only" if any(document.terms_only for document in documents) else ""
        raise DataError(
            f"the records{but} are of {len(whole)} groups; learning in {recipe.folds} folds needs as many"
        )
    return [document.group if document.group in whole else None for document in documents]


def _folds(groups: Sequence[str | None], corpus: Sequence[Example], recipe: Recipe) -> NDArray[np.int64]:
    """The fold of each document, the same for those of one group or one story; -1 for those without group."""
    held = [i for i, group in enumerate(groups) if group is not None]
    bags = [corpus[i].terms["text"] for i in held]
    stories = join_stories([groups[i] for i in held], bags, recipe.folds)
    fold = np.full(len(groups), -1, dtype=np.int64)
    fold[held] = fold_numbers(stories, recipe.folds, recipe.seed)
    return fold


def _asks_for_releases(recipe: Recipe) -> bool:
    """Whether releases are to have a gate of their own."""
    return any(manner.endswith(RELEASE) for manner in (*recipe.places.gates, *recipe.sectors.gates))


def _check_labels(documents: Sequence[Labelled]) -> None:
    """Refuse documents without labels; countries and regions of `terms_only` ones teach nothing."""
    whole = [document for document in documents if not document.terms_only]
    of_places = any(document.countries is not None or document.regions is not None for document in whole)
    if not of_places and all(document.sectors is None for document in documents):
        raise DataError("no record has labels (countries, regions or sectors) to learn from")


def _check_places(documents: Sequence[Labelled]) -> None:
    """Refuse countries without regions and regions without countries: one head learns both.

    From what is missing it would learn that no region, or no country, is ever a partner.
    """
    for document in documents:
        if (document.countries is None) != (document.regions is None):
            pair = ("countries", "regions")
            given, missing = pair if document.regions is None else pair[::-1]
            raise DataError(
                f"{document.id} has {given} but no {missing}, and both are learned together:"
                " give both, with an empty list or cell where there is none"
            )


def _tell_untaught(corpus: Sequence[Example], base: Classifier | None, say: Say) -> None:
    """Say which kinds of label the documents have and do not teach. Raises DataError when they teach none."""
    untaught = why_untaught(corpus)
    if all(untaught.values()):
        raise DataError(f"nothing can be learned from these records: {' and '.join(untaught.values())}")
    lent = {COUNTRIES: base.places, SECTORS: base.sectors} if base else {}
    for kind, why in untaught.items():
        if why:
            say(f"{why}; {kind} are {'told as by the base model' if lent.get(kind) else 'never told'}")


def _labels_everything(documents: Sequence[Labelled]) -> bool:
    return any(d.countries is not None for d in documents) and any(d.sectors is not None for d in documents)


def _lexicon(
    documents: Sequence[Labelled], unlabelled: Sequence[str], recipe: Recipe, cache: Path | None
) -> Lexicon:
    # Unlabelled texts first: the chunks of their analysis stay cached when documents are added.
    texts = [normalize(text)[0] for text in unlabelled]
    texts += [normalize(f"{d.title}\n{d.text}")[0] for d in documents]
    return learn_lexicon(
        [text for text in texts if _hangul(text)],
        [text for text in texts if not _hangul(text)],
        size=recipe.lexicon.size,
        min_count=recipe.lexicon.min_count,
        cache=cache,
    )


def _embedding(
    corpus: Sequence[Example], unlabelled: Sequence[str], lexicon: Lexicon, recipe: Recipe
) -> Embedding | None:
    documents = [example.terms["text"] for example in corpus]
    documents += [analyse(Document.read(text), lexicon).terms for text in unlabelled]
    return learn_embedding(
        documents, size=recipe.lexicon.meanings, dimensions=recipe.lexicon.dimensions, seed=recipe.seed
    )


def _hangul(text: str) -> bool:
    return any("가" <= char <= "힣" for char in text[:2000])


@dataclass(frozen=True)
class _Lessons:
    """What the heads are learned from: the documents, the fold of each, the settings, what others know."""

    corpus: Sequence[Example]
    fold: NDArray[np.int64]
    recipe: Recipe
    base: Classifier | None


def _fit(
    lessons: _Lessons,
    lexicon: Lexicon,
    embedding: Embedding | None,
    translate: Translate,
    say: Say,
    hashes: Mapping[str, str],
) -> Classifier:
    """Learn both heads, as far as the documents teach them; the others are those of the base."""
    places, scores = _fit_scorers(lessons, translate, say)
    release_processes()
    passes = _first_passes(lessons, places, scores)
    say("learning the combiners")
    place_head, sector_head, figures = _fit_combiners(lessons, passes, places, scores, embedding)
    release_processes()
    description = describe(lessons.corpus, lessons.recipe, place_head, sector_head, passes, figures, hashes)
    return Classifier(lexicon, place_head, sector_head, description)


def _fit_scorers(
    lessons: _Lessons, translate: Translate, say: Say
) -> tuple[PlaceScores | None, SectorScores | None]:
    """Fit the linear scorers of both heads; None for one that the documents do not teach."""
    corpus, fold, recipe = lessons.corpus, lessons.fold, lessons.recipe
    places = scores = None
    if any(e.partners is not None and e.candidates for e in corpus):
        if why := why_keep_places(corpus, lessons.base):
            say(why)
        say("learning the country head")
        places = fit_place_scorer(corpus, fold, recipe.places)
    labels = sector_labels(corpus, list(sectors()))
    if labels:
        say(f"learning the sector head ({len(labels)} sectors)")
        scores = fit_sector_scorers(corpus, labels, fold, recipe.sectors, translate)
        if _asks_for_releases(recipe) and not any(s.register for s in scores.scorers.values()):
            say(f"a gate for releases holds for none: {FEWEST} releases and {FEWEST} others are the least")
        if not scores.scorers:
            raise DataError(
                f"no language has the {FEWEST} documents labelled with sectors that learning needs"
            )
        for few in untaught_languages(corpus):
            say(few)
        if places is None and lessons.base and lessons.base.places:
            say(LENT_PLACES)
    return places, scores


def _first_passes(
    lessons: _Lessons, places: PlaceScores | None, scores: SectorScores | None
) -> list[FirstPass]:
    """What each document is like before any combiner, out of fold where it taught the scorers."""
    place_head = lessons.base.places if lessons.base else None
    sector_head = lessons.base.sectors if lessons.base else None
    passes = []
    for i, example in enumerate(lessons.corpus):
        candidates = example.candidates
        if places:
            logits, mentions = places.held_out[i], places.mentions_held_out[i]
        elif place_head:
            logits, mentions = place_head.logits(candidates), place_head.mention_logits(candidates)
        else:
            logits, mentions = np.zeros(0, dtype=np.float32), no_mentions(0)
        if scores:
            reading = scores.held_out[i]
        elif sector_head:
            reading = sector_head.read(example.terms, example.terms[PASSAGE_FIELD], example.language)
        else:
            reading = UNREAD
        passes.append(
            FirstPass(
                candidates=candidates if len(logits) else [],
                places=logits,
                mentions=mentions,
                reading=reading,
                language=example.language,
                home_mentions=example.home_mentions,
                layout=example.layout,
                terms=example.terms,
            )
        )
    return passes


def _fit_combiners(
    lessons: _Lessons,
    passes: Sequence[FirstPass],
    places: PlaceScores | None,
    scores: SectorScores | None,
    embedding: Embedding | None,
) -> tuple[PlaceHead | None, SectorHead | None, dict[str, Any]]:
    """Fit the combiners, thresholds and gates; also returns what the heads say out of fold, for reports.

    Heads that were learned are as they are stored, which those of the base are already.
    """
    corpus, fold, recipe = lessons.corpus, lessons.fold, lessons.recipe
    place_head = lessons.base.places if lessons.base else None
    sector_head = lessons.base.sectors if lessons.base else None
    figures: dict[str, Any] = {}
    if places:
        place_head, figures["places"] = fit_place_combiner(
            places, passes, corpus, fold, recipe.places, recipe.seed, embedding
        )
    if scores:
        partner = np.zeros(len(corpus), dtype=np.float32)
        if recipe.sectors.sure_partner:
            partner = best_places(place_head, passes, corpus, figures.get("places"))
        sector_head, figures["sectors"] = fit_sector_combiner(
            scores, passes, corpus, partner, fold, recipe.sectors, recipe.seed
        )
        sector_head = stored_sectors(sector_head)
    if places and place_head:
        place_head = stored_places(place_head)
    return place_head, sector_head, figures
