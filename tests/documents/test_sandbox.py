"""Documents are read in a process of their own, and whatever they do, the answer comes in time and with facts."""

import asyncio
import io
import zipfile
from pathlib import Path

import pytest

from documents import read
from documents.encoding import decode
from documents.findings import TookTooLong, TooLarge, UnknownForm, Unreadability, Unreadable, UnreadDocument
from documents.sandbox import Limits, read_file
from tests.documents.cities import HERE, ilmstadt

EVALUATION = HERE / "ilmstadt.txt"


async def refusal_of(path: Path, limits: Limits | None = None) -> UnreadDocument:
    with pytest.raises(UnreadDocument) as refused:
        await read_file(path, ilmstadt(), limits=limits)
    return refused.value


def a_file(folder: Path, data: bytes) -> Path:
    path = folder / "document.txt"
    path.write_bytes(data)
    return path


async def test_the_reading_comes_back_as_it_is_read_here() -> None:
    here = read(EVALUATION.read_text("utf-8"), source=EVALUATION.name, offices=ilmstadt())

    assert await read_file(EVALUATION, ilmstadt()) == here


async def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    refused = await refusal_of(tmp_path / "nothing.txt")

    assert (type(refused), refused.args) == (Unreadable, (Unreadability.NOT_THERE, 0, ""))


async def test_a_large_file_is_refused_with_its_size(tmp_path: Path) -> None:
    refused = await refusal_of(a_file(tmp_path, b"x" * 101), Limits(size=100))

    assert (type(refused), refused.args) == (TooLarge, (101, 100))


async def test_text_without_a_known_form_is_refused_with_its_length(tmp_path: Path) -> None:
    refused = await refusal_of(a_file(tmp_path, b"Guten Tag\n\nund auf Wiedersehen"))

    assert (type(refused), refused.args) == (UnknownForm, (3,))


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b'[[office]]\ncode = "A"\nkind = \n', 3, "kind ="),
        (b'[[office]]\ncode = "A"\naliases = ["B",\n\n', 3, 'aliases = ["B",'),
        (b'[[office]]\ncode = "A"\ncode = "B"\n', 3, 'code = "B"'),
    ],
    ids=["no value", "never closed", "said twice"],
)
async def test_a_broken_data_file_says_where(tmp_path: Path, data: bytes, line: int, words: str) -> None:
    refused = await refusal_of(a_file(tmp_path, data))

    assert (type(refused), refused.args) == (Unreadable, (Unreadability.WRONG_SYNTAX, line, words))


def an_archive(*parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for part in parts:
            archive.writestr(part, "…")
    return content.getvalue()


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (an_archive("[Content_Types].xml", "word/document.xml"), "DOCX"),
        (an_archive("[Content_Types].xml", "xl/workbook.xml"), "XLSX"),
        (an_archive("notes.txt"), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "DOC, XLS"),
        (b"{\\rtf1\\ansi}", "RTF"),
    ],
)
async def test_an_office_program_s_file_is_told_by_its_content(tmp_path: Path, data: bytes, form: str) -> None:
    refused = await refusal_of(a_file(tmp_path, data))

    assert (type(refused), refused.args) == (Unreadable, (Unreadability.NOT_YET, 0, form))


@pytest.mark.parametrize("data", [b"", b" \r\n\n"])
async def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, data: bytes) -> None:
    refused = await refusal_of(a_file(tmp_path, data))

    assert (type(refused), refused.args) == (Unreadable, (Unreadability.EMPTY, 0, ""))


async def test_reading_that_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    greedy = a_file(tmp_path, b"Empfehlung 1:\nWarum?\n" * 20_000)

    refused = await refusal_of(greedy, Limits(memory=100_000_000))

    assert type(refused) is TooLarge


async def test_reading_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    endless = a_file(tmp_path, b"Empfehlung 1:\nWarum?\n" * 200_000)

    by_the_clock = await refusal_of(endless, Limits(seconds=0.2))
    by_the_processor = await refusal_of(endless, Limits(cpu_seconds=1))

    assert (type(by_the_clock), by_the_clock.args) == (TookTooLong, (0.2,))
    assert (type(by_the_processor), by_the_processor.args) == (TookTooLong, (1,))


async def test_somebody_who_stops_waiting_leaves_no_process_behind(tmp_path: Path) -> None:
    endless = a_file(tmp_path, b"Empfehlung 1:\nWarum?\n" * 200_000)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(read_file(endless, ilmstadt()), timeout=0.3)

    assert not [child for child in Path("/proc/self/task").glob("*/children") if child.read_text().split()]


async def test_a_module_in_the_working_folder_is_not_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "documents.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)

    assert (await read_file(EVALUATION, ilmstadt())).measures


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Straße".encode(), "Straße"),
        ("\ufeffStraße".encode(), "Straße"),
        ("Straße – „so“".encode("cp1252"), "Straße – „so“"),
        (b"", ""),
    ],
)
def test_bytes_are_text_in_utf8_or_windows_1252(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(("data", "line"), [(b"a\nb\0c", 2), (b"%PDF\x81\x8d\xff", 0)])
def test_bytes_that_are_no_text_are_refused(data: bytes, line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(data)

    assert (refused.value.why, refused.value.line) == (Unreadability.NOT_TEXT, line)
