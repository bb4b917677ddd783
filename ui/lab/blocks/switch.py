"""Show the blocks of an experiment side by side; touching a skip takes it out or puts it in."""

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from resnet_core.experiment import block_parts
from resnet_core.experiment.net import NetConfig
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery
from resnet_core.experiment.surgery.limits import possible
from ui.charts.layers import block
from ui.lab.blocks.words import drawing, totals
from ui.lab.labels import arm_names
from ui.shell.i18n import language, t, translate

HERE = Path(__file__)
USUAL = "stage2_block1"  # where the shape changes, so that the kinds of shortcuts differ
Touched = Callable[[str], None]


def draw_blocks(
    arms: Mapping[str, NetConfig],
    key: str,
    touched: Touched,
    *,
    switches: frozenset[str],
    surgery: Surgery = WHOLE,
) -> None:
    """Draw one block of each arm.

    `touched` is called with the arm whose skip was touched. `switches` are the arms whose skips can
    be touched, and `surgery` is what was cut while they train.
    """
    nets = list(arms.values())
    known = [name for name in block_parts.names(nets[0]) if _all_have(nets, name)]
    code = language()
    chosen = st.segmented_control(
        t("block.which"),
        known,
        default=USUAL if USUAL in known else known[0],
        required=True,
        format_func=lambda name: _place(name, code),
        key=f"{key}_which",
        wrap=True,
    )
    pictures = [
        _picture(arm, net, name, chosen or known[0], arm in switches, surgery)
        for (arm, net), name in zip(arms.items(), arm_names(list(arms)).values(), strict=True)
    ]
    slot = f"{key}_drawing"

    def told() -> None:
        arm = (st.session_state.get(slot) or {}).get("touched")
        if arm in switches:
            touched(arm)

    _component()(key=slot, data={"pictures": pictures}, on_touched_change=told)


def _picture(
    arm: str, net: NetConfig, name: str, place: str, works: bool, surgery: Surgery = WHOLE
) -> dict[str, str]:
    """Return the name, the costs and the SVG of one arm's block."""
    parts = block_parts.parts(net, place)
    made = possible(net, surgery)
    parts = parts if made.has_skip(place) else block_parts.without_skip(parts)
    key = "block.take_out" if parts.skip else "block.put_in_of"
    skip = block.Switch(arm, parts.skip, t(key, name=name), works)
    deleted = place in made.deleted
    svg = block.svg(drawing(parts, net, name, skip, deleted=deleted))
    costs = t("block.deleted") if deleted else totals(parts)
    return {"name": name, "totals": costs, "svg": svg}


def _all_have(nets: list[NetConfig], name: str) -> bool:
    return all(name in block_parts.names(net) for net in nets)


def _place(name: str, code: str) -> str:
    """Return what a block is called: its stage, and whether it is the first there."""
    stage, _, number = name.removeprefix("stage").partition("_block")
    first = "first" if number == "1" else "later"
    return translate(code, f"block.{first}", stage=stage)


def _component():
    """Return the component, registered on every run because the registry is the server's."""
    return st.components.v2.component(
        "residual_blocks",
        html='<div class="blocks"></div>',
        css=HERE.with_suffix(".css").read_text("utf-8"),
        js=HERE.with_suffix(".js").read_text("utf-8"),
    )
