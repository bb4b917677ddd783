"""When an item comes back: FSRS over the review log, aimed at the interview day.

A card's state is a fold of its rows, so it can always be rebuilt. Aiming is a cap and an order:
no interval reaches past the interview day, and in the last days what would be recalled least on
the day itself comes first. Days are the learner's own; moments are UTC.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from fsrs import Card, Rating, Scheduler

from study.store import Row

LAST_DAYS = 3


@dataclass(frozen=True)
class Plan:
    """`retention`: chance of recall at which an item falls due. Limits are items a day."""

    interview: date | None = None
    retention: float = 0.9
    new_a_day: int = 12
    a_day: int = 80

    def scheduler(self, today: date) -> Scheduler:
        days = 36_500
        if self.interview is not None and self.interview > today:
            days = max(1, (self.interview - today).days)
        return Scheduler(
            desired_retention=self.retention, maximum_interval=days, enable_fuzzing=False
        )


@dataclass
class State:
    """What is known of one item. `hidden_until` is set by bury, far away by suspend."""

    card: Card | None = None
    reviews: int = 0
    lapses: int = 0
    first: datetime | None = None
    last: datetime | None = None
    hidden_until: datetime | None = None
    rows: list[Row] = field(default_factory=list)


NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def plan_of(rows: list[Row]) -> Plan:
    """The last plan that was made; what it does not say is the default."""
    plan = Plan()
    for row in rows:
        if row.kind == "plan":
            told = dict(row.body)
            if "interview" in told:
                told["interview"] = (
                    date.fromisoformat(told["interview"]) if told["interview"] else None
                )
            known = {key: told[key] for key in told if key in Plan.__dataclass_fields__}
            plan = Plan(**{**plan.__dict__, **known})
    return plan


def counted(rows: list[Row]) -> list[Row]:
    """Rows that stand: without undone ones, and without what came before a reset."""
    undone = {row.body.get("undoes") for row in rows if row.kind == "undo"}
    standing = [row for row in rows if row.kind != "undo" and row.id not in undone]
    resets = [i for i, row in enumerate(standing) if row.kind == "reset" and not row.item]
    return standing[resets[-1] + 1 :] if resets else standing


def states(rows: list[Row], plan: Plan | None = None) -> dict[str, State]:
    """Every item that has rows, folded in the order of the log."""
    plan = plan or plan_of(rows)
    found: dict[str, State] = {}
    for row in counted(rows):
        if not row.item:
            continue
        state = found.setdefault(row.item, State())
        if row.kind == "review":
            _review(state, row, plan)
        elif row.kind == "reset":
            found[row.item] = State()
        elif row.kind == "suspend":
            state.hidden_until = NEVER if row.body.get("suspended", True) else None
        elif row.kind == "bury":
            state.hidden_until = _next_day(_moment(row.at))
    return found


def due(item_ids: list[str], rows: list[Row], now: datetime, plan: Plan | None = None) -> list[str]:
    """What to ask now, most urgent first: what is due, then new items up to the day's share."""
    plan = plan or plan_of(rows)
    known = states(rows, plan)
    left = plan.a_day - _answered_today(known, now)
    waiting = [i for i in item_ids if _is_due(known.get(i), now, plan)]
    aim = _aim(now, plan)
    waiting.sort(key=lambda i: retrievability(known[i], aim, plan))
    new = [i for i in item_ids if i not in known or known[i].reviews == 0]
    new = [i for i in new if not _hidden(known.get(i), now)]
    started = sum(_same_day(s.first, now) for s in known.values() if s.first)
    return [*waiting, *new[: max(0, plan.new_a_day - started)]][: max(0, left)]


def retrievability(state: State, at: datetime, plan: Plan) -> float:
    """Chance that the item is recalled at that moment, 0 for one never seen."""
    if state.card is None:
        return 0.0
    return plan.scheduler(at.date()).get_card_retrievability(state.card, at)


def readiness(item_ids: list[str], rows: list[Row], day: datetime) -> float:
    """Mean chance of recall over all items at a moment; items never seen count 0."""
    plan, known = plan_of(rows), states(rows)
    if not item_ids:
        return 0.0
    return sum(retrievability(known.get(i, State()), day, plan) for i in item_ids) / len(item_ids)


def _review(state: State, row: Row, plan: Plan) -> None:
    at = _moment(row.at)
    if state.last is not None and at < state.last:
        at = state.last  # a clock was set back; the order of the log is the truth
    card = state.card or Card(card_id=1, due=at)
    rating = Rating(int(row.body["rating"]))
    state.card, _ = plan.scheduler(at.date()).review_card(card, rating, at)
    state.reviews += 1
    state.lapses += rating == Rating.Again
    state.first, state.last = state.first or at, at
    state.hidden_until = None
    state.rows.append(row)


def _is_due(state: State | None, now: datetime, plan: Plan) -> bool:
    if state is None or state.card is None or _hidden(state, now):
        return False
    if state.card.due <= now:
        return True
    return _last_days(now, plan) and not _same_day(state.last, now)


def _aim(now: datetime, plan: Plan) -> datetime:
    if _last_days(now, plan):
        return datetime.combine(plan.interview, now.timetz().replace(tzinfo=UTC))
    return now


def _last_days(now: datetime, plan: Plan) -> bool:
    return plan.interview is not None and 0 <= (plan.interview - now.date()).days <= LAST_DAYS


def _hidden(state: State | None, now: datetime) -> bool:
    return bool(state and state.hidden_until and state.hidden_until > now)


def _answered_today(known: dict[str, State], now: datetime) -> int:
    return sum(_same_day(_moment(row.at), now) for s in known.values() for row in s.rows)


def _same_day(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment.astimezone().date() == now.astimezone().date()


def _next_day(moment: datetime) -> datetime:
    local = moment.astimezone()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(days=1)).astimezone(UTC)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
