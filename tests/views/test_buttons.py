"""How buttons stand in rows."""

import pytest

from views import buttons
from views.message import Button

LONG = "Büro für Migration und Integration"
LAID = {
    "nothing": ([], []),
    "five short ones": (["Q1"] * 5, [3, 2]),
    "six": (["1.5.M1"] * 6, [3, 3]),
    "nine": (["Q1"] * 9, [3, 3, 3]),
    "four of the widest references": (["8.10.M1"] * 4, [2, 2]),
    "references with a year": (["0112/23-E1"] * 4, [2, 2]),
    "a long one among short ones": (["A11", "A32", LONG, "A53", "D01"], [2, 1, 2]),
    "a long one alone": ([LONG], [1]),
    "twelve and a long one": (["A11"] * 11 + [LONG], [3, 3, 3, 2, 1]),
}


@pytest.mark.parametrize("case", LAID)
def test_rows_are_few_readable_and_even(case: str) -> None:
    labels, sizes = LAID[case]

    laid = buttons.flowing([Button(text=label, data="x") for label in labels])

    assert [len(row) for row in laid] == sizes
    assert [button.text for row in laid for button in row] == labels


def test_no_button_stands_alone_where_another_could_stand_beside_it() -> None:
    for number in range(2, 40):
        laid = buttons.flowing([Button(text=f"Q{n}", data="x") for n in range(number)])

        assert min(map(len, laid)) > 1
        assert max(map(len, laid)) <= 3
