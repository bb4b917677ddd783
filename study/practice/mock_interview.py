"""Lead a mock interview: the next question follows from the seed and from the marks so far.

The interviewer opens with a question and then probes the musts that were not said. After a strong
answer they go deeper, after a middling one they ask about something beside it, and after a weak one
they leave the topic. Two interviews with the same script and the same marks ask the same questions.
"""

import random
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from study.bank.question import Bank, FollowUp, Item, Question
from study.reviews.review import Row, counted

MINUTES = (15, 30, 45)
ROLES = {"junior": (1, 3), "senior": (2, 5)}
MARKS = ("strong", "partly", "weak")
WORTH = {"strong": 1.0, "partly": 0.5, "weak": 0.0}
DEEPEST = {"junior": 3, "senior": 5}  # questions on one topic before the next topic
OPENING_S, FOLLOW_S = 150, 75  # seconds to answer and mark; with less left it is not asked
PROBES = 2  # musts that are probed for one question
MUST = "must:"  # prefix of a probe in a path, where follow-ups have their keys
SPOKEN = ("number", "choice")  # items whose prompt can be asked aloud
PRACTISE, OF_EACH = 10, 3  # items to practise after it, and how many of one question at most


@dataclass(frozen=True)
class Script:
    """Hold what was agreed before the first question; `avoid` are the questions of last time."""

    id: str
    seed: int
    minutes: int
    role: str
    language: str
    avoid: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "session": self.id,
            "seed": self.seed,
            "minutes": self.minutes,
            "role": self.role,
            "language": self.language,
            "avoid": list(self.avoid),
        }


@dataclass(frozen=True)
class Ask:
    """Hold one thing to ask: a question, a follow-up by its keys, or a probe of a must."""

    question: str
    path: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return a name of the ask that is unique in an interview."""
        return "/".join((self.question, *self.path))

    @property
    def must(self) -> str:
        """Return the key point that is probed, or "" for another kind."""
        first = self.path[0] if self.path else ""
        return first.removeprefix(MUST) if first.startswith(MUST) else ""


@dataclass(frozen=True)
class Mark:
    """Hold how one answer went.

    `flags` are misconceptions that were said, and `confidence` was stated before the solution was
    seen. `seconds` is the time of the answer, `spent` that of answer and marking.
    """

    ask: Ask
    mark: str
    seconds: float = 0.0
    notes: str = ""
    flags: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    day: str = ""
    confidence: float | None = None
    spent: float = 0.0

    def to_json(self) -> dict[str, Any]:
        return {
            "question": self.ask.question,
            "path": list(self.ask.path),
            "mark": self.mark,
            "seconds": self.seconds,
            "notes": self.notes,
            "flags": list(self.flags),
            "points": list(self.points),
            "confidence": self.confidence,
            "spent": self.spent,
        }


@dataclass(frozen=True)
class Session:
    """Hold an interview; `begun` is the learner's day on which it began."""

    script: Script
    marks: tuple[Mark, ...] = ()
    ended: bool = False
    begun: str = ""

    @property
    def seconds(self) -> float:
        """Return the seconds on the clock: answering and marking."""
        return sum(max(mark.seconds, mark.spent) for mark in self.marks)

    @property
    def answering(self) -> float:
        """Return the seconds of answers alone."""
        return sum(mark.seconds for mark in self.marks)

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the questions that were opened, each once."""
        return tuple(dict.fromkeys(mark.ask.question for mark in self.marks))

    @property
    def score(self) -> float:
        """Return the mean worth of the marks, 0 to 1."""
        return sum(WORTH[m.mark] for m in self.marks) / len(self.marks) if self.marks else 0.0


def next_ask(session: Session, bank: Bank) -> Ask | None:
    """Return what to ask next, or None if the time is up or nothing is left."""
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
    """Return whether the current topic has been asked about long enough."""
    question = session.marks[-1].ask.question
    on_it = sum(mark.ask.question == question for mark in session.marks)
    return on_it >= DEEPEST[session.script.role]


def _follow(last: Mark, session: Session, bank: Bank) -> Ask | None:
    """Return the ask after an answer, or None.

    A missed must comes first. After a strong answer the interviewer goes deeper, otherwise beside
    it, and the other way if nothing is left there.
    """
    question = bank.get(last.ask.question)
    if question is None:
        return None
    asked = {mark.ask.key for mark in session.marks}
    here = replace(last.ask, path=()) if last.ask.must else last.ask
    deeper, beside = _below(question, here), _beside(question, here)
    wanted = [*deeper, *beside] if last.mark == "strong" else [*beside, *deeper]
    probes = _probes(question, session) if not here.path else []
    open_ones = [ask for ask in [*probes, *wanted] if ask.key not in asked]
    return open_ones[0] if open_ones else None


def _probes(question: Question, session: Session) -> list[Ask]:
    """Return the musts that were neither said nor probed, up to the number that may be probed."""
    probed = {m.ask.must for m in session.marks if m.ask.question == question.id and m.ask.must}
    left = [key for key in missed(question, session.marks) if question.points[key] == 2]
    open_ones = [Ask(question.id, (f"{MUST}{key}",)) for key in left if key not in probed]
    return open_ones[: max(0, PROBES - len(probed))]


def missed(question: Question, marks: tuple[Mark, ...]) -> tuple[str, ...]:
    """Return the key points of a question that were not said, musts first."""
    said = {point for mark in marks if mark.ask.question == question.id for point in mark.points}
    left = [key for key in question.points if key not in said]
    return tuple(sorted(left, key=lambda key: -question.points[key]))


def probe_item(question: Question, must: str) -> Item | None:
    """Return an item whose prompt asks about a key point aloud, or None."""
    fitting = [i for i in question.items if i.form in SPOKEN and must in i.points]
    return min(fitting, key=lambda i: (len(i.points), SPOKEN.index(i.form)), default=None)


def _below(question: Question, ask: Ask) -> list[Ask]:
    found = branch(question, ask.path)
    return [Ask(question.id, (*ask.path, one.key)) for one in found]


def _beside(question: Question, ask: Ask) -> list[Ask]:
    if not ask.path:
        return []
    return _below(question, replace(ask, path=ask.path[:-1]))


def branch(question: Question, path: tuple[str, ...]) -> tuple[FollowUp, ...]:
    """Return the follow-ups below a place in the tree; keys are the same in both languages."""
    found = next(iter(question.prose.values())).follow
    for key in path:
        found = next((one.then for one in found if one.key == key), ())
    return found


def follow_up(question: Question, path: tuple[str, ...], language: str) -> FollowUp | None:
    """Return the follow-up at a place of the tree, in a language."""
    found, one = question.prose[language].follow, None
    for key in path:
        one = next((each for each in found if each.key == key), None)
        if one is None:
            return None
        found = one.then
    return one


def _opening(session: Session, bank: Bank) -> Ask | None:
    """Return a question of another topic at the role's levels, a harder one after strong marks."""
    low, high = ROLES[session.script.role]
    asked = {mark.ask.question for mark in session.marks}
    left = [q for q in bank.questions if q.id not in asked]
    fitting = [q for q in left if low <= q.level <= high] or left
    fitting = [q for q in fitting if q.id not in session.script.avoid] or fitting
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
    """Return the mark for a share of key points that were said."""
    return "strong" if score >= 0.7 else "partly" if score >= 0.4 else "weak"


@dataclass(frozen=True)
class Answered:
    """Hold one line of the transcript.

    `missed` are key points that no answer on the question said; they come with its opening.
    """

    mark: Mark
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """Hold the result of a mock interview.

    `strong` and `weak` are questions with their mean mark, and `flags` are misconceptions that were
    said, with the question. `next_items` are items to practise, and `stated` is the mean
    confidence.
    """

    score: float
    asked: int
    minutes: float
    answers: tuple[Answered, ...]
    strong: tuple[tuple[str, float], ...]
    weak: tuple[tuple[str, float], ...]
    flags: tuple[tuple[str, str], ...]
    next_items: tuple[str, ...] = ()
    stated: float | None = None


def report(session: Session, bank: Bank) -> Report:
    """Return the report of an interview."""
    by_question: dict[str, list[float]] = {}
    for mark in session.marks:
        by_question.setdefault(mark.ask.question, []).append(WORTH[mark.mark])
    means = {question: sum(found) / len(found) for question, found in by_question.items()}
    ranked = sorted(means.items(), key=lambda pair: pair[1])
    stated = [mark.confidence for mark in session.marks if mark.confidence is not None]
    flags = [(mark.ask.question, slug) for mark in session.marks for slug in mark.flags]
    return Report(
        score=session.score,
        asked=len(session.marks),
        minutes=session.answering / 60,
        answers=tuple(_answered(mark, session, bank) for mark in session.marks),
        strong=tuple((q, m) for q, m in reversed(ranked) if m >= 0.7),
        weak=tuple((q, m) for q, m in ranked if m < 0.7),
        flags=tuple(dict.fromkeys(flags)),
        next_items=tuple(_practise(session, [question for question, _ in ranked], bank)),
        stated=sum(stated) / len(stated) if stated else None,
    )


def _answered(mark: Mark, session: Session, bank: Bank) -> Answered:
    question = bank.get(mark.ask.question)
    if mark.ask.path or question is None:
        return Answered(mark)
    return Answered(mark, missed(question, session.marks))


def _practise(session: Session, ranked: list[str], bank: Bank) -> list[str]:
    """Return ten items to practise, worst questions first, one of each question in turn.

    Within a question, items on points that were not said come first. A short interview is filled up
    with items of related questions.
    """
    asked = [question for question in map(bank.get, ranked) if question]
    topics = [question.topic for question in asked]
    others = [question for question in bank.questions if question.id not in ranked]
    beside = sorted(others, key=lambda q: topics.index(q.topic) if q.topic in topics else 99)
    enough = -(-PRACTISE // OF_EACH) if asked else 0
    chosen = [*asked, *beside[: max(0, enough - len(asked))]]
    rows = [_most_missed(question, session) for question in chosen]
    in_turn = (item for turn in zip_longest(*rows) for item in turn if item is not None)
    return [item.id for item in in_turn][:PRACTISE]


def _most_missed(question: Question, session: Session) -> list[Item]:
    """Return the items of a question: those on missed points first, recall last."""
    left = set(missed(question, session.marks))

    def later(item: Item) -> tuple[bool, bool]:
        return left.isdisjoint(item.points), item.form == "recall"

    return sorted(question.items, key=later)


def sessions(rows: list[Row]) -> dict[str, Session]:
    """Return every interview of the log by its id, in the order in which they began."""
    found: dict[str, Session] = {}
    for row in counted(rows):
        if row.kind != "mock":
            continue
        body = row.body
        script = Script(
            body["session"],
            body["seed"],
            body["minutes"],
            body["role"],
            body["language"],
            _texts(body.get("avoid")),
        )
        session = found.get(script.id, Session(script, begun=row.day.isoformat()))
        if body.get("ended"):
            session = replace(session, ended=True)
        if body.get("mark"):
            session = replace(session, marks=(*session.marks, _mark(body["mark"], row)))
        found[script.id] = session
    return found


def _texts(told: object) -> tuple[str, ...]:
    """Return a list of texts, or () for anything else that an imported row may hold."""
    return tuple(one for one in told if isinstance(one, str)) if isinstance(told, list) else ()


def _mark(told: dict[str, Any], row: Row) -> Mark:
    spent = told.get("spent")
    return Mark(
        Ask(told["question"], tuple(told["path"])),
        told["mark"],
        float(told["seconds"]),
        told["notes"],
        tuple(told["flags"]),
        tuple(told["points"]),
        row.day.isoformat(),
        told.get("confidence"),
        float(spent) if isinstance(spent, int | float) else 0.0,
    )
