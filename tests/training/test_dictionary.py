from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from nordclass.taxonomy import sectors
from nordclass.text.lexicon import Lexicon
from nordclass.training.dictionary import Dictionary, translated
from nordclass.training.examples import examples
from nordclass.training.fitting import fold_numbers
from nordclass.training.records import labelled
from nordclass.training.sectors import fit_sector_scorers
from nordclass.training.tables import read_words

DATA = Path(__file__).resolve().parents[2] / "data"
WORDS = {"발전소": "발전소", "건설": "건설", "논의": "논의", "광산": "광산"}
LEXICON = Lexicon({**WORDS, "plants": "plant", "built": "build", "talks": "talk"}, [], [])
DICTIONARY = Dictionary(
    {
        "발전소": ("power plant",),
        "건설": ("build", "construction"),
        "논의": ("talk",),
        "및": ("at",),
    }
)
KO = {
    "id": "ko",
    "title": "발전소 논의",
    "text": "LNG 발전소 건설 광산. 건설 논의 건설",
    "sectors": ["energy"],
}
EN = {"id": "en", "title": "", "text": "talks at power plants built", "sectors": ["energy"], "weight": 2}


def read(*records):
    return examples(list(labelled(records)), LEXICON)


def into(language, *records, weight=0.5, seed=0):
    return translated(read(*records), language, DICTIONARY, LEXICON, weight, seed)


@pytest.mark.parametrize("of", [str, Path])
def test_a_dictionary_is_read_from_a_table(of, tmp_path):
    path = tmp_path / "d.tsv"
    path.write_text("ko\ten\n건설\tbuild|construction\n건설\terect\n", encoding="utf-8")
    assert Dictionary.read(of(path)).entries == {"건설": ("build", "construction", "erect")}


def test_terms_are_translated_in_their_order_and_unknown_ones_left_out():
    (found,), places = into("en", EN, KO)
    assert places == [1]
    terms = list(found.terms["text"])
    assert terms[:5] == ["power", "plant", "talk", "lng", "power"]
    assert "광산" not in terms
    assert list(found.terms["title"]) == ["power", "plant", "talk"]
    assert (found.language, found.sectors, found.weight, found.candidates) == ("en", {"energy"}, 0.5, [])


def test_phrases_become_one_term_and_function_words_none():
    (found,), places = into("ko", KO, EN)
    assert places == [1]
    assert list(found.terms["text"]) == ["논의", "발전소", "건설"]
    assert found.weight == 1.0


def test_translations_are_read_as_documents_are():
    dictionary = Dictionary({"발전소": ("power-plants",), "광산": ("mine",), "때문": ("because", "at")})
    article = {"id": "e", "text": "Because the mine at power plants", "sectors": ["energy"]}
    (found,), _ = translated(read(article), "ko", dictionary, LEXICON, 1.0, 0)
    assert list(found.terms["text"]) == ["광산", "발전소"]


def test_a_document_has_one_translation_throughout_and_documents_several():
    found, _ = into("en", *[{**KO, "id": str(i)} for i in range(60)])
    chosen = [set(example.terms["text"]) & {"build", "construction"} for example in found]
    assert {len(words) for words in chosen} == {1}
    assert set.union(*chosen) == {"build", "construction"}
    again, _ = into("en", *[{**KO, "id": str(i)} for i in range(60)])
    assert [list(e.terms["text"]) for e in found] == [list(e.terms["text"]) for e in again]
    other, _ = into("en", *[{**KO, "id": str(i)} for i in range(60)], seed=1)
    assert [list(e.terms["text"]) for e in found] != [list(e.terms["text"]) for e in other]


def test_frequent_translations_are_drawn_more_often():
    english = [{"id": f"e{i}", "text": "built", "sectors": []} for i in range(400)]
    found, _ = into("en", *english, *[{**KO, "id": str(i)} for i in range(100)])
    drawn = sum("build" in list(example.terms["text"]) for example in found)
    assert drawn > 90  # of 100, as 20.3 to 0.3


def test_documents_without_sectors_and_words_alone_are_not_translated():
    unlabelled = {"id": "a", "text": KO["text"]}
    words = {**KO, "id": "b", "terms_only": True}
    assert into("en", unlabelled, words, EN) == ([], [])


def test_what_one_language_says_teaches_the_other(some, tiny, classifier):
    """Korean articles alone tell of floods; the English scorer learns the English word from them."""
    floods = [
        {"text": f"홍수 대책을 {i}번째로 논의했다", "countries": [], "regions": [], "sectors": ["water"]}
        for i in range(20)
    ]
    known = [{**row, "text": row["text"] + " Flood."} for row in some[-2:]]  # a word of its vocabulary
    entries = {**classifier.lexicon.entries, "홍수": "홍수", "flood": "flood"}
    lexicon = Lexicon(entries, classifier.lexicon.particles, classifier.lexicon.nouns)
    corpus = examples(list(labelled([*some[:-2], *known, *floods])), lexicon)
    fold = fold_numbers(range(len(corpus)), 2, 0)
    dictionary = Dictionary({"홍수": ("flood",)})

    def weight_of_flood(translate):
        fitted = fit_sector_scorers(corpus, ("ict", "water"), fold, tiny.sectors, *translate)
        linear = fitted.scorers["en"].linear
        assert len(fitted.held_out) == len(corpus)
        columns, _ = linear.vectorizer.transform({"text": ["flood"], "title": []})
        return float(np.asarray(linear.weights[columns])[0, 1])

    def translate(language):
        return translated(corpus, language, dictionary, lexicon, 1.0, 0)

    assert weight_of_flood([translate]) > 0.5 > weight_of_flood([])


def test_no_score_out_of_fold_has_seen_the_translation_of_its_own_story(some, tiny, classifier):
    """Labels at random, each article there in both languages: its other version alone gives them away."""
    chance = np.random.RandomState(0)
    rows = []
    names = ["".join(pair) for pair in product("bcdfghjk", "lmnprstv")]
    for name in names:
        sectors = ["ict"] if chance.rand() < 0.5 else []
        rows += [{"text": f"{name} 낱말", "sectors": sectors}, {"text": f"word {name}", "sectors": sectors}]
    lexicon = Lexicon({}, [], [])
    corpus = examples(list(labelled(rows)), lexicon)
    stories = [i // 2 for i in range(len(rows))]
    fold = fold_numbers(stories, 4, 0)
    dictionary = Dictionary({})  # names are the same in both languages

    def right(folds):
        def translate(language):
            return translated(corpus, language, dictionary, lexicon, 1.0, 0)

        fitted = fit_sector_scorers(corpus, ("ict",), folds, replace(tiny.sectors, min_df=1), translate)
        scores = np.array([fitted.held_out[i].scores[0] for i in range(1, len(rows), 2)])
        true = np.array([bool(corpus[i].sectors) for i in range(1, len(rows), 2)])
        return np.mean(scores[true]) - np.mean(scores[~true])

    apart = np.array([(story + i) % 4 for i, story in enumerate(stories)])
    assert right(fold) < 0.5 < right(apart)


def test_nothing_is_taught_by_a_document_without_a_known_word():
    known = {**KO, "text": "발전소 건설"}
    assert translated(read(known), "en", Dictionary({"강": ("river",)}), LEXICON, 0.5, 0) == ([], [])


def test_translations_may_stand_on_lines_of_their_own(tmp_path):
    (tmp_path / "d.tsv").write_text('ko\ten\n가\t"a|b\n나\tc\n가\td\n', encoding="utf-8")
    assert Dictionary.read(tmp_path / "d.tsv").entries == {"가": ('"a', "b", "d"), "나": ("c",)}


def test_the_tables_of_the_project_can_be_read():
    dictionary = Dictionary.read(DATA / "words/ko_en.tsv")
    assert len(dictionary.entries) > 7000
    assert "cooperation" in dictionary.entries["협력"]
    words = read_words(DATA / "words" / "sectors.tsv", ("sector", "ko", "en"))
    assert {row["sector"] for row in words} == set(sectors())
