"""What programmes are called for short."""

import pytest

from registry.programmes import short_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Europäische Städtekoalition gegen Rassismus e. V. (ECCAR e. V.)", ("ECCAR",)),
        ("Zentrum für Integrations- und Migrationsforschung (DeZIM)", ("DeZIM",)),
        ("Kommunen für alle? – Rassismuskritik in kommunalen Verwaltungen", ()),
        ("IMAP GmbH (Standort Düsseldorf)", ()),
        ("Netzwerk (NW) der Städte (bundesweit)", ("NW",)),
    ],
)
def test_a_short_name_is_what_stands_in_brackets_with_its_capitals(text: str, names: tuple[str, ...]) -> None:
    assert short_names(text) == names


def test_a_short_name_in_title_and_carrier_is_told_once() -> None:
    assert short_names("Städte gegen Rassismus (ECCAR)", "Städtekoalition (ECCAR e. V.)") == ("ECCAR",)
