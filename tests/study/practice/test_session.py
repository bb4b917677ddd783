"""A sitting: what may be asked, what comes next, what is left, what its end says. Pure."""

from datetime import date

import pytest

from study.bank import loading as banks
from study.practice import drills, session
from study.practice.grading import Grade
from study.practice.session import Card, Choice, Left, Sitting
from study.reviews.memory_state import State
from study.reviews.review import Row

BANK = banks.load()
ORDER = [item.id for item in BANK.items]
TODAY = date(2026, 11, 25)


def review(item: str, *, correct=True, confidence=0.8, seconds=30.0, day=TODAY, **about) -> Row:
    body = {"rating": 3, "correct": correct, "confidence": confidence, "seconds": seconds}
    return Row("review", item, body={**body, "day": day.isoformat(), **about})


def test_an_address_says_what_is_practised_and_nonsense_is_left_out():
    question = BANK.questions[0]
    items = ",".join([ORDER[3], "no/such", ORDER[5]])
    told = {"mode": "bugs", "question": question.id, "topic": question.topic, "items": items}
    choice = Choice.of(told, BANK)
    assert choice == Choice("bugs", question.id, question.topic, "", (ORDER[3], ORDER[5]))
    assert Choice.of(choice.to_query(), BANK) == choice
    assert Choice.of({"mode": "<x>", "question": "?", "topic": "?", "skill": "?"}, BANK) == Choice()


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        (Choice(), ["daily"]),
        (Choice("drills"), drills.ids()),
        (Choice("drills", skill="size"), ["drill/size"]),
        (Choice(items=(ORDER[7], ORDER[2])), [ORDER[7], ORDER[2]]),
        (
            Choice(question=BANK.questions[2].id),
            [item.id for item in BANK.questions[2].items],
        ),
        (
            Choice("bugs", topic=BANK.questions[0].topic),
            [
                item.id
                for question in BANK.questions
                for item in question.items
                if question.topic == BANK.questions[0].topic and item.form in ("bug", "answer")
            ],
        ),
    ],
)
def test_each_choice_has_its_pool(choice, wanted):
    assert session.pool(choice, BANK, ORDER, ["daily"]) == wanted


def test_what_was_not_asked_today_comes_first_and_of_that_what_is_least_sure():
    known = {
        "sure": State(stability=100.0, reviews=2, last=date(2026, 11, 20)),
        "shaky": State(stability=0.1, reviews=2, last=date(2026, 10, 1)),
        "asked": State(stability=0.5, reviews=1, last=TODAY, today=1),
    }
    assert session.by_need(["asked", "sure", "new", "shaky"], known, TODAY) == [
        "shaky",
        "new",
        "sure",
        "asked",
    ]


def test_skipped_items_wait_until_all_were_skipped():
    sitting, first = Sitting().next_item(["a", "b"])
    sitting, second = sitting.without(first).next_item(["a", "b"])
    assert (first, second) == ("a", "b")
    sitting, third = sitting.without(second).next_item(["a", "b"])
    assert third == "a" and sitting.skipped == ()
    assert sitting.next_item([])[1] is None


def test_a_round_is_over_when_its_cards_are_answered_and_can_be_begun_again():
    sitting = Sitting(Choice(items=("a", "b")))
    right = Grade(1.0, True, 3, "exact")
    for card in ("1", "2"):
        assert not sitting.over(["a", "b"])
        sitting = sitting.with_answer(Card(card, "a", 0.0), "x", right)
    assert sitting.over(["a", "b"]) and sitting.answered == ("1", "2")
    assert not sitting.undone("2").over(["a", "b"])
    again = sitting.another_round()
    assert again.answered == () and again.choice == sitting.choice and not again.over(["a", "b"])
    assert Sitting(Choice("drills")).size(["a"] * 19) == session.ROUND


def test_a_round_asks_each_item_once_before_any_comes_again():
    right = Grade(0.0, False, 1, "exact")
    sitting = Sitting(Choice(items=("a", "b"))).with_answer(Card("1", "a", 0.0), "x", right)
    assert sitting.still_open(["a", "b"]) == ["b"]
    assert sitting.with_answer(Card("1", "a", 0.0), "x", right) == sitting  # a second click
    assert sitting.undone("1").still_open(["a", "b"]) == ["a", "b"]
    assert sitting.with_answer(Card("2", "b", 0.0), "x", right).still_open(["a", "b"]) == ["a", "b"]


def test_only_the_schedule_ends_what_the_schedule_wants():
    assert Sitting().scheduled and not Sitting().another_round().scheduled
    assert not Sitting(Choice("bugs")).scheduled


def test_a_card_stays_while_its_item_may_be_asked_or_its_answer_is_read():
    card = Card("1", ORDER[0], 0.0)
    sitting = Sitting(card=card)
    assert sitting.shows(ORDER, BANK) and not sitting.shows(ORDER[1:], BANK)
    read = sitting.with_answer(card, "x", Grade(0.0, False, 1, "exact"))
    assert read.shows(ORDER[1:], BANK)
    assert not Sitting(card=Card("1", "gone/item", 0.0)).shows(["gone/item"], BANK)


def test_how_far_one_is():
    assert Left(3, 9).share == 0.25 and Left(0, 0).share == 1.0


def test_the_same_asking_has_the_same_place_in_the_log_and_the_next_another():
    row = review("a")
    assert session.place_in_log("a", []) == session.place_in_log("a", [])
    assert session.place_in_log("a", []) != session.place_in_log("a", [row])
    undo = Row("undo", "a", body={"undoes": row.id})
    assert session.place_in_log("a", [row, undo]) != session.place_in_log("a", [row])


def test_a_refused_row_is_a_double_click_only_where_it_says_the_same():
    row = review("a", answer="x", confidence=0.4)
    assert session.retried(row, "x", 0.4)
    assert not session.retried(row, "y", 0.4) and not session.retried(row, "x", 1.0)
    assert not session.retried(None, "x", 0.4)


def test_what_can_be_undone_is_read_from_the_log():
    yesterday = review("old", day=date(2026, 11, 24))
    first, second = review("a"), Row("bury", "b", body={"day": TODAY.isoformat()})
    rows = [yesterday, first, second, Row("plan", body={"day": TODAY.isoformat()})]
    assert session.last_undoable(rows, TODAY) == second
    undo = Row("undo", "b", body={"undoes": second.id, "day": TODAY.isoformat()})
    assert session.last_undoable([*rows, undo], TODAY) == first
    assert session.last_undoable([yesterday], TODAY) is None
    everything = Row("reset", body={"day": TODAY.isoformat()})
    assert session.last_undoable([first, everything], TODAY) is None


def test_confidence_begins_at_chance():
    by_form = {item.form: item for item in BANK.items}
    choice = next(i for i in BANK.items if i.form == "choice" and len(i.facts["options"]) == 4)
    assert session.confidence_levels(choice) == (0.25, 0.4, 0.55, 0.7, 0.85, 1.0)
    for form in ("number", "recall", "output", "bug", "code", "order"):
        assert session.confidence_levels(by_form[form]) == (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    for item in BANK.items:
        levels = session.confidence_levels(item)
        assert list(levels) == sorted(set(levels)) and len(levels) == 6


def test_a_summary_counts_each_item_once_by_its_last_answer():
    rows = [review("a", correct=False), review("b", correct=False), review("a", confidence=None)]
    told = session.summary(rows)
    assert (told.answers, told.seconds) == (3, 90.0)
    assert (told.right, told.wrong) == (("a",), ("b",))
    assert (told.stated, told.held) == (0.8, 0.0)
    assert session.summary([]).stated is None


def test_a_scheduled_sitting_is_summed_up_by_its_day_and_another_by_its_cards():
    old, mine, undone = review("a", day=date(2026, 11, 24)), review("b"), review("c")
    rows = [old, mine, undone, Row("undo", "c", body={"undoes": undone.id})]
    assert session.of_sitting(rows, Sitting(), TODAY) == [mine]
    sitting = Sitting(Choice("drills"), answered=(old.id,))
    assert session.of_sitting(rows, sitting, TODAY) == [old]
