"""The tables say what was measured, and how ours compares."""

from tests.benchmarks.contest import Measured
from tests.benchmarks.report import CHANGES, contest_table, medians, ratio_table, section_of, with_section


def a_run(per_second: float, cpu: float = 0.5) -> Measured:
    return Measured(per_second, cpu, rss_mb=60, cold_start=0.5, p50_ms=2, p99_ms=4, api_cpu=0.1)


def test_each_figure_is_the_median_of_its_own() -> None:
    assert medians([a_run(1, cpu=9), a_run(3, cpu=8), a_run(2, cpu=7)]) == a_run(2, cpu=8)


def test_the_table_has_one_line_for_each_bot() -> None:
    assert contest_table({"echo": a_run(1234.5), "ours": a_run(2000)}) == (
        "| bot  | updates/s | CPU s per 1,000 | RSS MB | cold start s | p50 ms | p99 ms |\n"
        "| ---- | --------- | --------------- | ------ | ------------ | ------ | ------ |\n"
        "| echo |     1,234 |            0.50 |     60 |         0.50 |    2.0 |    4.0 |\n"
        "| ours |     2,000 |            0.50 |     60 |         0.50 |    2.0 |    4.0 |"
    )


def test_changes_are_counted_as_changes() -> None:
    head = contest_table({"ours": a_run(1)}, CHANGES).splitlines()[0]

    assert head == "| bot  | changes/s | CPU s per 1,000 | RSS MB | cold start s | p50 ms | p99 ms |"


def test_a_ratio_is_ours_over_theirs() -> None:
    assert ratio_table(a_run(2000), {"echo": a_run(1000, cpu=1.0)}) == (
        "| ratio       | updates/s | CPU s per 1,000 | RSS MB | cold start s | p50 ms | p99 ms |\n"
        "| ----------- | --------- | --------------- | ------ | ------------ | ------ | ------ |\n"
        "| ours / echo |      2.00 |            0.50 |   1.00 |         1.00 |   1.00 |   1.00 |"
    )


def test_a_section_takes_the_place_of_the_one_under_its_heading() -> None:
    text = "# Figures\n\nWords.\n\n## Digests\n\nold\n\n## Commands\n\ntable\n"

    assert with_section(text, "## Digests", "## Digests\n\nnew\n") == text.replace("old", "new")


def test_a_section_without_one_of_its_heading_comes_last() -> None:
    assert with_section("# Figures\n", "## Digests", "## Digests\n\nnew\n") == "# Figures\n\n## Digests\n\nnew\n"


def test_a_section_can_be_kept() -> None:
    text = "# Figures\n\n## Digests\n\nold\n\n## Commands\n"

    assert section_of(text, "## Digests").strip() == "## Digests\n\nold"
    assert section_of("# Figures\n", "## Digests") == ""
