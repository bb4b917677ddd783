"""A mock interview: which question comes next follows from the seed and from the marks so far.

The interviewer opens with a question, goes deeper after a strong answer, asks beside it after a
middling one, and leaves the topic after a weak one. Two interviews with the same script and the
same marks ask the same questions.
"""

import random
from dataclasses import dataclass, field, replace

from study.bank.question import Bank, FollowUp, Question
from study.reviews.review import Row, counted

MINUTES = (15, 30, 45)
ROLES = {"junior": (1, 3), "senior": (2, 5)}
MARKS = ("strong", "partly", "weak")
WORTH = {"strong": 1.0, "partly": 0.5, "weak": 0.0}
DEEPEST = {"junior": 3, "senior": 5}  # questions on one topic before the next
OPENING_S, FOLLOW_S = 150, 75  # what an answer is given before the clock is looked at


@dataclass(frozen=True)
class Script:
    """What was agreed before the first question."""

    id: str
    seed: int
    minutes: int
    role: str
    language: str

    def to_json(self) -> dict:
        return {
            "session": self.id,
            "seed": self.seed,
            "minutes": self.minutes,
            "role": self.role,
            "language": self.language,
        }


@dataclass(frozen=True)
class Ask:
    """One thing to ask: a question, or a follow-up by the keys that lead to it."""

    question: str
    path: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return "/".join((self.question, *self.path))


@dataclass(frozen=True)
class Mark:
    """How one answer went. `flags` are misconceptions that were said; `confidence` was stated
    before the solution was seen.
    """

    ask: Ask
    mark: str
    seconds: float = 0.0
    notes: str = ""
    flags: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    day: str = ""
    confidence: float | None = None

    def to_json(self) -> dict:
        return {
            "question": self.ask.question,
            "path": list(self.ask.path),
            "mark": self.mark,
            "seconds": self.seconds,
            "notes": self.notes,
            "flags": list(self.flags),
            "points": list(self.points),
            "confidence": self.confidence,
        }


@dataclass(frozen=True)
class Session:
    script: Script
    marks: tuple[Mark, ...] = ()
    ended: bool = False

    @property
    def seconds(self) -> float:
        return sum(mark.seconds for mark in self.marks)

    @property
    def score(self) -> float:
        return sum(WORTH[m.mark] for m in self.marks) / len(self.marks) if self.marks else 0.0


def next_ask(session: Session, bank: Bank) -> Ask | None:
    """None when the time is up or nothing is left to ask."""
    if session.ended or session.seconds + FOLLOW_S > 60 * session.script.minutes:
        return None
    last = session.marks[-1] if session.marks else None
    if last is not None and last.mark != "weak" and not _long_enough(session):
        follow = _follow(last, session, bank)
        if follow is not None:
            return follow
    if session.seconds + OPENING_S > 60 * session.script.minutes:
        return None
    return _opening(session, bank)


def _long_enough(session: Session) -> bool:
    """Whether the topic at hand has been asked about long enough."""
    question = session.marks[-1].ask.question
    on_it = sum(mark.ask.question == question for mark in session.marks)
    return on_it >= DEEPEST[session.script.role]


def _follow(last: Mark, session: Session, bank: Bank) -> Ask | None:
    """Deeper after a strong answer, beside it after a middling one; the other way if need be."""
    question = bank.get(last.ask.question)
    if question is None:
        return None
    asked = {mark.ask.key for mark in session.marks}
    deeper, beside = _below(question, last.ask), _beside(question, last.ask)
    wanted = [*deeper, *beside] if last.mark == "strong" else [*beside, *deeper]
    open_ones = [ask for ask in wanted if ask.key not in asked]
    return open_ones[0] if open_ones else None


def _below(question: Question, ask: Ask) -> list[Ask]:
    found = branch(question, ask.path)
    return [Ask(question.id, (*ask.path, one.key)) for one in found]


def _beside(question: Question, ask: Ask) -> list[Ask]:
    if not ask.path:
        return []
    return _below(question, replace(ask, path=ask.path[:-1]))


def branch(question: Question, path: tuple[str, ...]) -> tuple[FollowUp, ...]:
    """The follow-ups below a place in the tree; keys are the same in both languages."""
    found = next(iter(question.prose.values())).follow
    for key in path:
        found = next((one.then for one in found if one.key == key), ())
    return found


def follow_up(question: Question, path: tuple[str, ...], language: str) -> FollowUp | None:
    """The follow-up at a place, in a language."""
    found, one = question.prose[language].follow, None
    for key in path:
        one = next((each for each in found if each.key == key), None)
        if one is None:
            return None
        found = one.then
    return one


def _opening(session: Session, bank: Bank) -> Ask | None:
    """A question of another topic than the last, of the role's levels; harder after strong ones."""
    low, high = ROLES[session.script.role]
    asked = {mark.ask.question for mark in session.marks}
    fitting = [q for q in bank.questions if low <= q.level <= high and q.id not in asked]
    if not fitting:
        fitting = [q for q in bank.questions if q.id not in asked]
    if not fitting:
        return None
    last = bank.get(session.marks[-1].ask.question) if session.marks else None
    other = [q for q in fitting if last is None or q.topic != last.topic]
    aim = low + (high - low) * (session.score if session.marks else 0.4)
    rng = random.Random(f"{session.script.seed}/{len(asked)}")
    shuffled = sorted(other or fitting, key=lambda q: q.id)
    rng.shuffle(shuffled)
    return Ask(min(shuffled, key=lambda q: abs(q.level - aim)).id)


def mark_of(score: float) -> str:
    """Of the share of key points that were said."""
    return "strong" if score >= 0.7 else "partly" if score >= 0.4 else "weak"


@dataclass(frozen=True)
class Report:
    """`strong` and `weak` are questions with their mean mark; `flags` misconceptions that were
    said, with the question; `next_items` what to practise; `stated` the mean confidence.
    """

    score: float
    asked: int
    minutes: float
    strong: tuple[tuple[str, float], ...]
    weak: tuple[tuple[str, float], ...]
    flags: tuple[tuple[str, str], ...]
    next_items: tuple[str, ...] = field(default=())
    stated: float | None = None


def report(session: Session, bank: Bank) -> Report:
    by_question: dict[str, list[float]] = {}
    for mark in session.marks:
        by_question.setdefault(mark.ask.question, []).append(WORTH[mark.mark])
    means = {question: sum(found) / len(found) for question, found in by_question.items()}
    ranked = sorted(means.items(), key=lambda pair: pair[1])
    stated = [mark.confidence for mark in session.marks if mark.confidence is not None]
    flags = [(mark.ask.question, slug) for mark in session.marks for slug in mark.flags]
    return Report(
        session.score,
        len(session.marks),
        session.seconds / 60,
        tuple((q, m) for q, m in reversed(ranked) if m >= 0.7),
        tuple((q, m) for q, m in ranked if m < 0.7),
        tuple(dict.fromkeys(flags)),
        tuple(_practise(session, ranked, bank)),
        sum(stated) / len(stated) if stated else None,
    )


def _practise(session: Session, ranked: list[tuple[str, float]], bank: Bank) -> list[str]:
    """Ten items: first of the questions that went worst, those on points that were not said."""
    said = {(m.ask.question, point) for m in session.marks for point in m.points}
    found = []
    for place, (question_id, _) in enumerate(ranked):
        question = bank.get(question_id)
        for item in question.items if question else ():
            missed = any((question_id, point) not in said for point in item.points)
            found.append((not missed, place, item.form == "recall", item.id))
    return [item for *_, item in sorted(found)[:10]]


def sessions(rows: list[Row]) -> dict[str, Session]:
    """Every interview of the log by its id, in the order they were begun."""
    found: dict[str, Session] = {}
    for row in counted(rows):
        if row.kind != "mock":
            continue
        body = row.body
        script = Script(
            body["session"], body["seed"], body["minutes"], body["role"], body["language"]
        )
        session = found.get(script.id, Session(script))
        if body.get("ended"):
            session = replace(session, ended=True)
        if body.get("mark"):
            session = replace(session, marks=(*session.marks, _mark(body["mark"], row)))
        found[script.id] = session
    return found


def _mark(told: dict, row: Row) -> Mark:
    return Mark(
        Ask(told["question"], tuple(told["path"])),
        told["mark"],
        float(told["seconds"]),
        told["notes"],
        tuple(told["flags"]),
        tuple(told["points"]),
        row.day.isoformat(),
        told.get("confidence"),
    )
