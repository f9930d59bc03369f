from __future__ import annotations

import json
import time
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nordclass import Label, NordclassError, Result
from nordclass.model.classifier import Classifier, Scored
from nordclass.taxonomy import countries, regions, sectors

TEXT = "한국과 {a}는 전자정부 협력 양해각서를 체결했다. {a} 정부는 사업을 반겼다. 아세안도 자료를 냈다."
PIECES = ("페루", "쿠바와 ", "협정", "Peru ", "signed ", "\n", "(", "\ud800", "é", "e\u0301", "“", "ㆍ")
KINDS = ("countries", "regions", "sectors")


def valid(result: Result) -> bool:
    known = {"countries": countries(), "regions": regions(), "sectors": sectors()}
    for kind in KINDS:
        labels = getattr(result, kind)
        assert isinstance(labels, tuple)
        assert [label.score for label in labels] == sorted((label.score for label in labels), reverse=True)
        assert len({label.code for label in labels}) == len(labels)
        for label in labels:
            assert isinstance(label, Label)
            assert type(label.score) is float
            assert 0 <= label.score <= 1
            place = known[kind][label.code]
            assert (label.name_ko, label.name_en) == (place.name_ko, place.name_en)
    assert "KR" not in {label.code for label in result.countries}
    assert result.language in {"ko", "en", "und"}
    json.dumps(result.to_dict(), allow_nan=False)
    return True


def test_the_model_tells_something_of_its_own_articles(classifier, articles):
    told = [classifier.classify(row["text"], title=row["title"]) for row in articles[:40]]
    assert all(map(valid, told))
    right = sum(
        bool({label.code for label in result.countries} & set(row["countries"]))
        for result, row in zip(told, articles, strict=False)
    )
    labelled = sum(bool(row["countries"]) for row in articles[:40])
    assert right > labelled / 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "12345 678.90% (1) 2",
        "!?…「」※",
        "Москва и Астана подписали соглашение",
        "東京で首脳会談",
        "الرياض",
        "😀" * 100,
        "\x00\x01\x7f",
        "\ud800\udfff",
        "ㅋㅋㅋㅋ",
    ],
)
def test_text_without_hangul_or_latin_letters_gives_an_empty_result(classifier, text):
    assert classifier.classify(text) == Result(model=classifier.name)
    assert classifier.scores(text, title=text) == Result(model=classifier.name)


@pytest.mark.parametrize("text", [None, 5, b"Korea", ["Korea"], float("nan")])
def test_text_that_is_no_string_is_a_type_error(classifier, text):
    with pytest.raises(TypeError, match="text must be a str"):
        classifier.classify(text)
    if text is not None:
        with pytest.raises(TypeError, match="title must be a str"):
            classifier.classify("Korea", title=text)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_gives_a_valid_result(classifier, text):
    assert valid(classifier.classify(text, title=text[:20]))


@pytest.mark.parametrize(
    "part", ["Vietnam and Korea signed a pact. ", "한국과 베트남은 협정을 맺었다.\n", "가나다라 ", "1,234 "]
)
def test_a_megabyte_is_labelled_in_seconds(classifier, part):
    text = (part * (1_000_000 // len(part.encode()) + 1)).encode()[:1_000_000].decode(errors="ignore")
    start = time.process_time()
    assert valid(classifier.classify(text))
    assert time.process_time() - start < 30


def test_swapping_countries_swaps_the_answer_and_nothing_else(classifier):
    title = "한국, {a}와 전자정부 협력"
    one = classifier.scores(TEXT.format(a="페루"), title=title.format(a="페루"))
    other = classifier.scores(TEXT.format(a="쿠바"), title=title.format(a="쿠바"))
    assert [label.code for label in one.countries] == ["PE"]
    assert [label.code for label in other.countries] == ["CU"]
    assert one.countries[0].score == other.countries[0].score
    assert one.regions == other.regions
    assert one.sectors == other.sectors


def test_classify_tells_the_scores_at_or_above_the_thresholds(classifier, articles, margins):
    for row in articles[::20]:
        told = classifier.classify(row["text"], title=row["title"])
        every = classifier.scores(row["text"], title=row["title"])
        found = margins(classifier, row["text"], row["title"])
        expected = [label for label, margin in found if margin >= 0]
        assert [*told.countries, *told.regions, *told.sectors] == expected
        assert {x.code for x in every.sectors} == set(classifier.sectors.labels)


def test_only_places_that_are_named_are_candidates(classifier):
    every = classifier.scores(TEXT.format(a="페루"))
    assert {label.code for label in every.countries} == {"PE"}
    assert {label.code for label in every.regions} == {"ASEAN"}


def test_the_same_text_gives_the_same_answer(classifier, articles):
    text = articles[0]["text"]
    assert classifier.scores(text) == classifier.scores(text)


def test_decomposed_hangul_gives_the_same_answer(classifier):
    text = TEXT.format(a="페루")
    assert classifier.scores(unicodedata.normalize("NFD", text)) == classifier.scores(text)


def test_a_classifier_without_heads_says_nothing(classifier):
    bare = Classifier(classifier.lexicon, None, None, classifier.description)
    assert bare.scores(TEXT.format(a="페루")) == Result(language="ko", model=classifier.name)


def test_a_language_that_was_not_learned_has_no_sectors(classifier):
    head = replace(classifier.sectors, scorers={"ko": classifier.sectors.scorers["ko"]}, gate=0.0, gates={})
    korean = Classifier(classifier.lexicon, classifier.places, head, classifier.description)
    text = "Korea and Peru signed a pact on energy. ASEAN came."
    assert korean.assess(text).kinds[2] == Scored()
    every, told = korean.scores(text), korean.classify(text)
    assert every.sectors == told.sectors == ()
    assert [label.code for label in every.countries] == ["PE"]
    assert korean.scores(text, scheme="dac").sectors == ()
    assert len(korean.scores(TEXT.format(a="페루")).sectors) == len(head.labels)


def test_sectors_of_ones_own_are_named_by_their_ids(classifier):
    labels = tuple(f"own {label}" for label in classifier.sectors.labels)
    head = replace(classifier.sectors, labels=labels)
    own = Classifier(classifier.lexicon, None, head, classifier.description)
    told = own.scores(TEXT.format(a="페루")).sectors
    assert {label.dac for label in told} == {None}
    assert {label.code for label in told} == set(labels)
    assert all(label.name_ko == label.name_en == label.code for label in told)


def test_sectors_of_ones_own_have_no_other_scheme(classifier):
    head = replace(classifier.sectors, labels=tuple(f"own {x}" for x in classifier.sectors.labels))
    own = Classifier(classifier.lexicon, None, head, classifier.description)
    with pytest.raises(NordclassError, match="sectors of its own"):
        own.classify("Korea", scheme="dac")
    with pytest.raises(NordclassError, match="unknown scheme"):
        classifier.classify("Korea", scheme="none")


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (None, "한국과 케냐가 항만 개발에 협력한다.", {"port"}),
        ("Kenya to build a railway", "Korea lends the money.", {"railway"}),
        ("북극항로 협력", "한국과 러시아가 만났다.", {"arctic-route"}),
        # A list of other articles is no part of the document.
        (None, "한국과 케냐가 도로를 짓는다.\n\n관련기사\n- 부산 항만에 새 부두\n- 철도 파업\n", set()),
    ],
)
def test_bridges_are_told_by_title_and_text(classifier, title, text, expected):
    told = {label.code for label in classifier.scores(text, title=title, scheme="nine-bridges").sectors}
    assert told & {"railway", "port", "arctic-route"} == expected


def test_the_name_of_the_model(classifier):
    assert classifier.name == f"{classifier.description.name} {classifier.description.version}" == "small 1.0"
    assert classifier.classify("Korea").model == "small 1.0"


def test_equal_scores_are_ranked_by_code():
    told = Scored.of([(Label(code, 0.5, code, code), 0.1) for code in ("c", "a", "b")]).told()
    assert [label.code for label in told] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("presence", "gate", "told"), [(0.59, 0.6, ""), (0.6, 0.6, "ab"), (0.1, 0.0, "ab"), (0.99, 1.0, "")]
)
def test_a_document_below_the_gate_is_told_nothing(presence, gate, told):
    labels = [(Label("a", 0.7, "", ""), 0.7), (Label("b", 0.4, "", ""), 0.4), (Label("c", 0.4, "", ""), 0.41)]
    scored = Scored.of(labels, presence, gate)
    assert "".join(label.code for label in scored.told()) == told
    assert scored.passes == bool(told)


def test_what_the_gate_lets_pass_just_so_is_uncertain(classifier):
    text = TEXT.format(a="페루")
    every = classifier.scores(text)
    presence = classifier.assess(text).kinds[2].presence
    (peru,), sector = every.countries, every.sectors[0]
    for shift in (-0.02, 0.02):  # told just so, and just not so
        places = replace(classifier.places, threshold=0.0, gate=peru.score + shift)
        heads = replace(classifier.sectors, thresholds=0 * classifier.sectors.thresholds)
        heads = replace(heads, gate=presence + shift)
        result = Classifier(classifier.lexicon, places, heads, classifier.description).classify(text)
        assert {peru, sector} <= set(result.uncertain)
        assert bool(result.countries) == bool(result.sectors) == (shift < 0)


def test_a_language_may_have_a_gate_of_its_own(classifier):
    closed = {"ko": 1.1}
    places = replace(classifier.places, threshold=0.0, gate=0.0, gates=closed)
    heads = replace(classifier.sectors, thresholds=0 * classifier.sectors.thresholds, gate=0.0, gates=closed)
    model = Classifier(classifier.lexicon, places, heads, classifier.description)
    korean = model.classify(TEXT.format(a="페루"))
    assert (korean.countries, korean.sectors) == ((), ())
    english = model.classify("Korea and Peru signed an agreement on a geothermal plant.")
    assert [label.code for label in english.countries] == ["PE"]
    assert len(english.sectors) == len(heads.labels)


def test_regions_know_no_gate(classifier):
    text = TEXT.format(a="페루")
    (asean,) = classifier.scores(text).regions
    places = replace(classifier.places, gate=1.0, region_threshold=asean.score - 0.3)
    result = Classifier(classifier.lexicon, places, None, classifier.description).classify(text)
    assert (result.countries, result.regions) == ((), (asean,))
    assert asean not in result.uncertain


def test_a_sure_partner_opens_the_gate_of_the_sectors(classifier, articles):
    shut = replace(classifier.sectors, gate=1.0, gates={}, sure_partner=0.0)
    ajar = replace(shut, sure_partner=0.7)
    mute = Classifier(classifier.lexicon, classifier.places, shut, classifier.description)
    heard = Classifier(classifier.lexicon, classifier.places, ajar, classifier.description)
    told = 0
    for row in articles[:40]:
        assert not mute.classify(row["text"], title=row["title"]).sectors
        every = heard.scores(row["text"], title=row["title"])
        sure = max((label.score for label in every.countries + every.regions), default=0.0) >= 0.7
        found = heard.classify(row["text"], title=row["title"]).sectors
        assert sure or not found
        told += bool(found)
    assert told


@pytest.mark.parametrize("line", ["한-페루, 전자정부 협력 양해각서 체결", "Peru, Korea sign accord"])
def test_a_headline_alone_is_read_as_title_and_as_text(classifier, line):
    read = classifier.scores(line, title=line)
    assert classifier.scores(line) == classifier.scores("", title=line) == read
    assert classifier.scores(f"{line}.") != read
