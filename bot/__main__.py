"""The command line: `python -m bot {serve,recap,ask,models,doctor,manifest,costs}`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from pydantic import ValidationError

from bot import logs
from bot.settings import Settings
from services.vocabulary.errors import OperatorError, UserError
from services.vocabulary.role import Role


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Earshot hears recordings out.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    serve = verbs.add_parser("serve", help="run the Slack bot")
    roles = [role.value for role in Role]
    serve.add_argument("--role", choices=roles, help="web hears Slack, worker does the work; ROLE when not said")
    recap = verbs.add_parser("recap", help="recap a recording")
    recap.add_argument("source", help="a file on this machine, or a link")
    recap.add_argument("--json", action="store_true", help="print the report as JSON (docs/recap.schema.json)")
    recap.add_argument("--out", type=Path, help="a folder for the audio, the transcript and the recap")
    ask = verbs.add_parser("ask", help="ask about a recap")
    ask.add_argument("recap", type=Path, help="the folder that 'recap --out' wrote")
    ask.add_argument("question")
    verbs.add_parser("models", help="download and build the local models")
    verbs.add_parser("doctor", help="say what is configured, what works and what to do")
    manifest = verbs.add_parser("manifest", help="print the Slack app's manifest")
    manifest.add_argument("--http", metavar="URL", help="for an Earshot that Slack calls there, not for Socket Mode")
    verbs.add_parser("costs", help="say what an hour of audio costs on AWS, and what models have cost so far")
    return parser


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    # Imported late: what a command does not need costs seconds to import.
    match arguments.verb:
        case "serve":
            from bot.server import serve  # noqa: PLC0415

            role = Role(arguments.role) if arguments.role else settings.role
            await serve(settings.model_copy(update={"role": role}))
        case "recap":
            from bot.terminal import recap_source  # noqa: PLC0415

            await recap_source(settings, arguments.source, out=arguments.out, as_json=arguments.json)
        case "ask":
            from bot.terminal import ask_recap  # noqa: PLC0415

            await ask_recap(settings, arguments.recap, arguments.question)
        case "models":
            from bot.models import get_models  # noqa: PLC0415

            await get_models(settings)
        case "doctor":
            from bot.doctor import examine  # noqa: PLC0415

            return await examine(settings)
        case "manifest":
            from bot.manifest import print_manifest  # noqa: PLC0415

            await asyncio.to_thread(print_manifest, arguments.http, settings.public_url)
        case "costs":
            from bot.accounts import show_costs  # noqa: PLC0415

            await show_costs(settings)
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 when the person can act on what was said, 2 for a wrong setting."""
    arguments = _parser().parse_args(argv)
    try:
        settings = Settings()
    except ValidationError as error:
        for problem in error.errors():
            sys.stderr.write(f"{'.'.join(map(str, problem['loc'])).upper()}: {problem['msg']}\n")
        return 2
    logs.configure(settings.log_level if arguments.verb == "serve" else "WARNING", settings.log_format)
    try:
        return asyncio.run(_run(arguments, settings))
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OperatorError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
