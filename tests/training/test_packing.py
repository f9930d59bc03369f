from __future__ import annotations

import pytest

from nordclass.mentions.candidates import analyse, features
from nordclass.model.heads import sector_terms
from nordclass.text.document import Document
from nordclass.text.lexicon import Lexicon
from nordclass.training.packing import Packer

TEXT = (
    "하노이 회담\n한국과 베트남, 라오스는 하노이에서 수자원 협력 양해각서를 체결했다. 베트남 정부는 환영했다."
)


def test_packed_terms_are_the_same_terms():
    packer = Packer()
    terms = ["b", "a", "b", "나"]
    packed = packer.terms(terms)
    assert list(packed) == terms
    assert len(packed) == 4
    assert packed[1] == "a"
    assert packed[-1] == "나"
    assert list(packed[1:3]) == ["a", "b"]
    assert "나" in packed
    assert packed.count("b") == 2
    assert not packer.terms([])
    with pytest.raises(IndexError):
        packed[4]
    assert list(packer.terms(["나", "c"])) == ["나", "c"]  # numbered on, not anew
    many = [f"term {i}" for i in range(70_000)]
    assert list(packer.terms(many)) == many


def test_packed_candidates_are_the_same_candidates():
    analysis = analyse(Document.read(TEXT), Lexicon({"회담": "회담", "정부": "정부"}, ["는"], []))
    plain = list(features(analysis))
    assert len(plain) == 2
    packed = Packer().candidates(plain)
    for one, other in zip(plain, packed, strict=True):
        assert (one.code, one.peers) == (other.code, other.peers)
        assert list(other.numbers) == pytest.approx(list(map(float, one.numbers)))
        assert [list(part) for part in one.lengths] == [list(part) for part in other.lengths]
        assert [list(terms) for terms in one.beside] == [list(terms) for terms in other.beside]
        assert list(one.bags) == list(other.bags)
        for name, bag in one.bags.items():
            assert list(bag) == list(other.bags[name])
    assert packed[0].bags["document"] is packed[1].bags["document"]
    assert list(packed[0].bags["document"]) == list(sector_terms(analysis)["text"])
