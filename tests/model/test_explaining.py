from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import replace

import pytest

from nordclass.mentions.candidates import analyse, features
from nordclass.model.classifier import Classifier
from nordclass.model.heads import sector_terms
from nordclass.result import KINDS
from nordclass.text.document import Document

KO = "몽골 산림청과 한국 산림청은 산림 협력 약정을 맺었다. 일본은 언급되지 않았다. 몽골은 사막화를 막는다."


def labels_of(explained):
    return {kind: [e.label for e in explained if e.label.kind == kind] for kind in KINDS}


@pytest.mark.parametrize("all_scores", [False, True])
def test_the_labels_are_those_of_classify_and_scores(classifier, articles, all_scores):
    label = classifier.scores if all_scores else classifier.classify
    told = 0
    for row in articles[::9]:
        result = label(row["text"], title=row["title"])
        found = labels_of(classifier.explain(row["text"], title=row["title"], all_scores=all_scores))
        assert found == {kind: list(getattr(result, kind)) for kind in KINDS}
        told += sum(map(len, found.values()))
    assert told > 20


def test_spans_are_slices_of_what_was_given(classifier, articles):
    mentions = terms = 0
    for row in articles[::9]:
        parts = {"title": row["title"], "text": row["text"]}
        for each in classifier.explain(row["text"], title=row["title"]):
            spans = [*each.mentions, *(span for reason in each.reasons for span in reason.spans)]
            assert [parts[s.part][s.start : s.end] for s in spans] == [s.written for s in spans]
            assert all(reason.spans for reason in each.reasons)
            assert (each.label.kind == "sectors") == (not each.mentions)
            mentions, terms = mentions + len(each.mentions), terms + len(each.reasons)
    assert min(mentions, terms) > 50


def test_uncertain_labels_are_explained_where_they_are_asked_for(classifier, articles):
    seen = set()
    for row in articles[:160]:
        result = classifier.classify(row["text"], title=row["title"])
        told = {*result.countries, *result.regions, *result.sectors}
        found = classifier.explain(row["text"], title=row["title"], uncertain=True)
        assert {each.label for each in found} == told | set(result.uncertain)
        assert {each.label for each in found if each.told} == told
        assert {e.label for e in classifier.explain(row["text"], title=row["title"])} == told
        every = classifier.explain(row["text"], title=row["title"], all_scores=True)
        assert {each.label for each in every if each.told} == told
        seen |= {(each.told, each.label in result.uncertain) for each in found}
    assert seen == {(True, True), (True, False), (False, True)}


def test_mentions_are_the_names_of_the_place_in_order(classifier):
    found = {e.label.code: e for e in classifier.explain(KO, all_scores=True)}
    assert [(s.part, s.start, s.written) for s in found["MN"].mentions] == [
        ("text", 0, "몽골"),
        ("text", KO.rindex("몽골"), "몽골"),
    ]
    assert [span.written for span in found["JP"].mentions] == ["일본"]


def test_reasons_are_the_terms_of_most_weight_greatest_first(classifier):
    (forestry,) = (e for e in classifier.explain(KO, all_scores=True) if e.label.code == "forestry")
    (fewer,) = (e for e in classifier.explain(KO, most=2, all_scores=True) if e.label.code == "forestry")
    weights = [reason.weight for reason in forestry.reasons]
    assert weights == sorted(weights, reverse=True)
    assert len(fewer.reasons) == 2
    assert {abs(r.weight) for r in fewer.reasons} == set(sorted(map(abs, weights))[-2:])
    (forest,) = (reason for reason in forestry.reasons if reason.term == "산림")
    assert forest.weight > 0
    assert [(span.start, span.written) for span in forest.spans] == [(KO.index("산림 협력"), "산림")]


def test_a_word_that_is_far_away_from_a_name_is_no_reason_of_its_window(classifier):
    """All words of a document are read for all its places; those around a name count for it besides."""
    found = {e.label.code: e for e in classifier.explain(KO, most=99, all_scores=True)}
    weights = {code: {r.term: r.weight for r in found[code].reasons} for code in ("MN", "JP")}
    assert weights["MN"]["협력"] != weights["JP"]["협력"]


@pytest.mark.parametrize(
    ("text", "title", "part"),
    [("  한-몽골 산림협력 약정 체결\n", None, "text"), ("", " 한-몽골 산림협력 약정 체결", "title")],
)
def test_a_headline_alone_is_explained_once_and_where_it_was_given(classifier, text, title, part):
    found = classifier.explain(text, title=title, all_scores=True)
    (mongolia,) = (e for e in found if e.label.code == "MN")
    given = text if part == "text" else title
    assert [(s.part, s.start, s.written) for s in mongolia.mentions] == [(part, given.index("몽골"), "몽골")]
    assert mongolia.reasons
    assert all(len(set(reason.spans)) == len(reason.spans) == 1 for reason in mongolia.reasons)


def test_decomposed_hangul_is_found_where_it_stands(classifier):
    text = unicodedata.normalize("NFD", KO)
    (mongolia,) = (e for e in classifier.explain(text, all_scores=True) if e.label.code == "MN")
    assert [text[s.start : s.end] for s in mongolia.mentions] == [s.written for s in mongolia.mentions]
    assert unicodedata.normalize("NFC", mongolia.mentions[0].written) == "몽골"


@pytest.mark.parametrize("text", ["", "Дом", "날씨가 맑다."])
def test_nothing_told_is_nothing_explained(classifier, text):
    assert classifier.explain(text) == ()


def test_no_text_is_a_type_error(classifier):
    with pytest.raises(TypeError, match="text must be a str"):
        classifier.explain(3)


def test_plain_form(classifier):
    (mongolia,) = (e for e in classifier.explain(KO, most=1, all_scores=True) if e.label.code == "MN")
    plain = json.loads(json.dumps(mongolia.to_dict()))
    assert list(plain) == ["kind", "code", "score", "told", "count", "mentions", "reasons"]
    assert (plain["kind"], plain["count"]) == ("countries", 2)
    assert plain["mentions"][0] == {"part": "text", "start": 0, "end": 2, "written": "몽골"}
    assert list(plain["reasons"][0]) == ["term", "weight", "count", "spans"]
    (short,) = (mongolia.to_dict(spans=1),)
    assert short["mentions"] == plain["mentions"][:1]
    assert short["count"] == 2
    assert [len(reason["spans"]) for reason in short["reasons"]] == [1]
    assert [reason["count"] for reason in short["reasons"]] == [len(r.spans) for r in mongolia.reasons]


@pytest.mark.parametrize("missing", ["places", "sectors", "language"])
def test_a_model_explains_what_it_tells(classifier, missing):
    places, sectors = classifier.places, classifier.sectors
    if missing == "places":
        places = None
    elif missing == "sectors":
        sectors = None
    else:
        sectors = replace(sectors, scorers={"en": sectors.scorers["en"]})
    model = Classifier(classifier.lexicon, places, sectors, classifier.description)
    kinds = {each.label.kind for each in model.explain(KO, all_scores=True)}
    assert kinds == ({"sectors"} if missing == "places" else {"countries"})


def test_weights_are_those_of_the_linear_stage(classifier):
    """Summed over the fields of words; those right beside a name count with and without their side."""
    analysis = analyse(Document.read(KO), classifier.lexicon)
    sides: set[str] = set()
    found = {e.label.code: e for e in classifier.explain(KO, most=999, all_scores=True)}
    for candidate in features(analysis):
        names, shares = classifier.places.scorer.shares(candidate.bags)
        expected = Counter()
        for (field, word), share in zip(names, shares[:, 0].tolist(), strict=True):
            if field in ("document", "title", "window") or (
                field == "near" and word.removeprefix("list ")[:1] in "LR"
            ):
                expected[word.split()[-1]] += share
        weights = {reason.term: reason.weight for reason in found[candidate.code].reasons}
        assert weights == pytest.approx({t: w for t, w in expected.items() if t != "□"}, abs=1e-6)
        sides |= {word.split()[0] for field, word in names if field == "near" and len(word.split()) > 1}
    assert sides & {"R0", "R1", "R2", "R"}
    scorer = classifier.sectors.scorers["ko"].linear
    output = classifier.sectors.labels.index("forestry")
    names, shares = scorer.shares(sector_terms(analysis))
    expected = Counter()
    for (_, term), share in zip(names, shares[:, output].tolist(), strict=True):
        expected[term] += share
    assert {r.term: r.weight for r in found["forestry"].reasons} == pytest.approx(dict(expected), abs=1e-6)


@pytest.mark.parametrize("most", [0, -1])
def test_no_reasons_where_none_are_asked_for(classifier, most):
    found = classifier.explain(KO, most=most, all_scores=True)
    assert found
    assert not any(each.reasons for each in found)


CHANGES = {
    "marks of writing direction": lambda text: f"\u200e\u2068{text}\u2069".replace(" ", " \u202a", 2),
    "line separators": lambda text: text.replace("\n", "\u2028"),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
}


@pytest.mark.parametrize("change", CHANGES)
def test_how_a_text_is_written_changes_neither_labels_nor_what_is_explained(classifier, articles, change):
    made = CHANGES[change]
    for row in articles[::12]:
        for text, title in ((row["text"], row["title"]), (row["text"], None), (row["title"], None)):
            given = made(text), made(title) if title else None
            assert classifier.scores(given[0], title=given[1]) == classifier.scores(text, title=title)
            parts = {"title": given[1], "text": given[0]}
            plain = classifier.explain(text, title=title)
            found = classifier.explain(given[0], title=given[1])
            for one, other in zip(plain, found, strict=True):
                assert [reason.term for reason in one.reasons] == [reason.term for reason in other.reasons]
                for before, after in zip(one.mentions, other.mentions, strict=True):
                    assert parts[after.part][after.start : after.end] == after.written
                    assert read(after.written) == read(before.written)


def read(written):
    return unicodedata.normalize("NFC", re.sub("[\u200e\u202a\u2068\u2069]", "", written)).strip()
