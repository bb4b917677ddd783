"""Draw all claims by topic and tier, or one of them with the questions that make it."""

import streamlit as st

from resnet_core.claims import CLAIMS, TIERS, Claim, Record, record
from study.bank.question import Bank
from ui.claims import wording
from ui.claims.live_run import live_run
from ui.claims.receipt import receipt
from ui.shared.claim_questions import questions_of
from ui.shell import address, navigation
from ui.shell.appearance.heading import heading
from ui.shell.i18n import named, of, t, word

ANY = ""


def claims_page(bank: Bank) -> None:
    """Draw the claim that the address names, or the list."""
    name = address.value("claim")
    if name:
        _one(name, bank)
    else:
        _list(bank)


def _list(bank: Bank) -> None:
    heading(t("claims.title"), tab=t("page.claims"))
    st.markdown(t("claims_page.what"))
    topic, tier = _filters(bank)
    records = {name: record(name) for name in CLAIMS}
    found = [
        claim
        for claim in _ordered(bank)
        if topic in (ANY, claim.topic) and tier in (ANY, claim.tier)
    ]
    held = sum(one.holds for claim in found if (one := records[claim.name]) is not None)
    st.caption(t("claims_page.count", count=len(found), total=len(CLAIMS), held=held))
    if tier != ANY:
        st.caption(t(f"claim.tier_means.{tier}"))
    if not found:
        st.info(t("claims_page.none"))
    for claim in found:
        _card(claim, records[claim.name], bank)


def _filters(bank: Bank) -> tuple[str, str]:
    there = {claim.topic for claim in CLAIMS.values()}
    topics = [ANY, *(topic for topic in bank.topics if topic in there)]
    tiers = [ANY, *TIERS]
    titles = {ANY: t("claims_page.any"), **{topic: of(bank.topics[topic]) for topic in topics[1:]}}
    anything, tier_name = t("claims_page.any"), named("claim.tier.")
    with st.container(horizontal=True):
        st.selectbox(
            t("claims_page.topic"),
            topics,
            format_func=titles.get,
            key="claims_topic",
            on_change=address.follow("topic", "claims_topic", topics, ANY),
        )
        st.selectbox(
            t("claims_page.tier"),
            tiers,
            format_func=lambda tier: tier_name(tier) if tier else anything,
            key="claims_tier",
            on_change=address.follow("tier", "claims_tier", tiers, ANY),
        )
    return address.value("topic", topics), address.value("tier", tiers)


def _ordered(bank: Bank) -> list[Claim]:
    """Return all claims by topic; within a topic, those that fail here come first."""
    topics = list(bank.topics)
    return sorted(
        CLAIMS.values(),
        key=lambda claim: (topics.index(claim.topic), TIERS.index(claim.tier), claim.name),
    )


def _card(claim: Claim, made: Record | None, bank: Bank) -> None:
    with st.container(border=True, key=f"card_{claim.name}", gap="xsmall"):
        navigation.link("claims", word(claim.words("title")), claim=claim.name)
        st.markdown(wording.badges(claim, made))
        parts = [of(bank.topics[claim.topic])]
        if made is not None:
            came, asked = wording.came(made.effect), wording.asked(made.predicate)
            parts.append(t("claims_page.measured", came=came, asked=asked))
        st.caption(" · ".join(parts))


def _one(name: str, bank: Bank) -> None:
    claim = CLAIMS.get(name)
    navigation.link("claims", t("claims_page.all"))
    if claim is None:
        heading(t("claims.title"), tab=t("page.claims"))
        st.info(t("claims_page.unknown"))
        return
    heading(word(claim.words("title")))
    receipt(claim, record(name), whole=True)
    live_run(claim)
    st.header(t("claims_page.questions"), anchor=False)
    found = questions_of([name], bank)
    for question in found:
        navigation.link("questions", of(question.title), q=question.id)
    if not found:
        st.caption(t("claims_page.no_questions"))
