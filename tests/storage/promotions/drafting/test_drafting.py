"""A promotion started from a rules document: clauses as one cites them, nothing lost, and plain words where it cannot be."""

from __future__ import annotations

import io
import re
import tomllib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from storage.promotions.catalog import CatalogError, is_draft, load, load_all
from storage.promotions.drafting.document import DocumentRefused
from storage.promotions.drafting.reading import LARGEST
from storage.promotions.drafting.start import start, unfinished
from storage.promotions.rules_text import read_rules
from tests.storage.pdf import pdf

PROMOTIONS = Path(__file__).resolve().parent.parent.parent.parent.parent / "promotions"
RULES = """ПРАВИЛА АКЦИИ «Осенний приз»

Настоящие правила являются офертой для всех покупателей магазина.

1. ОБЩИЕ ПОЛОЖЕНИЯ
1.1. Организатор акции: ТОО «Ромашка», г. Алматы, ул. Абая, д. 10, сайт www.romashka.kz, тел. 8 727 123-45-67.
1.2. Срок проведения: с 01.09.2026 г. 10:00 по 30 ноября 2026 года включительно.
2. Призы
2.1. Призовой фонд составляет 1 500 000 (один миллион пятьсот тысяч) тенге:
- 10 шт - чайник стоимостью 50 000 тенге;
- 5 шт - сертификат.
2.2. Приз выдаётся в течение 10 (десяти) рабочих дней после розыгрыша.
3. Участвовать могут лица старше 18 лет.
"""


def _draft(tmp_path: Path, text: str | bytes, name: str = "rules.txt") -> Path:
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return start(file, tmp_path / "out", "autumn").folder


def _passages(folder: Path, language: Any = "ru") -> dict[str, str]:
    text = read_rules(folder, language, [])
    assert text is not None
    return {label: passage.text for label, passage in text.passages.items()}


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))


@pytest.mark.parametrize("folder", sorted(PROMOTIONS.glob("*/source.txt")), ids=lambda file: file.parent.name)
def test_the_first_promotions_are_cut_as_a_lawyer_cut_them(folder: Path, tmp_path: Path) -> None:
    draft = start(folder, tmp_path, "again")
    by_hand = _passages(folder.parent, draft.language)
    cut = _passages(draft.folder, draft.language)
    assert set(cut) == set(by_hand)
    alike = [label for label in by_hand if _bare(by_hand[label]) == _bare(cut[label])]
    assert len(by_hand) - len(alike) <= 2, "only what stands around a table that lost its borders"


@pytest.mark.parametrize("folder", sorted(PROMOTIONS.glob("*/source.txt")), ids=lambda file: file.parent.name)
def test_every_word_of_the_document_stands_in_some_clause(folder: Path, tmp_path: Path) -> None:
    draft = start(folder, tmp_path, "again")
    kept = " ".join([draft.title, *(f"{piece.heading} {piece.label} {piece.text}" for piece in draft.pieces)])
    source = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", folder.read_text("utf-8"))
    assert set(re.findall(r"[^\W\d_]{4,}", source)) <= set(re.findall(r"[^\W\d_]{4,}", kept))


def test_numbers_headings_lists_and_preamble_are_told_apart(tmp_path: Path) -> None:
    passages = _passages(_draft(tmp_path, RULES))
    assert list(passages) == ["preamble", "1.1", "1.2", "2.1", "2.2", "3"]
    assert passages["2.1"].splitlines()[1:] == ["- 10 шт - чайник стоимостью 50 000 тенге;", "- 5 шт - сертификат."]


def test_candidates_stand_with_their_clause_in_the_skeleton(tmp_path: Path) -> None:
    text = (_draft(tmp_path, RULES) / "promotion.toml").read_text()
    for found in (
        "1.2: 01.09.2026 … 30 ноября 2026 … 10:00",
        "2.1: 1500000 ₸",
        "2.1: 10 шт",
        "2.2: 10 (десяти) рабочих дней",
        "1.1: г. Алматы, ул. Абая, д. 10",
        "3: 18 лет",
    ):
        assert f"#   {found}" in text
    contacts = tomllib.loads(text)["contacts"]
    assert [(c["kind"], c["value"], c["clause"]) for c in contacts] == [
        ("phone", "8 727 123-45-67", "1.1"),
        ("site", "romashka.kz", "1.1"),
    ]


def test_a_draft_says_line_by_line_what_is_left_to_do_and_is_shown_to_nobody(tmp_path: Path) -> None:
    folder = _draft(tmp_path, RULES)
    todo = unfinished(folder)
    assert {fault.file.name for fault in todo} == {"promotion.toml", "clauses.toml", "rules.kk.md"}
    assert all("TRANSLATE" in line for line in _lines(todo, "rules.kk.md"))
    assert is_draft(folder)
    assert load_all(folder.parent) == {}
    with pytest.raises(CatalogError, match="still a draft"):
        load(folder)
    assert list(_passages(folder, "kk")) == list(_passages(folder, "ru"))
    for name in ("samples.kk.txt", "samples.ru.txt"):
        assert "@ 2.1\n" in (folder / name).read_text()


def _lines(faults: list[Any], name: str) -> list[str]:
    return [f.file.read_text().splitlines()[f.line - 1] for f in faults if f.file.name == name]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"]
)
def test_any_usual_encoding_is_read_and_kept_as_utf_8(tmp_path: Path, encoding: str) -> None:
    text = RULES if encoding.startswith("utf") else RULES.replace("—", "-")
    if encoding in ("koi8-r", "cp866"):
        text = text.replace("«", '"').replace("»", '"')
    folder = _draft(tmp_path, text.replace("\n", "\r\n").encode(encoding))
    assert (folder / "source.txt").read_bytes().decode() == text
    assert "3" in _passages(folder)


def test_kazakh_in_an_old_encoding_is_told_from_russian(tmp_path: Path) -> None:
    text = "Акция шарттары\n\n1. Акция Қазақстанның бүкіл аумағында өтеді.\n\n2. Жүлдені жеңімпаздың өзі ғана алады.\n"
    folder = _draft(tmp_path, text.encode("kz1048"))
    assert (folder / "source.txt").read_text() == text
    assert "status: original" in (folder / "rules.kk.md").read_text()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Правила\n\n1) Первый пункт.\n\n2) Второй пункт:\n\nа) часть;\n\n3) Третий пункт.", ["1", "2", "3"]),
        ("Правила\n\n§ 1. Первый пункт.\n\n§ 2. Второй пункт.", ["§ 1", "§ 2"]),
        ("Правила\n\nСтатья 1. Первый пункт.\n\nСтатья 2. Второй пункт.", ["статья 1", "статья 2"]),
        ("Ережелер\n\n1-бап. Бірінші тармақтың мәтіні.\n\n2-бап. Екінші тармақтың мәтіні.", ["1-бап", "2-бап"]),
        ("Правила\n\n1 Общее\n1.1 Первый пункт правил\n1.2 Второй пункт правил", ["1.1", "1.2"]),
        (
            "Правила\n\n1. Акция длится\n10 дней с даты 01.05.2025 и до конца\n2025. Больше ничего.\n2. Второй пункт.",
            ["1", "2"],
        ),
        (
            "Правила\n\n1. Первый пункт правил.\n2. Второй:\n1) часть один;\n2) часть два.\n3. Третий пункт.",
            ["1", "2", "3"],
        ),
        ("Правила\n\n1. Один.\n2. Два пункта.\n\nПриложение 1\n\n1. Снова первый пункт.", ["1", "2", "Приложение 1/1"]),
        ("Правила этой акции\n\nОдин абзац без номера и без конца.\n\nДругой абзац правил.", ["preamble"]),
    ],
)
def test_each_way_of_numbering_is_understood(tmp_path: Path, text: str, labels: list[str]) -> None:
    language = "kk" if "Ереже" in text else "ru"
    assert list(_passages(_draft(tmp_path, text), language)) == labels


def test_broken_lines_are_joined_and_hyphens_kept(tmp_path: Path) -> None:
    text = (
        "Правила акции магазинов города\n\n1. Приз получает победитель, а также сотрудники филиала Усть-\n"
        "Каменогорск, если они участвуют\n\nв этой акции с самого начала и до её конца без всякого перерыва\n"
        "и условий. Всё остальное решает комиссия, созданная для этого дела.\n"
        "2. Второй пункт.\n3. Третий пункт.\n4. Четвёртый.\n"
    )
    first = _passages(_draft(tmp_path, text))["1"]
    assert "\n" not in first
    assert "Усть-Каменогорск" in first
    assert "участвуют в этой" in first


def test_a_markdown_table_is_a_clause_of_its_own_with_its_caption(tmp_path: Path) -> None:
    table = "| Приз | Сколько |\n|---|---|\n| Чайник | 10 |"
    text = f"# Правила акции\n\n1. Призы указаны в таблице:\n\nТаблица №1\n\n{table}\n\n2. Второй пункт.\n"
    passages = _passages(_draft(tmp_path, text, "rules.md"))
    assert list(passages) == ["1", "table 1", "2"]
    assert passages["table 1"] == f"Таблица №1\n\n{table}"


def test_a_word_file_is_read_with_the_numbers_that_word_draws(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Правила акции «Осень»", 0)
    for text in ("Общие правила этой акции.", "Второй пункт этих правил."):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(rows=2, cols=2)
    for at, cell in enumerate(("Приз", "Сколько", "Чайник", "10")):
        table.cell(at // 2, at % 2).text = cell
    document.add_paragraph("Третий пункт.", style="List Number")
    deleted = document.add_paragraph("Четвёртый пункт.", style="List Number")
    deleted._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>лишнее</w:delText></w:r></w:del>"))
    data = io.BytesIO()
    document.save(data)
    file = tmp_path / "rules.docx"
    file.write_bytes(data.getvalue())
    draft = start(file, tmp_path / "out")
    assert draft.folder.name == "osen"
    assert draft.title == "Правила акции «Осень»"
    passages = _passages(draft.folder)
    assert list(passages) == ["1", "2", "table 1", "3", "4"]
    assert passages["table 1"].splitlines()[0] == "| Приз | Сколько |"
    assert passages["4"] == "Четвёртый пункт."
    assert any("tracked changes" in note for note in draft.notes)


def test_a_pdf_is_read_without_what_stands_on_every_page(tmp_path: Path) -> None:
    pages = [
        [f"ТОО «Ромашка», страница {n}", f"{n}. Пункт номер {n} этих правил акции.", "Его продолжение."]
        for n in (1, 2, 3)
    ]
    pages[0].insert(1, "Правила акции «Осень»")
    file = tmp_path / "rules.pdf"
    file.write_bytes(pdf([*pages, []]))
    draft = start(file, tmp_path / "out")
    assert list(_passages(draft.folder)) == ["1", "2", "3"]
    assert draft.title == "Правила акции «Осень»"
    notes = " ".join(draft.notes)
    assert "page 4" in notes
    assert "Ромашка" in notes


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rules.txt", b"", "is empty"),
        ("rules.txt", b" \n\t\r\n", "is empty"),
        ("rules.txt", bytes(range(256)) * 50, "no text"),
        ("rules.txt", b"text \x00\x01\x02" * 50, "not a text"),
        ("rules.txt", b"only English words stand in these rules", "neither Kazakh nor Russian"),
        ("rules.txt", "Правила нашей большой акции".encode(), "no clause"),
        ("rules.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or encrypted Word"),
        ("rules.rtf", b"{\\rtf1 text}", "RTF"),
        ("rules.html", b"<!doctype html><p>text", "web page"),
        ("rules.docx", b"PK\x03\x04" + bytes(200), "damaged"),
        ("rules.pdf", b"%PDF-1.7\n" + bytes(300), "damaged"),
        ("rules.pdf", pdf([[], []]), "scan"),
        ("rules.pdf", pdf([["1. Пункт."]], locked=True), "encrypted"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_left_behind(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(DocumentRefused, match=said):
        _draft(tmp_path, content, name)
    assert not (tmp_path / "out").exists()


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    file = tmp_path / "rules.txt"
    with file.open("wb") as opened:
        opened.truncate(200_000_000)
    assert LARGEST < 200_000_000
    with pytest.raises(DocumentRefused, match="200 MB"):
        start(file, tmp_path / "out")


@pytest.mark.parametrize("file", ["nowhere.txt", "."])
def test_a_missing_file_and_a_folder_are_named(tmp_path: Path, file: str) -> None:
    with pytest.raises(DocumentRefused, match=re.escape(str(tmp_path / file))):
        start(tmp_path / file, tmp_path / "out")


def test_a_folder_that_exists_is_left_alone(tmp_path: Path) -> None:
    folder = _draft(tmp_path, RULES)
    (folder / "source.txt").write_text("mine")
    with pytest.raises(DocumentRefused, match="exists already"):
        _draft(tmp_path, RULES)
    assert (folder / "source.txt").read_text() == "mine"
    assert [path.name for path in folder.parent.iterdir()] == ["autumn"]


@pytest.mark.parametrize("slug", ["Осень", "a b", "../x", "", "common", "x" * 41, "-x"])
def test_a_slug_that_cannot_name_a_folder_is_refused(tmp_path: Path, slug: str) -> None:
    file = tmp_path / "rules.txt"
    file.write_text(RULES)
    with pytest.raises(DocumentRefused, match="--slug"):
        start(file, tmp_path / "out", slug)
