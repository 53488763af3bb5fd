"""Questions that say about the same are one group, whatever their order, endings and marks."""

from __future__ import annotations

from domain.likeness import grouped


def test_alike_questions_are_together_the_largest_group_first() -> None:
    texts = [
        "Какой налог?",
        "когда подведут итоги?",
        "Итоги когда подведут",
        "когда подведете итоги",
        "салық қанша?",
        "қанша салық",
    ]
    assert grouped(texts) == [[1, 2, 3], [4, 5], [0]]


def test_of_no_texts_there_are_no_groups_and_of_wordless_ones_one() -> None:
    assert grouped([]) == []
    assert grouped(["?", "!!", "..."]) == [[0, 1, 2]]
