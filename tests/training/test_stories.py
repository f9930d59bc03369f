"""Documents that tell one story are never on both sides of a cross-validation."""

from __future__ import annotations

from random import Random

from nordclass.training.stories import join_stories

FILLER = [f"filler{i}" for i in range(40)]


def document(story: str, random: Random, own: int = 3) -> list[str]:
    """Words of a story, words of all documents, and a few that no other document has."""
    told = [f"{story} {i}" for i in range(12)]
    return random.sample(told, 10) + random.sample(FILLER, 20) + [f"w{random.random()}" for _ in range(own)]


def test_retellings_share_a_group_and_others_keep_theirs() -> None:
    random = Random(0)
    stories = [f"s{i}" for i in range(80)]
    bags = [document(story, random) for story in stories for _ in range(2)]
    joined = join_stories(range(160), bags, 2)
    assert joined[::2] == joined[1::2]
    assert len(set(joined)) == 80


def test_given_groups_stay_together_and_are_joined_as_a_whole() -> None:
    random = Random(1)
    bags = [document(f"s{i}", random) for i in range(100)]
    bags.append(document("s3", random))
    joined = join_stories([f"g{i // 2}" for i in range(100)] + ["last"], bags, 2)
    assert joined[2] == joined[3] == joined[100]
    assert len(set(joined)) == 50


def test_what_is_in_hundreds_of_documents_tells_no_story() -> None:
    common = [f"common{i}" for i in range(30)]
    bags = [[*common, f"only{i}"] for i in range(400)]
    assert len(set(join_stories(range(400), bags, 2))) == 400


def test_documents_that_are_all_alike_still_leave_groups_for_the_folds() -> None:
    random = Random(2)
    bags = [document("form", random) for _ in range(60)]
    joined = join_stories(range(60), bags, 5)
    assert len(set(joined)) >= 20
    assert max(joined.count(group) for group in joined) <= 3


def test_documents_without_a_term_in_common_stay_alone() -> None:
    assert join_stories(["a", "b", "c"], [["x"], [], ["y"]], 2) == [0, 1, 2]
