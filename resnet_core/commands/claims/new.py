"""Create the file of a new claim and its texts in both languages, all of them marked TODO."""

import json
import re
import sys
import tomllib
from pathlib import Path

from resnet_core.claims import CLAIMS, each

ROOT = Path(__file__).resolve().parents[3]
PARTS = ("control", "paper", "quantity", "title", "why")
WORDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ROOM = '"""Define the claims of the topic "{title}"."""\n'
TEMPLATE = '''"""TODO: the claim in one sentence."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import plain, residual

CLAIM = Claim(
    name="{name}",
    topic="{topic}",
    tier="proxy",
    experiments=(plain(20), residual(20)),
    measure=difference("plain-20", "residual-20"),
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(plain(8), residual(8)),
        measure=difference("plain-8", "residual-8"),
        predicate=Predicate("at most", 0.15),
    ),
    source="he15 §4.2",
)
'''
NEXT = """{path}
Fill in the claim, and its texts `claims.{name}.…` in locales/en/claims.json and in
locales/zh/claims.json. CONTRIBUTING.md says what each of them is for. Then
{steps}
and name it in `claims` of the question.toml that makes it, and in its two texts."""
STEPS = {
    "python -m resnet_core claims {name} --seeds 1": "look at it",
    "python -m resnet_core claims {name} --record": "five seeds; the record ships",
    "python -m resnet_core claims --docs": "docs/claims.md",
    "pytest tests/resnet_core/claims -k {name}": "what is still missing",
    "pytest tests/study/practice/test_claim_drills.py": "whether its title gives drills away",
    "streamlit run app.py": "look at /claims?claim={name}",
}


def write(names: list[str]) -> int:
    """Write the file and the texts. Return 2 if the name or its topic cannot be used."""
    topic, _, name = names[0].rpartition("/") if len(names) == 1 else ("", "", "")
    if not WORDS.fullmatch(name) or name in CLAIMS:
        print(
            "Give one new name of lower-case words: claims new shortcuts/wider-is-better",
            file=sys.stderr,
        )
        return 2
    topics = _topics()
    topic = topic or _ask(topics)
    if topic not in topics:
        there = ", ".join(topics)
        print(
            f"Name the topic before the claim: claims new {next(iter(topics))}/{name}. "
            f"The topics of questions/topics.toml are: {there}.",
            file=sys.stderr,
        )
        return 2
    path = _room(topic, topics[topic]) / f"{name.replace('-', '_')}.py"
    path.write_text(TEMPLATE.format(name=name, topic=topic), "utf-8")
    for language in ("en", "zh"):
        texts = ROOT / "locales" / language / "claims.json"
        known = json.loads(texts.read_text("utf-8"))
        known |= {f"claims.{name}.{part}": "TODO" for part in PARTS}
        ordered = json.dumps(dict(sorted(known.items())), ensure_ascii=False, indent=1)
        texts.write_text(ordered + "\n", "utf-8")
    print(NEXT.format(path=path, name=name, steps=_steps(name)))
    return 0


def _steps(name: str) -> str:
    """Return the commands that follow, one a line, with what each is for in one column."""
    steps = {command.format(name=name): what.format(name=name) for command, what in STEPS.items()}
    width = max(map(len, steps))
    return "\n".join(f"    {command:{width}}  # {what}" for command, what in steps.items())


def _topics() -> dict[str, str]:
    """Return the English title of every topic of the bank, by the topic's key."""
    told = tomllib.loads((ROOT / "questions" / "topics.toml").read_text("utf-8"))
    return {key: topic["title"]["en"] for key, topic in told.items()}


def _ask(topics: dict[str, str]) -> str:
    """Return the topic that a person types, or "" where nobody is there to be asked."""
    if not sys.stdin.isatty():
        return ""
    return input(f"Which topic is it about? {', '.join(topics)}: ").strip()


def _room(topic: str, title: str) -> Path:
    """Return the folder of a topic's claims, and make it for the topic's first claim."""
    room = Path(each.__path__[0]) / topic
    if not room.is_dir():
        room.mkdir()
        (room / "__init__.py").write_text(ROOM.format(title=title), "utf-8")
    return room
