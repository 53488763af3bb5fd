"""`utys papers check --batch`: a line of JSON for each file, whatever the file is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command
from tests.storage.papers import drawn

CLAIM = {"promotion": "seriktes", "iin": "860510497139"}


@pytest.fixture
def utys(tmp_path: Path, models: Path) -> Command:
    return Command(tmp_path, models)


def label(file: str, **other: object) -> dict[str, Any]:
    return {"id": file, "file": file, "asked": "id_back", "today": "2026-01-20", "claim": CLAIM, **other}


def test_each_file_of_a_list_is_answered_in_its_place(utys: Command, tmp_path: Path) -> None:
    photo = drawn.on_a_desk(drawn.back())
    exif = photo.getexif()
    exif[0x010E] = "MARKER-7"
    (tmp_path / "good.jpg").write_bytes(drawn.jpeg(photo, exif=exif))
    (tmp_path / "other.jpg").write_bytes(drawn.jpeg(photo.resize((960, 720))))
    (tmp_path / "приз.exe.jpg").write_bytes(b"MZ" + b"\0" * 60)
    lines = [label("good.jpg", markers=["MARKER-7"]), label("other.jpg"), label("приз.exe.jpg")]
    (tmp_path / "labels.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    seen = utys("papers", "check", "--batch", tmp_path / "labels.jsonl", "--no-ocr")
    assert seen.code == 0, seen.err
    good, twice, program = (json.loads(line) for line in seen.out.splitlines())
    assert (good["id"], good["verdict"], good["leaks"]) == ("good.jpg", "ok", [])
    assert (twice["verdict"], twice["reasons"]) == ("doubt", ["seen_before"])
    assert (program["verdict"], program["reasons"]) == ("refuse", ["type"])
    assert 0 < good["s"] < 30
    assert 0 < good["rss_mb"] < 512


def test_a_list_that_names_no_file_is_said_in_a_sentence(utys: Command, tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_text('{"id": 1, "file": "nowhere.jpg"}', "utf-8")
    seen = utys("papers", "check", "--batch", tmp_path / "labels.jsonl")
    assert seen.code == 1
    assert "line 1" in seen.err
