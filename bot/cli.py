"""The command line. Each command imports what it needs when it runs, so that help answers at once."""

from collections.abc import Callable, Coroutine
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="amtsbote",
    help="The messenger of an office: keeps a city's register of measures and inquiries and answers in chat.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class RoleName(StrEnum):
    GUEST = "guest"
    READER = "reader"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


class InvitedRole(StrEnum):
    READER = "reader"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


class LanguageCode(StrEnum):
    DE = "de"
    EN = "en"


Output = Annotated[Path, typer.Option("--output", "-o", help="The file to write.")]
LanguageOption = Annotated[LanguageCode | None, typer.Option("--language", help="The language of the answer.")]


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The port on this machine; 0 takes a free one.")] = 8088,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Open the playground: the real bot, a local Bot API and a sample register; no account, no token."""
    from bot.playground.demo import run_demo

    _run(lambda: run_demo(port=port, open_browser=browser))


@app.command()
def run() -> None:
    """Run the bot on Telegram with the token from the environment."""
    from bot.application import run_bot
    from bot.settings import load_settings

    _run(lambda: run_bot(load_settings(needs_token=True)))


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Council documents, office trees or titles.")],
    public: Annotated[bool, typer.Option("--public", help="The records may be seen by everybody.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be imported.")] = False,
    language: LanguageOption = None,
) -> None:
    """Read documents, show what was understood and what is in doubt, and apply it to the register."""
    from bot.importing import import_files
    from bot.settings import load_settings

    _run(
        lambda: import_files(load_settings(), files, public=public, dry_run=dry_run, language_code=language),
        language=language,
    )


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help='A question or command, such as "was ist offen für A50".')],
    role: Annotated[RoleName, typer.Option("--as", help="Whose answer to show.")] = RoleName.ADMIN,
    office: Annotated[list[str] | None, typer.Option(help="An office the person works for.")] = None,
    language: LanguageOption = None,
) -> None:
    """Show the answer the chat would give, without any network."""
    from bot.asking import ask_register
    from bot.settings import load_settings
    from registry.people import Role

    offices = tuple(office or ())
    _run(
        lambda: ask_register(load_settings(), text, role=Role[role.name], offices=offices, language_code=language),
        language=language,
    )


@app.command()
def invite(
    role: Annotated[InvitedRole, typer.Argument(help="What whoever uses the code may do.")],
    offices: Annotated[list[str] | None, typer.Argument(help="The offices an editor works for.")] = None,
    until: Annotated[str | None, typer.Option(help="The last day of the role, such as 31.12.2026.")] = None,
    language: LanguageOption = None,
) -> None:
    """Make a code that gives a role once, for the first administrator or anybody else."""
    from bot.inviting import invite
    from bot.settings import load_settings
    from registry.people import Role

    _run(
        lambda: invite(load_settings(), Role[role.name], list(offices or ()), until=until, language_code=language),
        language=language,
    )


@app.command()
def release(
    ref: Annotated[str, typer.Argument(help="The record: 1.5.M1, QN3, 0112/23.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    language: LanguageOption = None,
) -> None:
    """Make a non-public record public, after showing what that discloses."""
    from bot.releasing import release
    from bot.settings import load_settings

    _run(lambda: release(load_settings(), ref, yes=yes, language_code=language), language=language)


@app.command()
def export(
    kind: Annotated[str, typer.Argument(help="The form: json.")],
    output: Output,
) -> None:
    """Write the whole register to a file."""
    from bot.exporting import export_register
    from bot.settings import load_settings

    _run(lambda: export_register(load_settings(), kind, output))


@app.command()
def check() -> None:
    """Look for what would keep the bot from working, and say what to do about it."""
    from bot.doctor import check_installation

    _run(check_installation)


@app.command("new-key")
def new_key() -> None:
    """Seal the history with a new key from now on, if the old one is lost for good."""
    from bot.auditing import begin_anew
    from bot.settings import load_settings

    _run(lambda: begin_anew(load_settings()))


@app.command()
def backup(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file; a dated one by default.")] = None,
) -> None:
    """Write a verified copy of the register."""
    from bot.exporting import back_up
    from bot.settings import load_settings

    _run(lambda: back_up(load_settings(), output))


def _run(work: Callable[[], Coroutine[object, object, int | None]], *, language: LanguageCode | None = None) -> None:
    from bot.ending import carry_out

    raise typer.Exit(carry_out(work, language))


def main() -> None:
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
