"""Models are made once, come out the same, and say what is wrong with their files."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from domain.search.features import lexicon
from domain.search.finder import Finder
from storage.answers.files import (
    ModelError,
    model_path,
    read_detector,
    read_model,
    read_version,
    write_detector,
    write_model,
)
from storage.answers.language import learn_language
from tests.storage.answers.small import learnt


def test_equal_samples_make_equal_bytes(tmp_path: Path) -> None:
    for name in ("once", "twice"):
        write_model(model_path(tmp_path, name), learnt().model)
        write_detector(
            model_path(tmp_path, f"{name}-language"), learn_language([("сәлем", "kk"), ("привет", "ru")]), "1"
        )
    for kind in ("", "-language"):
        once, twice = (model_path(tmp_path, f"{name}{kind}").read_bytes() for name in ("once", "twice"))
        assert once == twice


def test_a_model_is_read_in_a_moment(models: Path) -> None:
    begun = time.perf_counter()
    Finder(read_model(model_path(models, "double-chance")))
    assert time.perf_counter() - begun < 0.05


def test_a_missing_a_foreign_and_a_torn_file_are_named_and_the_remedy_said(tmp_path: Path, models: Path) -> None:
    missing, foreign, torn = (model_path(tmp_path, name) for name in ("missing", "foreign", "torn"))
    foreign.write_bytes(b"something else entirely, and long enough")
    torn.write_bytes(model_path(models, "kasipker").read_bytes()[:-64])
    for path in (missing, foreign, torn):
        with pytest.raises(ModelError, match=rf"{path.stem}.*utys promotions publish"):
            read_model(path)
    assert read_version(missing) is None
    assert read_version(foreign) is None
    with pytest.raises(ModelError):
        read_detector(foreign)


def test_a_lexicon_knows_stems_whole_words_and_phrases() -> None:
    words = lexicon("tax|налог =ндс\npay|за_чей_счет\n")
    assert words.concepts(["налогти"]) == ["tax"]
    assert words.concepts(["ндс"]) == ["tax"]
    assert words.concepts(["ндсник"]) == []
    assert words.concepts(["за", "чеи", "счет"]) == ["pay"]
    assert words.concepts(["чеи", "счет"]) == []
