"""Run a command of the learner's side: check, new, run, sandbox, export, database or simulate."""

import argparse
import importlib
import sys

COMMANDS = {
    "check": ("study.check.command", "add_arguments", "main", "say what is wrong in the bank"),
    "new": ("study.check.new", "add_arguments", "main", "make the folder of a new question"),
    "run": ("study.sandbox.command", "add_run_arguments", "run", "run a snippet in the sandbox"),
    "sandbox": ("study.sandbox.command", "", "show", "say how snippets are isolated here"),
    "export": (
        "study.export.command",
        "add_arguments",
        "main",
        "write the review log, or an Anki deck",
    ),
    "database": (
        "study.reviews.command",
        "add_arguments",
        "main",
        "prepare the database of a class, or move a log into it",
    ),
    "simulate": (
        "study.scheduling.simulation",
        "add_arguments",
        "main",
        "try the plan on made-up learners",
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m study", description=__doc__)
    lines = "; ".join(f"{name}: {about[-1]}" for name, about in COMMANDS.items())
    parser.add_argument("command", choices=COMMANDS, help=lines)
    chosen = parser.parse_args(sys.argv[1:2]).command
    module_name, arguments, function, about = COMMANDS[chosen]
    module = importlib.import_module(module_name)
    own = argparse.ArgumentParser(prog=f"python -m study {chosen}", description=about)
    if arguments:
        getattr(module, arguments)(own)
    status: int = getattr(module, function)(own.parse_args(sys.argv[2:]))
    return status


if __name__ == "__main__":
    sys.exit(main())
