"""Shipped code runs anywhere; edited code only isolated, or on the learner's own machine."""

import itertools

import pytest

from base.messages import Message
from study.sandbox.isolation.policy import Server, judge
from study.sandbox.isolation.tiers import Tier

ISOLATED = Tier("isolated-b", True, Message("x"))
LIMITED = Tier("limited", False, Message("x"))
EVERY_SERVER = [Server(*facts) for facts in itertools.product((True, False), repeat=5)]
BOTH = (ISOLATED, LIMITED)


@pytest.mark.parametrize("tier", BOTH, ids=lambda tier: tier.name)
def test_shipped_code_runs_on_every_server(tier):
    assert all(judge(shipped=True, tier=tier, server=server).allowed for server in EVERY_SERVER)


@pytest.mark.parametrize("tier", BOTH, ids=lambda tier: tier.name)
def test_an_administrator_can_switch_editing_off(tier):
    for server in EVERY_SERVER:
        if not server.editing:
            verdict = judge(shipped=False, tier=tier, server=server)
            assert not verdict.allowed and not verdict.needs_consent
            assert verdict.why.key == "sandbox.editing_off"


def test_edited_code_without_isolation_never_runs_where_others_can_reach():
    for server in EVERY_SERVER:
        if not server.local:
            verdict = judge(shipped=False, tier=LIMITED, server=server)
            assert not verdict.allowed and not verdict.needs_consent
            assert verdict.why is not None


def test_a_session_without_the_launch_link_edits_nothing():
    for server, tier in itertools.product(EVERY_SERVER, BOTH):
        if server.locked:
            assert not judge(shipped=False, tier=tier, server=server).allowed


@pytest.mark.parametrize(
    ("tier", "server", "allowed", "key"),
    [
        (ISOLATED, Server(True, True, False), True, None),
        (LIMITED, Server(True, True, False), False, "sandbox.ask_consent"),
        (LIMITED, Server(True, True, True), True, None),
        (ISOLATED, Server(False, True, False), False, "sandbox.far_unknown"),
        (ISOLATED, Server(False, True, False, known=True), True, None),
        (LIMITED, Server(False, True, True, known=True), False, "sandbox.far_unisolated"),
        (ISOLATED, Server(True, True, True, locked=True), False, "sandbox.needs_link"),
    ],
)
def test_edited_code(tier, server, allowed, key):
    verdict = judge(shipped=False, tier=tier, server=server)
    assert (verdict.allowed, verdict.why and verdict.why.key) == (allowed, key)


def test_only_one_machine_asks_for_consent_and_says_what_for():
    verdict = judge(shipped=False, tier=LIMITED, server=Server(True, True, False))
    assert verdict.needs_consent
    assert "your files and the network" in str(verdict.why)
