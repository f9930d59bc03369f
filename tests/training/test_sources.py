from __future__ import annotations

import gzip
import hashlib
import json
import lzma

import pytest

from nordclass import DataError, Recipe
from nordclass.taxonomy.sectors import aid_codes
from nordclass.training.records import labelled
from nordclass.training.settings import DictionarySettings, Source
from nordclass.training.sources import aid_sectors, read_sources

ROWS = [
    {
        "id": f"r{i}",
        "title": f"t{i}",
        "text": f"text {i}",
        "countries": ["VN"],
        "split": ["train", "dev"][i % 2],
    }
    for i in range(10)
]


@pytest.fixture
def write(tmp_path):
    def write(name: str, rows) -> None:
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        pack = {".xz": lzma.compress, ".gz": gzip.compress}.get(name[-3:], bytes)
        (tmp_path / name).write_bytes(pack(text.encode()))

    return write


@pytest.fixture
def read(tmp_path):
    return lambda *sources: read_sources(Recipe(data=sources), tmp_path)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.xz", "a.jsonl.gz"])
def test_rows_of_a_split_with_their_weight(write, read, tmp_path, name):
    write(name, ROWS)
    corpus = read(Source(name, split="dev", weight=0.5))
    assert len(corpus.records) == 5
    for record, row in zip(corpus.records, ROWS[1::2], strict=True):
        assert record | row | {"weight": 0.5} == record
    assert corpus.hashes == {name: digest(tmp_path / name)}


def test_a_byte_order_mark_is_no_part_of_the_first_row(read, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "본문"}\n', encoding="utf-8-sig")
    assert [row["text"] for row in read(Source("a.jsonl")).records] == ["본문"]


def test_the_weight_of_a_row_times_that_of_its_source(write, read):
    rows = [{"id": "a", "text": "x"}, *({"text": "x", "Weight": weight} for weight in (4, "3", "", None))]
    write("a.jsonl", rows)
    assert [row["weight"] for row in read(Source("a.jsonl", weight=0.5)).records] == [0.5, 2, 1.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("row", "name"), [({"id": "r7", "text": "x"}, "a.jsonl: r7"), ({"text": "x"}, "a.jsonl")]
)
def test_a_weight_that_is_none_is_named(write, read, row, name):
    write("a.jsonl", [ROWS[0], row | {"weight": -3}])
    with pytest.raises(DataError) as caught:
        read(Source("a.jsonl"))
    assert str(caught.value) == f"{name}: 'weight' must be a number above 0, not -3"


def test_columns_are_read_whatever_their_capitals(write, read):
    rows = [
        {"ID": f"r{n}", "TITLE": "t", "Text": "x", "Split": split, "Sectors": ["ict"], "Countries": ["VN"]}
        for n, split in enumerate(["train", "dev"])
    ]
    write("a.jsonl", rows)
    (found,) = labelled(read(Source("a.jsonl", split="dev", kinds=("sectors",))).records)
    assert (found.id, found.group, found.title, found.text) == ("r1", "r1", "t", "x")
    assert (found.sectors, found.countries) == ({"ict"}, None)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (Source("a.jsonl", split="Train"), "no documents of split 'Train'; its splits: dev, train"),
        (Source("b.jsonl", split="train"), "no documents of split 'train'; its splits: none"),
        (Source("a.jsonl", split="Train", use="lexicon"), "no documents of split 'Train'"),
        (Source("b.jsonl", labels="labels.tsv"), "no document has an id of labels.tsv"),
        (
            Source("a.jsonl", labels="labels.tsv", split="test"),
            "no document has an id of labels.tsv of split 'test'; its splits: dev",
        ),
        (Source("empty.jsonl"), "no documents"),
    ],
)
def test_sources_of_which_nothing_is_asked_for(write, read, tmp_path, source, why):
    write("a.jsonl", ROWS)
    write("b.jsonl", [{"text": "x"}])
    write("empty.jsonl", [])
    table = "id\tcountries\tregions\tsectors\tsplit\nr0\tPE\t\t\tdev\n"
    (tmp_path / "labels.tsv").write_text(table, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(Source("a.jsonl"), source)
    assert str(caught.value).startswith(f"{tmp_path / source.path}: {why}")


def test_rows_belong_to_the_group_that_a_column_names_or_to_their_own_id(write, read):
    rows = [
        {"id": "a", "text": "x", "story": "s1"},
        {"id": "b", "text": "y"},
        {"id": "c", "text": "z", "group": "g"},
    ]
    write("a.jsonl", rows)
    groups = [
        [r["group"] for r in read(source).records]
        for source in (Source("a.jsonl", group="story"), Source("a.jsonl"))
    ]
    assert groups == [["s1", "b", "c"], ["a", "b", "g"]]


def test_all_rows_and_blank_lines(write, read, tmp_path):
    write("a.jsonl", ROWS)
    path = tmp_path / "a.jsonl"
    path.write_text("\n" + path.read_text(encoding="utf-8") + "\n  \n", encoding="utf-8")
    assert [row["id"] for row in read(Source("a.jsonl", name="mine")).records] == [row["id"] for row in ROWS]


def test_every_file_has_a_hash_of_its_own(write, read, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write(f"{folder}/same.jsonl", [{**ROWS[0], "from": folder}])
    (tmp_path / "labels.tsv").write_text("id\tsectors\tsplit\nr0\tict\ttrain\n", encoding="utf-8")
    sources = (
        Source("a/same.jsonl", name="one"),
        Source("b/same.jsonl", name="one", labels="labels.tsv", kinds=("sectors",)),
    )
    files = ("a/same.jsonl", "b/same.jsonl", "labels.tsv")
    assert read(*sources).hashes == {file: digest(tmp_path / file) for file in files}


def test_labels_of_a_table_replace_those_of_the_rows(write, read, tmp_path):
    write("a.jsonl", ROWS)
    table = "id\tcountries\tregions\tsectors\tsplit\nr0\tKZ;UZ\t\tict\ttrain\n"
    table += "r1\tPE\tAU\t\ttrain\nr2\t\t\t\tdev\n"
    (tmp_path / "labels.tsv").write_text(table, encoding="utf-8")
    rows = read(Source("a.jsonl", labels="labels.tsv", split="train")).records
    # The split of the table counts, not the row's own (r1 is dev there); rows without labels are left out.
    assert [(r["id"], r["countries"], r["regions"], r["sectors"]) for r in rows] == [
        ("r0", "KZ;UZ", "", "ict"),
        ("r1", "PE", "AU", ""),
    ]
    assert len(read(Source("a.jsonl", labels="labels.tsv")).records) == 3


SENTENCES = [
    {"id": f"s{i}", "en": en, "ko": ko}
    for i, (en, ko) in enumerate(
        [
            ("Summit in Hanoi", "하노이 회담"),
            ("They met.", "그들은 만났다."),
            ('"We agreed."', '"합의했다."'),
            ("“Rain fell.”", "비가 왔다."),
            ("Floods in Peru", "페루 홍수"),
            ("LIMA (AP) —", "리마 (AP) —"),
            ("Water rose.", "물이 불었다"),
        ]
    )
]


def test_kinds_that_are_not_learned_are_unknown(write, read, tmp_path):
    write("a.jsonl", [{**ROWS[0], "regions": ["EU"], "sectors": ["energy"]}])
    (tmp_path / "labels.tsv").write_text("id\tcountries\tregions\tsectors\tsplit\nr0\tPE\t\thealth\ttrain\n")
    sources = (
        Source("a.jsonl", kinds=("sectors",)),
        Source("a.jsonl", labels="labels.tsv", kinds=("countries", "regions")),
    )
    found = labelled(read(*sources).records)
    assert [(d.countries, d.regions, d.sectors) for d in found] == [
        (None, None, {"energy"}),
        ({"PE"}, frozenset(), None),
    ]


def test_a_table_has_columns_for_the_kinds_that_are_learned(write, read, tmp_path):
    write("a.jsonl", ROWS)
    (tmp_path / "labels.tsv").write_text("id\tcountries\tregions\tsplit\nr0\tPE\t\ttrain\n", encoding="utf-8")
    table = Source("a.jsonl", labels="labels.tsv", kinds=("countries", "regions"))
    assert [(d.countries, d.sectors) for d in labelled(read(table).records)] == [({"PE"}, None)]
    with pytest.raises(DataError, match="has no column sectors"):
        read(Source("a.jsonl", labels="labels.tsv"))


def test_running_sentences_are_joined_to_articles(write, read, tmp_path):
    write("pairs.jsonl", SENTENCES)
    table = "id\tcountries\tregions\tsectors\tsplit\ns0..s2\tVN\t\tdiplomacy\ttrain\n"
    table += "s3..s5\t\t\t\ttrain\ns4..s4\t\t\t\ttrain\ns5..s6\t\t\t\ttrain\n"
    (tmp_path / "labels.tsv").write_text(table, encoding="utf-8")
    source = Source("pairs.jsonl", kind="sentences", labels="labels.tsv", column="en")
    assert [(r["id"], r["title"], r["text"], r["countries"]) for r in read(source).records] == [
        ("s0..s2", "Summit in Hanoi", 'They met. "We agreed."', "VN"),
        ("s3..s5", "", "“Rain fell.” Floods in Peru LIMA (AP) —", ""),  # a sentence is no title
        ("s4..s4", "", "Floods in Peru", ""),  # nor is all there is
        ("s5..s6", "", "LIMA (AP) — Water rose.", ""),
    ]
    korean = Source("pairs.jsonl", kind="sentences", labels="labels.tsv", column="ko")
    assert read(korean).records[0]["text"] == '그들은 만났다. "합의했다."'
    assert read(korean).records[3]["title"] == ""


def test_the_column_that_is_asked_for_and_no_other(write, read):
    write("a.jsonl", [{"id": "1", "text": "one", "body": "two"}])
    assert read(Source("a.jsonl", column="body")).records[0]["text"] == "two"
    assert read(Source("a.jsonl")).records[0]["text"] == "one"


@pytest.mark.parametrize("name", ["s0", "s2..s1", "s0..s9", "..s1"])
def test_sentences_that_are_no_run(write, read, tmp_path, name):
    write("pairs.jsonl", SENTENCES)
    (tmp_path / "labels.tsv").write_text(
        f"id\tcountries\tregions\tsectors\tsplit\n{name}\t\t\t\ttrain\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="no run of sentences"):
        read(Source("pairs.jsonl", kind="sentences", labels="labels.tsv", column="en"))


def test_sentences_that_share_an_id(write, read, tmp_path):
    write("pairs.jsonl", [*SENTENCES, SENTENCES[0]])
    (tmp_path / "labels.tsv").write_text(
        "id\tcountries\tregions\tsectors\tsplit\ns0..s1\t\t\t\ttrain\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="an id of its own"):
        read(Source("pairs.jsonl", kind="sentences", labels="labels.tsv", column="en"))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("r0\n", "line 2: not as many cells"),
        ("r0\t\t\t\ttrain\tmore\n", "line 2: not as many cells"),
        ("r0\t\t\t\ttrain\nr0\tPE\t\t\ttrain\n", "line 3: r0 has labels already"),
    ],
)
def test_tables_of_labels_that_are_not_in_order(write, read, tmp_path, rows, message):
    write("a.jsonl", ROWS)
    (tmp_path / "labels.tsv").write_text(f"id\tcountries\tregions\tsectors\tsplit\n{rows}", encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read(Source("a.jsonl", labels="labels.tsv"))


def test_sentences_without_labels_or_column(write, read):
    write("pairs.jsonl", SENTENCES)
    with pytest.raises(DataError, match="table of labels"):
        read(Source("pairs.jsonl", kind="sentences", column="en"))
    with pytest.raises(DataError, match="'text' must be a string"):
        read(Source("pairs.jsonl"))


@pytest.mark.parametrize(("most", "ids"), [(3, ["r0", "r3", "r6"]), (5, ["r0", "r2", "r4", "r6", "r8"])])
def test_an_even_sample(write, read, most, ids):
    write("a.jsonl", ROWS)
    assert [row["id"] for row in read(Source("a.jsonl", most=most)).records] == ids
    assert len(read(Source("a.jsonl", most=10)).records) == 10


def test_texts_for_the_lexicon_teach_nothing_else(write, read):
    write("a.jsonl", [*ROWS[:2], {"text": "no title"}])
    corpus = read(Source("a.jsonl", use="lexicon"))
    assert corpus.records == []
    assert corpus.unlabelled == ["t0\ntext 0", "t1\ntext 1", "\nno title"]


def test_aid_projects_give_terms_of_sectors(write, read):
    text = "Construction of a hospital with sixty beds in the northern province of the country"
    write(
        "aid.jsonl",
        [
            {"id": "a", "title": "Hospital", "text": text, "sectors_raw": ["DAC5:12220", "DAC5:12230"]},
            {
                "id": "b",
                "title": "Hospital ",
                "text": text.upper(),
                "sectors_raw": ["DAC5:12220"],
            },  # told twice
            {"id": "c", "title": "Short", "text": "Short", "sectors_raw": ["DAC5:12220"]},
            {"id": "d", "title": "Vague", "text": text, "sectors_raw": ["DAC5:99999", "NONE:1"]},
            {
                "id": "e",
                "title": "All",
                "text": text,
                "sectors_raw": [f"DAC5:{c}" for c in (12220, 31110, 21010, 22040)],
            },
            {"id": "f", "title": text, "text": text, "sectors_raw": ["DAC5:31110"]},
        ],
    )
    records = read(Source("aid.jsonl", kind="aid")).records
    assert [(r["id"], r["title"], r["text"], r["sectors"], r["terms_only"]) for r in records] == [
        ("a", "Hospital", text, ["health"], True),
        ("f", text, "", ["agriculture"], True),
    ]
    assert not any("countries" in record for record in records)


def test_sectors_of_aid_codes():
    assert aid_sectors([]) == set()
    assert aid_sectors(["DAC5:12220", "DAC5:22040", "unknown", "X:1"]) == {"health", "ict"}
    vocabulary, code = next(key for key in aid_codes() if ":" in key[1] or " " in key[1])
    assert aid_sectors([f"{vocabulary}:{code}"]) == set(aid_codes()[vocabulary, code])


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{", "not JSON Lines"),
        (b'{"text": "a"}\n[1]\n', "line 2: not a JSON object"),
        (b'{"text": "a"}\n{"title": "b"}\n', "line 2: 'text' must be a string"),
        ('{"text": "한국"}'.encode("cp949"), "not JSON Lines"),
    ],
)
def test_files_that_are_no_json_lines(read, tmp_path, content, complaint):
    (tmp_path / "a.jsonl").write_bytes(content)
    with pytest.raises(DataError, match=complaint):
        read(Source("a.jsonl"))


@pytest.mark.parametrize("name", ["a.jsonl.xz", "a.jsonl.gz"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-20],
        lambda content: b"plain" + content,
        lambda content: content[:15] + b"\xff" * 30 + content[45:],
    ],
)
def test_compressed_files_that_are_damaged(write, read, tmp_path, name, damage):
    write(name, ROWS)
    path = tmp_path / name
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DataError, match=name) as caught:
        read(Source(name))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        (Source("none.jsonl"), "cannot read"),
        (Source("a.jsonl", labels="none.tsv"), "cannot read"),
        (Source("a.jsonl", labels="bad.tsv"), "no column"),
        (Source("a.jsonl", kind="songs"), "unknown kind of data: songs"),
        (Source("a.jsonl", use="songs"), "unknown use of data: songs"),
        (Source("a.jsonl", kinds=("sectors", "cities")), "unknown kind of label: cities"),
        (Source("a.jsonl", kinds=()), "no kind of label"),
        (Source("a.jsonl", kinds=("countries", "sectors")), "countries and regions together"),
        (Source("a.jsonl", kinds=("regions",)), "countries and regions together"),
        (Source("a.jsonl", kind="aid"), "r0: .*sectors_raw"),
    ],
)
def test_sources_that_are_not_what_the_recipe_says(write, read, tmp_path, source, complaint):
    write("a.jsonl", ROWS)
    (tmp_path / "bad.tsv").write_text("id\tcountries\nr0\tVN\n", encoding="utf-8")
    with pytest.raises(DataError, match=complaint) as caught:
        read(source)
    assert "\n" not in str(caught.value)


def test_words_of_sectors_are_documents_of_a_few_in_each_language(read, tmp_path):
    rows = [("ict", f"낱말{i}", f"word{i}") for i in range(20)] + [("water", "댐", "dam")]
    text = "sector\tko\ten\n" + "".join("\t".join(row) + "\n" for row in rows)
    (tmp_path / "words.tsv").write_text(text, encoding="utf-8")
    source = Source("words.tsv", kind="words", weight=0.5, kinds=("sectors",))
    corpus = read(source)
    assert corpus.hashes == {"words.tsv": digest(tmp_path / "words.tsv")}
    assert len({record["id"] for record in corpus.records}) == len(corpus.records) == 24
    for record in corpus.records:
        assert record["terms_only"] is True
        assert record["weight"] == 0.5
        assert record["countries"] is record["regions"] is None
        assert len(record["text"].split(". ")) in ((1,) if record["sectors"] == ["water"] else (6, 7))
    for sector, words in (("ict", {f"word{i}" for i in range(20)}), ("water", {"dam"})):
        own = [r["text"].split(". ") for r in corpus.records if r["sectors"] == [sector]]
        english = [word for words in own for word in words if word.isascii()]
        assert {word: english.count(word) for word in english} == dict.fromkeys(words, 3)
    assert read(source).records == corpus.records


def test_words_without_a_language_are_refused(read, tmp_path):
    (tmp_path / "words.tsv").write_text("sector\tko\nict\t낱말\n", encoding="utf-8")
    with pytest.raises(DataError, match="has no column en"):
        read(Source("words.tsv", kind="words", kinds=("sectors",)))


def test_the_dictionary_of_a_recipe_is_read_with_its_hash(tmp_path):
    (tmp_path / "d.tsv").write_text("ko\ten\n협력\tcooperation|cooperate\n", encoding="utf-8")
    corpus = read_sources(Recipe(dictionary=DictionarySettings("d.tsv")), tmp_path)
    assert corpus.dictionary.entries == {"협력": ("cooperation", "cooperate")}
    assert corpus.hashes == {"d.tsv": digest(tmp_path / "d.tsv")}
    assert read_sources(Recipe(), tmp_path).dictionary is None
    with pytest.raises(DataError, match="what its dictionary weighs, but not its path"):
        read_sources(Recipe(dictionary=DictionarySettings(weight=0.2)), tmp_path)


@pytest.mark.parametrize("setting", [{"split": "train"}, {"labels": "l.tsv"}])
def test_words_have_neither_split_nor_other_labels(read, tmp_path, setting):
    (tmp_path / "words.tsv").write_text("sector\tko\ten\nict\t낱말\tword\n", encoding="utf-8")
    with pytest.raises(DataError, match="words have no split and no other labels"):
        read(Source("words.tsv", kind="words", kinds=("sectors",), **setting))
