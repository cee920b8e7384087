"""The sample tells the facts of the real documents in words of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "bot" / "playground" / "sample"
REAL = ROOT.parent / "shared" / "documents"

LONGEST_SHARED_RUN = 7

# What a form, an office or a programme is called, and dates, are facts; longest first, so that none hides in another.
SHARED_TERMS = (
    "kommunale allianzen und strategien gegen rassismus und hass gemeinsam entscheidungsträger innen stärken",
    "beauftragten der bundesregierung für migration flüchtlinge und integration",
    "kommunale allianzen und strategien gegen rassismus und hass",
    "ausschuss für öffentliche ordnung sicherheit ortsteile und ehrenamt",
    "bundesministerium für bildung familie senioren frauen und jugend",
    "netzwerk für integration der landeshauptstadt erfurt",
    "deutsche zentrum für integrations und migrationsforschung dezim",
    "kommunen für alle rassismuskritik in kommunalen verwaltungen",
    "titel der drucksache teilnahme an modellprojekt",
    "kommunale allianzen und strategien gegen rassismus",
    "amt für chancengleichheit der stadt heidelberg",
    "europäische städtekoalition gegen rassismus e v eccar e v",
    "beauftragte der bundesregierung für antirassismus",
    "europäische städtekoalition gegen rassismus",
    "amt für chancengleichheit stadt heidelberg",
    "abteilung presse und öffentlichkeitsarbeit",
    "interkulturelle öffnung und willkommenskultur",
    "antidiskriminierung und gleichstellung",
    "ag gesundheit des netzwerks für integration",
    "träger der gemeinschaftsunterkünfte",
    "büro für migration und integration",
    "büro migration und integration",
    "weitere akteurinnen und akteure",
    "personal und organisationsamt",
    "alltagsmut tut erfurt gut",
    "maßnahmen verantwortungsbereich frist umsetzung stand 30 06 2025",
    "3 evaluation des integrationskonzepts",
    "fraktion bündnis 90 die grünen",
    "kinder jugend und familie",
    "1 mal jährlich bei bedarf",
    "informationen aus der verwaltung",
    "programms demokratie leben",
    "beratungsfolge datum behandlung",
    "garten und friedhofsamt",
    "vollständig umgesetzt",
    "teilweise umgesetzt",
    "unter einbezug jugendamt",
    "in zusammenarbeit mit",
    "in abstimmung mit",
    "in kooperation mit",
    "nicht umgesetzt",
    "nicht öffentlich",
    "amt für soziales",
    "amt für bildung",
    "aktueller stand",
)
SHARED_PATTERNS = (
    r"<[^>]*>",  # the marks of cells, lead offices and boxes
    r"(?m)^V: .*$",  # routing lines
    r"\b\d{1,2}\.\d{1,2}\.\d{4}\b",
    r"\b\d{1,2}\. (?:Januar|Februar) um \d{2}-\d{2} Uhr",
    r"(?m)^.*\b(?:Handlungsfeld \d+|Empfehlung \d+,? M\d)\b.*$",  # headings
    r"(?m)^(?:Datum, Unterschrift|Beschlussvorschlag|Anlagenverzeichnis|Entscheidungsvorlage)\s*$",
    r"(?m)^(?:Sachverhalt|Begründung:)\s*$",
)


def prose(text: str) -> str:
    """The text in lower case, word by word, with a bar where a shared term stood."""
    for pattern in SHARED_PATTERNS:
        text = re.sub(pattern, " | ", text)
    words = " ".join(re.findall(r"\w+|\|", text.lower()))
    for term in SHARED_TERMS:
        words = re.sub(rf"\b{term}\b", "|", words)
    return words


def runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    for stretch in prose(text).split("|"):
        words = stretch.split()
        yield from (tuple(words[i : i + length]) for i in range(len(words) - length + 1))


def sample_files() -> list[Path]:
    return sorted(SAMPLE.rglob("*.t*t"))


@pytest.fixture(scope="module")
def real_runs() -> set[tuple[str, ...]]:
    if not REAL.is_dir():
        pytest.skip("the real documents are not beside this checkout")
    return {run for file in REAL.glob("*.txt") for run in runs(file.read_text("utf-8"), LONGEST_SHARED_RUN + 1)}


@pytest.mark.parametrize("file", sample_files(), ids=lambda file: file.name)
def test_no_sentence_of_a_real_document_stands_in_the_sample(file: Path, real_runs: set[tuple[str, ...]]) -> None:
    copied = [" ".join(run) for run in runs(file.read_text("utf-8"), LONGEST_SHARED_RUN + 1) if run in real_runs]

    assert copied == []


def test_a_copied_sentence_would_be_noticed(real_runs: set[tuple[str, ...]]) -> None:
    evaluation = next(REAL.glob("002_*.txt")).read_text("utf-8")
    sentence = next(line for line in evaluation.splitlines() if line.startswith("Wie viele Auszubildende"))

    copied = [run for run in runs(f"Neu ist dies. {sentence}", LONGEST_SHARED_RUN + 1) if run in real_runs]

    assert copied


@pytest.mark.parametrize("file", sample_files(), ids=lambda file: file.name)
def test_the_sample_names_no_mail_address_and_no_telephone(file: Path) -> None:
    text = file.read_text("utf-8")

    assert re.findall(r"\S+@\S+", text) == []
    assert re.findall(r"(?:\+\d{2}|\(0\)|\bTel\b|Telefon:|\b0\d{2,5}[ /]\d{3,})", text) == []
