"""Create the file of a new claim and its texts in both languages, all of them marked TODO."""

import json
import re
import sys
from pathlib import Path

from resnet_core.claims import CLAIMS
from resnet_core.claims import each as shelf

ROOT = Path(__file__).resolve().parents[3]
PARTS = ("control", "paper", "quantity", "title", "why")
TEMPLATE = '''"""TODO: the claim in one sentence."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import plain, residual

CLAIM = Claim(
    name="{name}",
    topic="shortcuts",
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
locales/zh/claims.json. Then
    python -m resnet_core claims {name} --seeds 1     # look at it
    python -m resnet_core claims {name} --record      # five seeds; the record ships
    python -m resnet_core claims --docs               # docs/claims.md
and name it in `claims` of the question.toml that makes it."""


def write(names: list[str]) -> int:
    """Write the file and the texts. Return 2 if the name cannot be used or is taken."""
    name = names[0] if len(names) == 1 else ""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or name in CLAIMS:
        print("Give one new name of lower-case words: claims new wider-is-better", file=sys.stderr)
        return 2
    path = Path(shelf.__path__[0]) / f"{name.replace('-', '_')}.py"
    path.write_text(TEMPLATE.format(name=name), "utf-8")
    for language in ("en", "zh"):
        texts = ROOT / "locales" / language / "claims.json"
        known = json.loads(texts.read_text("utf-8"))
        known |= {f"claims.{name}.{part}": "TODO" for part in PARTS}
        ordered = json.dumps(dict(sorted(known.items())), ensure_ascii=False, indent=1)
        texts.write_text(ordered + "\n", "utf-8")
    print(NEXT.format(path=path, name=name))
    return 0
