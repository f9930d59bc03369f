from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections import Counter, namedtuple
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nordclass import InputError
from nordclass.training.morphemes import Morphemes, analyse, check_cache, count_morphemes

Token = namedtuple("Token", "form tag start len")
TEXTS = [
    "정부는 베트남과 협력 사업을 추진했다.",
    "Korea와 2024년에 협력사업을 시작한다!",
    "no Hangul at all",
    "",
]


def test_counts_by_hand():
    text = "정부는 EU와 협력했다"
    tokens = [
        Token("정부", "NNG", 0, 2),
        Token("는", "JX", 2, 1),
        Token("EU", "SL", 4, 2),
        Token("와", "JKB", 6, 1),
        Token("협력", "NNG", 8, 2),
        Token("하", "XSV", 10, 1),
        Token("었", "EP", 10, 1),
        Token("다", "EF", 11, 1),
    ]
    found = Morphemes()
    count_morphemes(text, tokens, found)
    assert found.runs == {("정부는", "정부"): 1, ("와", ""): 1, ("협력했다", "협력"): 1}
    assert found.nouns == {"정부": 1, "협력": 1}
    assert found.particles == {"는": 1}


def test_verbs_stand_in_their_dictionary_form():
    found = Morphemes()
    tokens = [Token("가", "VV", 0, 1), Token("ㄴ다", "EF", 0, 2)]
    count_morphemes("간다 끝", tokens, found)
    assert found.runs == {("간다", "가다"): 1, ("끝", ""): 1}


def test_parts_add_up():
    one, other = (
        Morphemes(Counter({("가", "가"): 2})),
        Morphemes(Counter({("가", "가"): 1}), Counter({"가": 4})),
    )
    one.add(other)
    assert one.runs == {("가", "가"): 3}
    assert one.nouns == {"가": 4}


def test_terms_that_kiwi_sees():
    found = analyse(TEXTS)
    assert found.runs["정부는", "정부"] == 1
    assert found.nouns["협력"] == 2
    assert found.nouns["베트남"] == 1
    assert found.particles["과"] == 1
    assert not any(re.search("[A-Za-z]", word) for word, _ in found.runs)


def test_analysis_is_kept_between_runs(tmp_path, monkeypatch):
    first = analyse(TEXTS, tmp_path)

    def fail(*args):
        raise AssertionError("analysed again")

    monkeypatch.setattr("nordclass.training.morphemes.kiwi", fail)
    assert analyse(TEXTS, tmp_path) == first
    with pytest.raises(AssertionError):
        analyse([*TEXTS, "새 글"], tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:50],
        lambda content: b"",
        lambda content: b"\xff" * 50,
        lambda content: pickle.dumps("no morphemes"),
    ],
)
def test_a_damaged_cache_is_made_anew_without_a_word(tmp_path, damage, capfd, caplog, recwarn):
    first = analyse(TEXTS, tmp_path)
    (entry,) = tmp_path.rglob("output.pkl")
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert analyse(TEXTS, tmp_path) == first
    assert entry.read_bytes() == whole
    assert (*capfd.readouterr(), caplog.text, *recwarn) == ("", "", "")


@pytest.mark.parametrize("damage", [b"", b"\xff" * 50, b"# first line: x\n", b"def", None])
def test_a_damaged_code_in_the_cache_is_made_anew_without_a_word(tmp_path, damage):
    """In a process of its own: one that has read the code once does not look again."""
    script = (
        f"from pathlib import Path; from nordclass.training.morphemes import analyse\n"
        f"print(sorted(analyse({TEXTS!r}, Path({str(tmp_path)!r})).runs.items()))"
    )

    def run():
        return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    first = run()
    (code,) = tmp_path.rglob("func_code.py")
    whole = code.read_bytes()
    if damage is None:
        code.unlink()
        code.mkdir()
    else:
        code.write_bytes(damage)
    again = run()
    assert (again.stdout, again.stderr) == (first.stdout, "")
    assert code.read_bytes() == whole


@pytest.mark.parametrize("below", [(), ("a",), ("a", "b")])
def test_a_file_is_no_cache(tmp_path, below):
    (tmp_path / "file").touch()
    with pytest.raises(InputError) as caught:
        check_cache((tmp_path / "file").joinpath(*below))
    assert str(caught.value).endswith(f"{tmp_path / 'file'} is not a folder")
    (tmp_path / "nowhere").symlink_to("none")
    with pytest.raises(InputError, match="not a folder"):
        check_cache(tmp_path / "nowhere")


def test_a_folder_that_is_not_there_yet_is_left_to_be_made(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path, tmp_path / "a" / "b", Path("c"), Path()):
        check_cache(folder)
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=40, deadline=None)
@given(st.text("정부가한국과 협력했다.aZ1\n()뷁ㅋ", max_size=40))
def test_every_run_of_hangul_is_counted_once(text):
    found = analyse([text])
    expected = Counter(re.findall("[가-힣]+", text))
    counted: Counter[str] = Counter()
    for (word, _), count in found.runs.items():
        counted[word] += count
    assert counted == expected
