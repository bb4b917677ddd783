"""Whatever a snippet does, files, network, neighbours and machine stay out of its reach."""

import re
import sys

import pytest

from tests.study.sandbox.attacks import BOMBS, HEAD, LIMITED_HOLDS, Attack
from tests.study.sandbox.attacks import EVERY as KNOWN
from tests.study.sandbox.kernel_attacks import KERNEL

EVERY = [*KNOWN, *KERNEL]
OWN_ENVIRONMENT = re.compile(r"@READABLE@|sys\.prefix")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="isolation is for Linux")


def held(attack: Attack, result: dict, world, before: tuple) -> list[str]:
    """What did not hold; empty when everything did."""
    text = result["stdout"] + result["stderr"]
    wrong = []
    if result["status"] not in attack.outcomes:
        wrong.append(f"ended {result['status']}: {result['reason']} {text[-500:]}")
    if "ESCAPED" in result["stdout"] or "CANARY" in result["stdout"]:
        wrong.append(f"said {text[-500:]}")
    if (world.neighbour(), world.files()) != before:
        wrong.append(f"changed {world.neighbour()} {world.files()} from {before}")
    if world.heard:
        wrong.append(f"reached {world.heard}")
    if left := world.survivors():
        wrong.append(f"left {left}")
    return wrong


@pytest.fixture
def runs(run, run_own):
    """Who attacks what it may read needs an environment of its own account, and one below /tmp,
    where a snippet may write.
    """
    return lambda attack: run_own if OWN_ENVIRONMENT.search(attack.code) else run


def attempt(attack: Attack, tier: str, runs, world, **environment: str) -> tuple[dict, list[str]]:
    before = world.neighbour(), world.files()
    code = world.fill(HEAD + attack.code)
    result = runs(attack)(code, tier, attack.seconds, **environment)
    assert result["tier"] == tier
    return result, held(attack, result, world, before)


@pytest.mark.parametrize("attack", EVERY, ids=lambda attack: attack.name)
def test_an_isolated_snippet_reaches_nothing(attack, isolated, runs, world):
    assert attempt(attack, isolated, runs, world)[1] == []


@pytest.mark.parametrize("abi", ["1", "2", "3", "5"])
@pytest.mark.parametrize(
    "attack", [one for one in EVERY if one not in BOMBS], ids=lambda attack: attack.name
)
def test_older_kernels_hold_as_well(attack, abi, runs, world):
    """Landlock as Linux 5.13, 5.19, 6.2 and 6.10 have it: the filter closes what it lacks."""
    assert attempt(attack, "isolated-b", runs, world, RESIDUAL_LANDLOCK_ABI=abi)[1] == []


@pytest.mark.parametrize(
    "attack", [one for one in EVERY if one.name in LIMITED_HOLDS], ids=lambda attack: attack.name
)
def test_the_limited_tier_holds_its_limits(attack, runs, world):
    assert attempt(attack, "limited", runs, world)[1] == []


@pytest.mark.parametrize("name", ["reads a key at home", "connects by TCP, UDP and by name"])
def test_the_limited_tier_keeps_nothing_secret_and_the_suite_sees_it(name, runs, world):
    """The tests above can fail: here is a tier that is documented not to hold."""
    attack = next(one for one in EVERY if one.name == name)
    assert attempt(attack, "limited", runs, world)[1] != []
