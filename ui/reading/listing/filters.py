"""Read the filters and the order of the list from the address, and write them to it."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import streamlit as st

from study.bank import order, search
from study.bank.question import Bank, Question
from ui.reading.listing.standings import Standings
from ui.shared.question_bank import the_index
from ui.shell import address
from ui.shell.i18n import known, named, of, t

ORDERS = ("path", "topic", "level", "weak")


@dataclass(frozen=True)
class Filters:
    """Hold the filters of the list. The fields have the names of their parts of the address."""

    search: str = ""
    topic: str = ""
    level: str = ""
    tag: str = ""
    path: str = ""
    sort: str = ""

    def place(self) -> dict[str, str]:
        """Return the parts of the address that restore this list."""
        return {name: part for name, part in asdict(self).items() if part}


def current() -> Filters:
    """Return what the address asks for."""
    return Filters(
        **{name: address.value(name) for name in ("search", "topic", "level", "tag", "path")},
        sort=address.value("sort", ORDERS),
    )


def listed(bank: Bank, filters: Filters, standings: Callable[[], Standings]) -> list[Question]:
    """Return the questions of the list; for a search the best match comes first.

    The learner's standing is only computed for the order by weakness.
    """
    found = [
        question
        for question in search.search(the_index(), filters.search)
        if filters.topic in ("", question.topic)
        and filters.level in ("", str(question.level))
        and (not filters.tag or filters.tag in question.tags)
        and (not filters.path or question.id in _on_path(bank, filters.path))
    ]
    if filters.search and not filters.sort:
        return found
    return {
        "topic": lambda: sorted(found, key=bank.questions.index),
        "level": lambda: order.by_level(found),
        "weak": lambda: order.by_weakness(found, standings().recall()),
    }.get(filters.sort, lambda: _along_the_path(bank, found, filters.path))()


def draw(bank: Bank) -> Filters:
    """Draw the fields and return what they say."""
    st.text_input(
        t("questions.search"),
        key="search",
        placeholder=t("questions.search_hint"),
        on_change=address.follow_text("search", "search"),
        icon=":material/search:",
        label_visibility="collapsed",
    )
    topics = [topic for topic in bank.topics if any(q.topic == topic for q in bank.questions)]
    levels = sorted({str(question.level) for question in bank.questions})
    tags = sorted({tag for question in bank.questions for tag in question.tags})
    with st.container(horizontal=True, key="list_filters"):
        _select("path", ["", *bank.paths], {"": t("questions.any"), **_paths(bank)}.get)
        _select("topic", ["", *topics], {"": t("questions.any"), **_titles(bank)}.get)
        _select("level", ["", *levels], _levels())
        _select("tag", ["", *tags], _tags())
        _select("sort", ["", *ORDERS[1:]], _orders())
    return current()


def _select(name: str, options: list[str], words: Callable[[str], str]) -> None:
    st.selectbox(
        t(f"questions.{name}"),
        options,
        format_func=words,
        key=f"list_{name}",
        on_change=address.follow(name, f"list_{name}", options, ""),
    )


def _on_path(bank: Bank, path: str) -> list[str]:
    return [str(one) for one in bank.paths.get(path, {}).get("questions", [])]


def _along_the_path(bank: Bank, found: list[Question], path: str) -> list[Question]:
    """Sort along the chosen path, or along the whole bank's."""
    ids = _on_path(bank, path) or [question.id for question in order.by_path(bank.questions)]
    place = {id: number for number, id in enumerate(ids)}
    return sorted(found, key=lambda question: place[question.id])


def _paths(bank: Bank) -> dict[str, str]:
    return {path: of(told["title"]) for path, told in bank.paths.items()}


def _titles(bank: Bank) -> dict[str, str]:
    """Return the titles of the topics now, because a widget may ask for its labels later."""
    return {topic: of(title) for topic, title in bank.topics.items()}


def _levels() -> Callable[[str], str]:
    numbered = {str(level): t("question.level", level=level) for level in range(1, 6)}
    return {"": t("questions.any"), **numbered}.get


def _orders() -> Callable[[str], str]:
    return {"": t("questions.sort_path"), **{o: t(f"questions.sort_{o}") for o in ORDERS}}.get


def _tags() -> Callable[[str], str]:
    anything, words = t("questions.any"), named("tag.")
    return lambda tag: (words(tag) if known(f"tag.{tag}") else tag) or anything
