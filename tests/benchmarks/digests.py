"""``python -m tests.benchmarks.digests``: a digest for each of 1,000 groups, sent by us and by others, as a table."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.audit import key_beside
from tests.benchmarks import cache, report
from tests.benchmarks.contest import cpu_seconds, running
from tests.benchmarks.lineup import ECHOED, SCRIPTS
from tests.benchmarks.sending_api import A_SECOND, ASKED_EVERY, SECONDS_A_CALL, Sent
from tests.benchmarks.subscribing import Composed

RESULTS = cache.ROOT / "docs" / "benchmarks.md"
HEADING = "## Digests"
MOST_COMPOSING = 0.03  # of the time that Telegram's limit takes
MOST_TIME = 1.1
MOST_WAIT_MS = 150
COLUMNS = ("sent by", "told", "twice", "seconds", "limit ×", "refused", "asked", "median wait ms", "longest", "CPU s")


@dataclass(frozen=True)
class Sender:
    """A bot to measure: its command, to which the API's address and a file are added, and what it is asked."""

    name: str
    command: Sequence[str | Path]
    questions: Path
    file: Path


@dataclass(frozen=True)
class Run:
    sender: Sender
    sent: Sent
    cpu: float


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        register = _copied(options.register or cache.register(options.records).ours, folder)
        questions = (options.register or cache.register(options.records).ours).with_name("questions.json")
        composed = subscribe(register, options.groups, folder / "texts.json")
        senders = lineup(register, folder / "texts.json", questions)
        chosen = [each for each in senders if options.only.casefold() in each.name.casefold()]
        runs = [_measured(each, composed.messages) for each in chosen]
    text = written(composed, runs, options)
    print(text)
    if options.write:
        before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
        RESULTS.write_text(report.with_section(before, HEADING, text), encoding="utf-8")
    broken = list(_broken(composed, runs))
    print(*broken, sep="\n", file=sys.stderr)
    return 1 if broken else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.digests", description=__doc__)
    parser.add_argument("--groups", type=int, default=1000, help="groups that get a digest (default: 1,000)")
    parser.add_argument("--records", type=int, default=100_000, help="records in the register (default: 100,000)")
    parser.add_argument("--register", type=Path, help="a register made before, with its questions.json beside it")
    parser.add_argument("--only", default="", metavar="WORD", help="only the senders whose name has this word")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/benchmarks.md")
    return parser.parse_args(arguments)


def _copied(register: Path, folder: Path) -> Path:
    shutil.copy(key_beside(register), folder)
    return Path(shutil.copy(register, folder))


def subscribe(register: Path, groups: int, texts: Path) -> Composed:
    command = [sys.executable, "-m", "tests.benchmarks.subscribing", str(register), str(groups), str(texts)]
    said = subprocess.run(
        command, cwd=cache.ROOT, env=cache.environment(), check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return Composed(**json.loads(said))


def lineup(register: Path, texts: Path, questions: Path) -> list[Sender]:
    ptb = (cache.ptb_python(), SCRIPTS / "ptb_digests.py")
    return [
        Sender("PTB, one after the other", ptb, ECHOED, texts),
        Sender("PTB, AIORateLimiter", (*ptb, "--limited"), ECHOED, texts),
        Sender("PTB, AIORateLimiter with retries", (*ptb, "--limited", "--retries"), ECHOED, texts),
        Sender(
            "Amtsbote, composed and durable",
            (sys.executable, "-m", "tests.benchmarks.contestants.amtsbote_digests"),
            questions,
            register,
        ),
    ]


def _measured(sender: Sender, messages: int) -> Run:
    """From the sender's first call until every group was told."""
    command = [sys.executable, "-m", "tests.benchmarks.sending_api", str(messages), str(sender.questions)]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, cwd=cache.ROOT, stdout=subprocess.PIPE, text=True) as api,
    ):
        assert api.stdout
        origin = f"http://127.0.0.1:{json.loads(api.stdout.readline())}"
        with running([*sender.command, origin, sender.file], Path(folder) / "log") as process:
            sent = Sent(**json.loads(api.stdout.readline()))
            cpu = cpu_seconds(process.pid)
    print(f"{sender.name}: {sent}, {cpu:.1f} CPU s", file=sys.stderr, flush=True)
    return Run(sender, sent, cpu)


def written(composed: Composed, runs: Sequence[Run], options: argparse.Namespace) -> str:
    limit = composed.messages / A_SECOND
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    words = (
        f"A digest for each of {composed.digests:,} groups ({composed.messages:,} messages), over {options.records:,} "
        f"records, against a loopback Bot API that takes {SECONDS_A_CALL * 1000:.0f} ms a call and refuses the "
        f"{A_SECOND + 1}st message of any second: at best {limit:.1f} s. Meanwhile somebody else asks something every "
        f"{ASKED_EVERY} s; a wait runs from the question until the answer is in the chat. Ours composes each digest "
        f"when it is sent ({composed.different} different texts), which costs {composed.cpu:.2f} CPU s (median of "
        f"three passes), {composed.cpu / limit:.1%} of the limit; the others send texts that are ready. Ours keeps on "
        "disk what it is about to send, and sends each as a line into which the text is then written, so that no crash "
        f"sends it twice. `python -m tests.benchmarks.digests`, load averages {load}."
    )
    return "\n\n".join((HEADING, words, report.table(COLUMNS, [_row(run, limit) for run in runs]))) + "\n"


def _row(run: Run, limit: float) -> tuple[str, ...]:
    sent = run.sent
    return (
        run.sender.name,
        f"{sent.told:,}",
        f"{sent.twice:,}",
        f"{sent.seconds:.1f}",
        f"{sent.seconds / limit:.2f}",
        f"{sent.refused:,}",
        f"{sent.asked:,}",
        f"{sent.median_wait_ms:,.0f}",
        f"{sent.longest_wait_ms:,.0f}",
        f"{run.cpu:.1f}",
    )


def _broken(composed: Composed, runs: Sequence[Run]) -> list[str]:
    """Which of our promises the figures do not keep."""
    limit = composed.messages / A_SECOND
    found = [f"composing took {composed.cpu:.2f} CPU s"] if composed.cpu > limit * MOST_COMPOSING else []
    for run in runs:
        if run.sender.name.startswith("Amtsbote"):
            sent = run.sent
            found += (
                [f"told {sent.told}, {sent.twice} twice"] if (sent.told, sent.twice) != (composed.messages, 0) else []
            )
            found += [f"it took {sent.seconds:.1f} s"] if sent.seconds > limit * MOST_TIME else []
            found += [f"somebody waited {sent.longest_wait_ms:.0f} ms"] if sent.longest_wait_ms > MOST_WAIT_MS else []
            found += [f"{sent.wrong} wrong answers"] if sent.wrong or sent.answered < sent.asked else []
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
