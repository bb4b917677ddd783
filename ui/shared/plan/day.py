"""Compute the plan of the day for pages, once for each state of the log and each day."""

from datetime import date

import streamlit as st

from study.bank.question import Bank
from study.reviews.storage.store import Store
from study.scheduling import queue
from study.scheduling.projection import DayPlan, day_plan
from study.scheduling.readiness import Belief, belief
from study.scheduling.syllabus import Syllabus, syllabus_of
from ui.shared import review_log


def the_day(store: Store, bank: Bank) -> DayPlan:
    """Return the plan of today, with what it reaches by the interview day."""
    return _day(_state(store, bank), review_log.today(), store, bank)


def the_syllabus(store: Store, bank: Bank) -> Syllabus:
    """Return the order of new items, and the time that an answer takes this learner."""
    return _syllabus(_state(store, bank), store, bank)


def the_belief(store: Store, bank: Bank) -> Belief:
    """Return how this learner forgets, estimated from their own answers."""
    return _belief(_state(store, bank), store)


def _state(store: Store, bank: Bank) -> tuple[str, tuple[int, int], int]:
    """Return values that change with the log and the bank."""
    return str(store.url), store.mark(), hash(tuple((i.id, i.version) for i in bank.items))


@st.cache_data(max_entries=64, show_spinner=False)
def _day(state: tuple, day: date, _store: Store, _bank: Bank) -> DayPlan:
    plan = queue.plan_of(_store.plans())
    syllabus, believed = _syllabus(state, _store, _bank), _belief(state, _store)
    return day_plan(_bank, _store.states(), day, plan, syllabus, believed)


@st.cache_data(max_entries=64, show_spinner=False)
def _syllabus(state: tuple, _store: Store, _bank: Bank) -> Syllabus:
    return syllabus_of(_bank, _store.reviews())


@st.cache_data(max_entries=64, show_spinner=False)
def _belief(state: tuple, _store: Store) -> Belief:
    return belief(_store.reviews())
