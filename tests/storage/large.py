"""Fills a register with as many invented records as wanted, the way a big city's might look. The same each time."""

import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from registry.deadlines import Deadline, DeadlineKind
from registry.inquiries import About, AboutKind, Inquiry, InquiryStatus, QuestionList
from registry.measures import Measure, Status
from registry.offices import Office, OfficeKind
from registry.reading import Form, Reading
from registry.rounds import EvaluationRound
from registry.routing import Routing
from storage.store import Store

AS_OF = date(2026, 6, 30)
AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
SEED = 50
_AT_ONCE = 5_000
_STEMS = re.findall(
    r"\w+",
    "Sprachkurs Sprachkurse Beratung Beratungsstelle Unterkunft Gemeinschaftsunterkunft Wohnung Wohnungsmarkt Amt "
    "Ämter Jugend Jugendarbeit Schule Schulsozialarbeit Förderung Förderverein Straße Straßenbahn Verkehr Radweg "
    "Spielplatz Stadtteil Quartier Begegnung Begegnungszentrum Ehrenamt Bildung Ausbildung Arbeitsmarkt Gesundheit "
    "Dolmetschen Übersetzung Formular Antrag Bescheid Termin Öffnungszeiten Personal Personalgewinnung Haushalt "
    "Gebäude Sanierung Barrierefreiheit Klimaschutz Baumpflanzung Grünfläche Abfall Entsorgung Feuerwehr Rettung",
)
# As in any town some words stand everywhere and most of them rarely.
_COMPOUNDS = [one + other.lower() for one in _STEMS for other in _STEMS]
_WORDS = random.Random(SEED).sample(_COMPOUNDS, len(_COMPOUNDS))
_WEIGHTS = tuple(accumulate(1 / rank for rank in range(1, len(_WORDS) + 1)))
_CLOSED = (InquiryStatus.ANSWERED, InquiryStatus.ANSWERED, InquiryStatus.WITHDRAWN)


async def fill(store: Store, records: int, *, seed: int = SEED) -> None:
    """Adds measures and inquiries, half of each open, to the offices the register has, or to invented ones."""
    chance = random.Random(seed)
    if not (await store.offices()).offices:
        await _apply(store, Reading(source="offices", form=Form.OFFICES, offices=tuple(_offices())))
    codes = [office.code for office in await store.offices() if office.kind is not OfficeKind.EXTERNAL]
    for first in range(0, records, _AT_ONCE):
        await _apply(store, _document(chance, codes, first, min(_AT_ONCE, records - first)))


async def _apply(store: Store, reading: Reading) -> None:
    await store.apply(reading, public=True, by="operator", at=AT)


def _offices() -> Iterator[Office]:
    for department in range(1, 9):
        code = f"D{department:02}"
        yield Office(code=code, name_de=f"Dezernat {department}", kind=OfficeKind.DEPARTMENT)
        for number in range(10 * department, 10 * department + 8):
            yield Office(code=f"A{number}", name_de=f"Amt {number}", kind=OfficeKind.OFFICE, parent=code)


def _document(chance: random.Random, codes: list[str], first: int, size: int) -> Reading:
    concept, key = f"Konzept {first // _AT_ONCE + 1}", f"list {first}"
    measures = size * 2 // 5
    return Reading(
        source=key,
        form=Form.EVALUATION,
        rounds=(EvaluationRound(concept=concept, as_of=AS_OF),),
        measures=tuple(_measure(chance, codes, concept, at) for at in range(measures)),
        lists=(QuestionList(key=key, title=key, originator=f"Fraktion {first % 7}", concept=concept),),
        inquiries=tuple(_inquiry(chance, codes, key, at) for at in range(1, size - measures + 1)),
    )


def _measure(chance: random.Random, codes: list[str], concept: str, at: int) -> Measure:
    due_on = date(2026, 1, 1) + timedelta(days=chance.randrange(1000))
    dated = Deadline(text=f"bis {due_on:%d.%m.%Y}", kind=DeadlineKind.DATED, due_on=due_on)
    return Measure(
        number=f"{at // 500 + 1}.{at // 20 % 25 + 1}.M{at % 20 + 1}",
        concept=concept,
        title=_sentence(chance, 5),
        text=_sentence(chance, 20),
        lead_offices=tuple(chance.sample(codes, chance.choice((1, 1, 1, 2)))),
        deadline=dated if chance.random() < 0.5 else Deadline(text="fortlaufend", kind=DeadlineKind.ONGOING),
        status=chance.choice((Status.FULLY, Status.PARTLY, Status.NOT_IMPLEMENTED, Status.DISCARDED)),
        current_state=_sentence(chance, 20),
        as_of=AS_OF,
    )


def _inquiry(chance: random.Random, codes: list[str], key: str, position: int) -> Inquiry:
    offices = tuple(chance.sample(codes, chance.choice((1, 1, 2, 3))))
    return Inquiry(
        list=key,
        position=position,
        about=About(kind=AboutKind.FIELD, field=chance.randrange(1, 5)),
        title=_sentence(chance, 5),
        text=f"{_sentence(chance, 25)} {position}",
        routing=Routing(text="/ ".join(offices), offices=offices),
        status=InquiryStatus.OPEN if chance.random() < 0.5 else chance.choice(_CLOSED),
        due_on=date(2026, 7, 1) + timedelta(days=chance.randrange(700)),
    )


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(_WORDS, cum_weights=_WEIGHTS, k=length))
