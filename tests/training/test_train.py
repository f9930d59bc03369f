from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import nordclass
from nordclass import DataError, train
from nordclass.model.columns import PLACE_COLUMNS
from nordclass.model.heads import MEANINGS, MeaningReader
from nordclass.model.network import Network
from nordclass.taxonomy import sectors
from nordclass.text.embedding import Embedding

TEXT = "한국과 페루는 전자정부 협력 양해각서를 체결했다. 페루 정부는 사업을 반겼다."


def without(rows, *kinds):
    return [{key: value for key, value in row.items() if key not in kinds} for row in rows]


def same_files(one, other) -> bool:
    first, second = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in (one, other))
    return first == second


def test_the_same_seed_gives_the_same_files(trained, some, tiny, classifier, tmp_path):
    trained.save(tmp_path / "one")
    train(iter(some), recipe=tiny, base=classifier).save(tmp_path / "two")
    assert same_files(tmp_path / "one", tmp_path / "two")


def test_another_seed_gives_other_files(trained, some, tiny, classifier, tmp_path):
    trained.save(tmp_path / "one")
    train(some, recipe=replace(tiny, seed=1), base=classifier).save(tmp_path / "two")
    assert not same_files(tmp_path / "one", tmp_path / "two")


def test_a_base_lends_its_lexicon(trained, classifier):
    assert trained.lexicon is classifier.lexicon


def test_a_trained_model_knows_the_sectors_of_its_records(trained, some):
    found = {label for row in some for label in row["sectors"]}
    assert trained.sectors.labels == tuple(code for code in sectors() if code in found)
    assert set(trained.sectors.scorers) == {"ko", "en"}


def test_a_trained_model_survives_the_disk(trained, some, tmp_path):
    trained.save(tmp_path / "model")
    copy = nordclass.load(tmp_path / "model")
    for row in some[::10]:
        assert copy.classify(row["text"]) == trained.classify(row["text"])


def test_weights_are_kept_as_they_are_stored(trained, some, tmp_path):
    """What was measured must be what is shipped: a model is no other before it is saved than after."""
    trained.save(tmp_path / "model")
    copy = nordclass.load(tmp_path / "model")
    for row in some:
        before, after = (m.scores(row["text"], title=row["title"]) for m in (trained, copy))
        assert after == before
    assert copy.places.threshold == trained.places.threshold
    assert copy.sectors.thresholds.tolist() == trained.sectors.thresholds.tolist()
    for language, scorer in trained.sectors.scorers.items():
        assert (copy.sectors.scorers[language].linear.weights == scorer.linear.weights).all()
    assert (copy.places.scorer.weights == trained.places.scorer.weights).all()


def test_what_tells_releases_is_kept_as_it_is_stored(some, tiny, classifier, tmp_path):
    recipe = replace(tiny, sectors=replace(tiny.sectors, gates={"ko-release": 0.5, "en-release": 0.5}))
    model = train(
        [{**row, "release": i % 3 > 0} for i, row in enumerate(some * 2)], recipe=recipe, base=classifier
    )
    model.save(tmp_path / "model")
    copy = nordclass.load(tmp_path / "model")
    registers = {language: scorer.register for language, scorer in model.sectors.scorers.items()}
    assert any(registers.values())
    for language, register in registers.items():
        assert (copy.sectors.scorers[language].register.weights == register.weights).all()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"recipe": "my.toml"}, r"recipe must be a nordclass\.Recipe, not str: give nordclass\.read_recipe"),
        ({"base": "m"}, r"base must be a nordclass\.Classifier, not str: give nordclass\.load"),
        (
            {"dictionary": "d.tsv"},
            r"dictionary must be a nordclass\.Dictionary, not str: give nordclass\.Dict",
        ),
    ],
)
def test_a_path_is_no_recipe_base_or_dictionary(some, arguments, told):
    with pytest.raises(TypeError, match=told):
        train(some, **arguments)


def test_sectors_of_ones_own(some, tiny, classifier, tmp_path):
    own = [
        {"text": row["text"], "sectors": ["디지털", "ours"] if "ict" in row["sectors"] else ["rest"]}
        for row in some
    ]
    model = train(own, recipe=tiny, base=classifier)
    assert model.sectors.labels == ("ours", "rest", "디지털")
    model.save(tmp_path / "own")
    told = nordclass.load(tmp_path / "own").scores(some[0]["text"]).sectors
    assert {label.code for label in told} == {"ours", "rest", "디지털"}


def test_own_sectors_stand_behind_those_of_the_taxonomy(some, tiny, classifier):
    rows = [row | {"sectors": [*row["sectors"], "a own"]} for row in without(some, "countries", "regions")]
    labels = train(rows, recipe=tiny, base=classifier).sectors.labels
    assert labels[-1] == "a own"
    assert set(labels[:-1]) <= set(sectors())


@pytest.mark.parametrize(
    ("missing", "head"), [(("sectors",), "sectors"), (("countries", "regions"), "places")]
)
def test_a_kind_that_is_not_labelled_takes_the_head_of_the_base(some, tiny, classifier, missing, head):
    model = train(without(some, *missing), recipe=tiny, base=classifier)
    other = {"sectors": "places", "places": "sectors"}[head]
    assert getattr(model, head) is getattr(classifier, head)
    assert getattr(model, other) is not getattr(classifier, other)
    assert set(model.description.metrics) - {"risk_coverage"} == {"countries", "regions", "sectors"} - set(
        missing
    )
    assert ("risk_coverage" in model.description.metrics) == (head == "sectors")


def test_without_a_base_the_shipped_model_serves(shipped, some, tiny):
    model = train(without(some, "sectors"), recipe=tiny)
    assert model.lexicon is shipped.lexicon
    assert model.sectors is shipped.sectors


def test_records_that_name_no_place_leave_the_base_its_country_head(tiny, classifier):
    rows = [
        {
            "text": f"They opened hospital {i} and school {i}.",
            "countries": [],
            "regions": [],
            "sectors": ["health"] * (i % 2),
        }
        for i in range(24)
    ]
    said: list[str] = []
    model = train(rows, recipe=tiny, base=classifier, say=said.append)
    assert model.places is classifier.places
    assert model.sectors.labels == ("health",)
    why = "no labelled document names a place that the table of names knows"
    assert f"{why}; countries are told as by the base model" in said
    headless = nordclass.Classifier(classifier.lexicon, None, None, classifier.description)
    unnamed = [row | {"countries": ["PE"]} for row in rows]
    placeless = train(unnamed, recipe=tiny, base=headless, say=said.append)
    assert placeless.places is None
    assert placeless.description.labels == {"sectors": {"health": 12}}
    assert f"{why}; countries are never told" in said
    with pytest.raises(DataError, match=f"^nothing can be learned from these records: {why} and no document"):
        train([row | {"sectors": []} for row in rows], recipe=tiny, base=classifier)


def test_records_of_which_no_country_is_a_partner(some, tiny, classifier):
    rows = [row | {"countries": [], "regions": [], "sectors": []} for row in some]
    said: list[str] = []
    model = train(rows, recipe=tiny, base=classifier, say=said.append)
    assert model.classify(TEXT).countries == ()
    assert model.sectors is classifier.sectors
    assert "no document is labelled with any sector; sectors are told as by the base model" in said


@pytest.mark.parametrize("labels", [{}, {"sectors": None}, {"countries": "PE", "terms_only": True}])
def test_records_without_labels_to_learn_from(some, tiny, classifier, labels):
    rows = [{"text": row["text"]} for row in some[:24]]
    with pytest.raises(DataError, match="no record has labels"):
        train([rows[0] | labels, *rows[1:]], recipe=tiny, base=classifier)


def test_columns_in_capitals_are_learned_from(some, tiny, classifier):
    rows = [{"Text": row["text"], "SECTORS ": ["ours"]} for row in some]
    assert train(rows, recipe=tiny, base=classifier).sectors.labels == ("ours",)


def test_what_is_odd_about_labels_is_told_once(some, tiny, classifier):
    rows = [row | {"sectors": ["ours", "Ours"]} for row in some]
    rows[0] |= {"countries": ["KR", *rows[0]["countries"]]}
    said: list[str] = []
    train(rows, recipe=tiny, base=classifier, say=said.append)
    assert sum("'Ours' and 'ours'" in line for line in said) == sum("KR" in line for line in said) == 1


def test_a_language_of_too_few_documents_is_told(some, tiny, classifier):
    said: list[str] = []
    train(some[:30] + some[-12:], recipe=tiny, base=classifier, say=said.append)
    (told,) = (line for line in said if "English" in line)
    assert told.startswith("English: 12 of the 20 documents labelled with sectors")
    train(some, recipe=tiny, base=classifier, say=said.append)
    assert sum("English" in line for line in said) == 1


def test_a_cache_that_is_a_file_is_refused_before_the_work(some, tiny, classifier, tmp_path):
    (tmp_path / "cache").touch()
    said: list[str] = []
    with pytest.raises(nordclass.InputError, match="not a folder"):
        train(some, recipe=tiny, base=classifier, cache=tmp_path / "cache", say=said.append)
    assert said == []


@pytest.mark.parametrize(("missing", "given"), [("countries", "regions"), ("regions", "countries")])
def test_countries_and_regions_are_learned_together(some, tiny, classifier, missing, given):
    half = {key: value for key, value in some[25].items() if key != missing}
    with pytest.raises(DataError, match=f"^half has {given} but no {missing}, .* give both") as caught:
        train([*some[:25], half | {"id": "half"}], recipe=tiny, base=classifier)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("count", [0, 1, 19])
def test_too_few_records(some, tiny, classifier, count):
    with pytest.raises(DataError, match=f"^{count} records are too few") as caught:
        train(some[:count], recipe=tiny, base=classifier)
    assert "\n" not in str(caught.value)


def test_the_fewest_records(some, tiny, classifier):
    assert train(some[:20], recipe=tiny, base=classifier).classify(TEXT).model == "tiny 1.0"


def test_malformed_labels_are_named(some, tiny, classifier):
    rows = [*some[:25], some[25] | {"id": "the bad one", "countries": ["Vietnam"]}]
    with pytest.raises(DataError, match="the bad one: unknown country code Vietnam"):
        train(rows, recipe=tiny, base=classifier)


def test_steps_are_told(some, tiny, classifier):
    said: list[str] = []
    train(some[:24], recipe=tiny, base=classifier, say=said.append)
    assert "reading 24 documents" in said
    assert len(said) > 2


def test_hashes_of_the_data_are_written_down(some, tiny, classifier):
    from nordclass.training.settings import Source

    sources = (
        Source("a/b.jsonl"),
        Source("c/b.jsonl", weight=0.5, labels="labels.tsv"),
        Source("d.jsonl", name="a/b.jsonl", labels="unknown.tsv"),
    )
    hashes = {"a/b.jsonl": "12ab", "c/b.jsonl": "34cd", "labels.tsv": "56ef"}
    model = train(some[:24], recipe=replace(tiny, data=sources), base=classifier, hashes=hashes)
    keys = ("path", "weight", "sha256", "labels_sha256")
    assert [tuple(d.get(key) for key in keys) for d in model.description.data] == [
        ("a/b.jsonl", 1.0, "12ab", None),
        ("c/b.jsonl", 0.5, "34cd", "56ef"),
        ("d.jsonl", 1.0, None, None),
    ]


def test_aid_projects_teach_words_and_passages_of_sectors_only(some, tiny, classifier):
    aid = [
        {"text": f"Vaccination of cattle in area {i} of Peru", "sectors": ["agriculture"], "terms_only": True}
        for i in range(20)
    ]
    model = train(some + aid, recipe=tiny, base=classifier)
    assert model.description.metrics["sectors"]["documents"] == len(some)
    assert model.description.metrics["countries"]["documents"] == len(some)
    plain = train(some, recipe=tiny, base=classifier)
    fields = [m.sectors.scorers["en"].linear.vectorizer.fields[0].terms for m in (model, plain)]
    assert any("vaccin" in term for term in fields[0])
    assert not any("cattl" in term for term in set(fields[1]) - set(fields[0]))
    column = fields[0].index(next(term for term in fields[0] if "vaccin" in term))
    passages = model.sectors.scorers["en"].passages
    told = passages.weights[column].tolist()
    assert max(range(len(told)), key=told.__getitem__) == model.sectors.labels.index("agriculture")


def test_words_are_learned_from_in_every_fold_but_those_of_a_whole_article_s_group(
    some, tiny, classifier, monkeypatch
):
    from nordclass.training import train as module

    seen = []
    fit = module.fit_sector_scorers
    monkeypatch.setattr(
        module, "fit_sector_scorers", lambda *args: seen.append(args[2].tolist()) or fit(*args)
    )
    rows = [{**row, "group": f"g{i}"} for i, row in enumerate(some)]
    words = [{**record, "group": "g3"} if i == 0 else record for i, record in enumerate(AID)]
    train(rows + words, recipe=tiny, base=classifier)
    assert set(seen[0][: len(rows)]) == {0, 1}
    assert seen[0][len(rows) :] == [seen[0][3]] + [-1] * (len(words) - 1)


def test_a_dictionary_teaches_the_other_language_and_is_told_in_the_description(some, tiny, classifier):
    from nordclass.training.dictionary import Dictionary
    from nordclass.training.settings import DictionarySettings

    terms = {
        term for field in classifier.sectors.scorers["ko"].linear.vectorizer.fields for term in field.terms
    }
    dictionary = Dictionary(dict.fromkeys(terms, ("agreement",)))
    recipe = replace(tiny, dictionary=DictionarySettings("d.tsv", weight=1.0))
    model = train(some, recipe=recipe, base=classifier, dictionary=dictionary, hashes={"d.tsv": "12ab"})
    plain = train(some, recipe=recipe, base=classifier)
    weights = [m.sectors.scorers["en"].linear.weights for m in (model, plain)]
    assert not np.allclose(*weights)
    assert model.description.settings["dictionary"] == {"path": "d.tsv", "weight": 1.0, "sha256": "12ab"}
    assert plain.description.settings["dictionary"]["path"] == ""
    given = train(some, recipe=tiny, base=classifier, dictionary=dictionary)
    assert given.description.settings["dictionary"]["path"] == "given, not named by the recipe"


def test_unlabelled_texts_feed_the_lexicon(some, tiny):
    from nordclass.training.settings import LexiconSettings

    recipe = replace(tiny, lexicon=LexiconSettings(learn=True, min_count=1))
    model = train(some[:24], recipe=recipe, unlabelled=["뚱딴지는 맛있다", "zyzzyvas"])
    assert "뚱딴지는" in model.lexicon.entries
    assert model.lexicon.entries["zyzzyvas"] == "zyzzyva"


AID = [
    {"text": f"Vaccination of cattle in area {i} of Peru", "sectors": ["agriculture"], "terms_only": True}
    for i in range(24)
]


def test_a_language_may_have_words_of_aid_projects_alone(some, tiny, classifier):
    model = train(some[:30] + AID, recipe=tiny, base=classifier)
    assert set(model.sectors.scorers) == {"ko", "en"}
    english = model.sectors.scorers["en"]
    assert english.linear.bias[-1] == 0  # whether it tells of any cooperation was not learned
    assert (english.passages, english.neighbours) == (None, None)
    assert None not in (model.sectors.scorers["ko"].passages, model.sectors.scorers["ko"].neighbours)


def test_where_no_term_is_frequent_enough_there_is_a_model_still(some, tiny, classifier, tmp_path):
    recipe = replace(tiny, sectors=replace(tiny.sectors, min_df=1000))
    train(some, recipe=recipe, base=classifier).save(tmp_path / "model")
    model = nordclass.load(tmp_path / "model")
    assert not model.sectors.scorers["en"].linear.vectorizer.width
    assert len(model.scores(some[0]["text"]).sectors) == len(model.sectors.labels)


def test_sectors_may_be_read_off_titles_alone(some, tiny, classifier):
    recipe = replace(tiny, sectors=replace(tiny.sectors, weights={"title": 1.0}, nearest=-1))
    scorer = train(some, recipe=recipe, base=classifier).sectors.scorers["ko"]
    assert (scorer.passages, scorer.neighbours) == (None, None)
    assert [field.name for field in scorer.linear.vectorizer.fields] == ["title"]


def test_figures_count_the_gate_of_each_language(some, tiny, classifier):
    places = replace(tiny.places, threshold=0.01, gate=0.01)
    heads = replace(tiny.sectors, iterations=120, gate=0.01)
    recipes = [
        replace(tiny, places=replace(places, gates=gates), sectors=replace(heads, gates=gates))
        for gates in ({"ko": 1.1}, {})
    ]
    closed, free = (train(some, recipe=recipe, base=classifier).description.metrics for recipe in recipes)
    for kind in ("countries", "sectors"):
        assert 0 < closed[kind]["recall"] < free[kind]["recall"]
    assert closed["risk_coverage"]["all"] != free["risk_coverage"]["all"]


def test_aid_projects_alone_are_not_enough(some, tiny, classifier):
    with pytest.raises(DataError, match="all records are terms_only"):
        train(AID, recipe=tiny, base=classifier)
    unlabelled = [{"text": row["text"], "countries": [], "regions": []} for row in some[:30]]
    with pytest.raises(DataError, match="no record that is not terms_only is labelled with sectors"):
        train(unlabelled + AID, recipe=tiny, base=classifier)


def test_documents_that_tell_the_same_story_stay_on_one_side(some, tiny, classifier, monkeypatch):
    """Each document stands there twice: what one copy taught would flatter the figures of the other."""
    chance = np.random.RandomState(0)
    names = ["ict", "health", "energy", "culture"]
    noise = [{"text": r["text"], "sectors": [names[chance.randint(4)]]} for r in some]
    grouped = [row | {"group": str(i)} for i, row in enumerate(noise)] * 2

    def f1(rows) -> float:
        return train(rows, recipe=tiny, base=classifier).description.metrics["sectors"]["f1"]

    seen = f1(noise * 2)
    monkeypatch.setattr("nordclass.training.train.join_stories", lambda groups, bags, folds: groups)
    named, flattered = f1(grouped), f1(noise * 2)
    assert flattered > max(seen, named) + 0.2


def test_each_fold_needs_a_group(some, tiny, classifier):
    rows = [row | {"group": "one"} for row in some]
    with pytest.raises(DataError, match=f"of 1 groups; learning in {tiny.folds} folds needs as many"):
        train(rows, recipe=tiny, base=classifier)


@pytest.mark.parametrize(
    ("missing", "kind"), [(("sectors",), "countries"), (("countries", "regions"), "sectors")]
)
def test_thresholds_need_representative_records(some, tiny, classifier, missing, kind):
    rows = [row | {"representative": False} for row in without(some, *missing)]
    with pytest.raises(DataError, match=f"no representative record is labelled with {kind}"):
        train(rows, recipe=tiny, base=classifier)


def test_sectors_need_a_language_with_documents_enough(some, tiny, classifier):
    rows = without(some[:15] + some[-15:], "countries", "regions")
    with pytest.raises(DataError, match="no language has the 20 documents"):
        train(rows, recipe=tiny, base=classifier)


@pytest.fixture
def few_are_enough(monkeypatch):
    """Networks are learned from a few dozen candidates."""
    monkeypatch.setattr("nordclass.training.places._ENOUGH", 20)


def test_a_base_lends_what_terms_mean(some, tiny, classifier, few_are_enough):
    terms = tuple(sorted({term for entry in classifier.lexicon.entries.values() for term in entry.split()}))
    vectors = np.random.RandomState(0).randint(-8, 9, (len(terms), 3)).astype(np.float32)
    network = Network(
        np.zeros(PLACE_COLUMNS, np.float32),
        np.ones(PLACE_COLUMNS, np.float32),
        np.zeros((MEANINGS * 3 + PLACE_COLUMNS, 1), np.float32),
        np.zeros(1, np.float32),
        np.zeros(1, np.float32),
        0.0,
    )
    reader = MeaningReader(Embedding(terms, vectors), network)
    places = replace(classifier.places, reader=reader)
    base = nordclass.Classifier(classifier.lexicon, places, classifier.sectors, classifier.description)
    model = train(some, recipe=tiny, base=base)
    assert model.places.reader.embedding is reader.embedding
    assert model.places.reader.network.hidden.shape == (MEANINGS * 3 + PLACE_COLUMNS, 3 * 32)
    without_it = replace(tiny, places=replace(tiny.places, networks=0))
    assert train(some, recipe=without_it, base=base).places.reader is None
    assert train(some, recipe=tiny, base=classifier).places.reader is None


def test_meanings_are_learned_with_the_lexicon(some, tiny, few_are_enough, tmp_path):
    from nordclass.training.settings import LexiconSettings

    settings = LexiconSettings(learn=True, meanings=400, dimensions=8)
    said: list[str] = []
    model = train(some, recipe=replace(tiny, lexicon=settings), say=said.append)
    assert "learning what terms mean" in said
    embedding = model.places.reader.embedding
    assert embedding.dimensions == 8
    assert 16 < len(embedding.terms) <= 400
    model.save(tmp_path / "model")
    copy = nordclass.load(tmp_path / "model")
    for row in some[::10]:
        before, after = ([label.score for label in m.scores(row["text"]).countries] for m in (model, copy))
        assert after == pytest.approx(before, abs=0.02)
