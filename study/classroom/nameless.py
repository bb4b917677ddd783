"""Export the answers of a class without names, for research or to hand on.

Each export numbers the learners anew and at random. An answer keeps only what was chosen, not what
was typed, nor the minute. In a small class a person may still be recognised by their answers.
"""

import json
import random
from collections.abc import Sequence
from typing import Any

from study.bank.question import Bank
from study.classroom import rights
from study.classroom.people import Person
from study.classroom.roll import learners
from study.reviews.review import Row
from study.reviews.storage.store import Store

KEPT = ("rating", "correct", "score", "confidence", "seconds", "graded_by", "language", "day")
PREDICTED: tuple[str, ...] = ("choice", "confidence")
CHOSEN = ("choice", "chart", "recall")  # forms whose answers are keys of the bank


def nameless(store: Store, who: Person | None, bank: Bank) -> str:
    """Return one JSON object a line. Only teachers may."""
    rights.teacher(who)
    everyone = learners(store, who)
    random.SystemRandom().shuffle(everyone)
    lines = [
        json.dumps({"learner": number, **told}, ensure_ascii=False)
        for number, profile in enumerate(everyone, 1)
        for told in _told(store.of(profile).standing(), bank)
    ]
    return "".join(line + "\n" for line in lines)


def _told(rows: Sequence[Row], bank: Bank) -> list[dict[str, Any]]:
    forms = {item.id: item.form for item in bank.items}
    found = []
    for row in rows:
        if row.kind == "prediction":
            kept: dict[str, Any] = {key: row.body[key] for key in PREDICTED if key in row.body}
            kept |= {"experiment": row.body.get("experiment", ""), "day": row.day.isoformat()}
            found.append({"kind": row.kind, **kept})
        if row.kind != "review":
            continue
        kept = {key: row.body[key] for key in KEPT if row.body.get(key) is not None}
        if forms.get(row.item) in CHOSEN:
            kept["answer"] = row.body.get("answer")
        found.append({"kind": row.kind, "item": row.item, "version": row.version, **kept})
    return found
