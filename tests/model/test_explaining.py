from __future__ import annotations

import json
import unicodedata

import pytest

from nordclass.result import KINDS

KO = "몽골 산림청과 한국 산림청은 산림 협력 약정을 맺었다. 일본은 언급되지 않았다. 몽골은 사막화를 막는다."


def labels_of(explained):
    return {kind: [e.label for e in explained if e.kind == kind] for kind in KINDS}


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
            assert (each.kind == "sectors") == (not each.mentions)
            mentions, terms = mentions + len(each.mentions), terms + len(each.reasons)
    assert min(mentions, terms) > 50


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
    assert list(plain) == ["kind", "code", "score", "mentions", "reasons"]
    assert plain["mentions"][0] == {"part": "text", "start": 0, "end": 2, "written": "몽골"}
    assert list(plain["reasons"][0]) == ["term", "weight", "spans"]
