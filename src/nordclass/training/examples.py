"""The training corpus in the form that the heads learn from."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nordclass.mentions.candidates import Analysis, Candidate, analyse, features
from nordclass.model.heads import Layout, layout, sector_terms
from nordclass.taxonomy.names import region_code
from nordclass.taxonomy.places import HOME
from nordclass.text.document import Document
from nordclass.text.lexicon import Lexicon
from nordclass.training.packing import Packer
from nordclass.training.records import Labelled


@dataclass(frozen=True)
class Example:
    """A labelled document, analysed.

    `partners` holds codes as the mention layer writes them (regions marked); None when the document is not
    labelled with both countries and regions.
    """

    candidates: Sequence[Candidate]
    terms: dict[str, Sequence[str]]
    language: str
    home_mentions: int
    layout: Layout
    partners: frozenset[str] | None
    sectors: frozenset[str] | None
    weight: float
    terms_only: bool
    representative: bool
    release: bool = False


def examples(records: Sequence[Labelled], lexicon: Lexicon) -> list[Example]:
    """Analyse `records`; the terms are packed, all by one numbering."""
    packer = Packer()
    return [
        _example(record, analyse(Document.read(record.text, record.title), lexicon), packer)
        for record in records
    ]


def _example(record: Labelled, analysis: Analysis, packer: Packer) -> Example:
    partners = None
    if record.countries is not None and record.regions is not None and not record.terms_only:
        partners = record.countries | {region_code(code) for code in record.regions}
    return Example(
        packer.candidates(list(features(analysis))) if partners is not None or not record.terms_only else [],
        {name: packer.terms(bag) for name, bag in sector_terms(analysis).items()},
        analysis.document.language,
        len(analysis.by_code.get(HOME, ())),
        layout(analysis.document.text),
        partners,
        record.sectors,
        record.weight,
        record.terms_only,
        record.representative,
        record.release,
    )


def label_matrix(sets: Sequence[Collection[Hashable]], labels: Sequence[Hashable]) -> NDArray[np.bool_]:
    """Which of `labels` each of `sets` holds, shape (sets, labels)."""
    index = {label: j for j, label in enumerate(labels)}
    matrix = np.zeros((len(sets), len(labels)), dtype=bool)
    for i, found in enumerate(sets):
        matrix[i, [index[label] for label in found if label in index]] = True
    return matrix
