"""Draw the result of a run in words, and what to try next."""

from dataclasses import replace

import streamlit as st

from base.messages import UserError
from resnet_core import runs
from resnet_core.diagnosis import learning, readings, seeds
from resnet_core.experiment.config import Experiment
from resnet_core.experiment.presets import DEMONSTRATION
from ui.lab.corner.place import link as corner_link
from ui.lab.labels import arm_names, class_name
from ui.lab.watch.lock import locked
from ui.lab.watch.seed_verdict import seed_verdict
from ui.shared import own_runs
from ui.shell import navigation
from ui.shell.i18n import t, word

WEAKER_RATE = 0.1
NEXT = {DEMONSTRATION: "fast-20", "fast-20": "no-bn-56", "no-bn-56": DEMONSTRATION}


def verdict(run: runs.Run, past: runs.History, status: runs.Status) -> None:
    """Draw the verdict of the twins; at the end that of every arm, and the next experiment."""
    several = run.experiment.seeds > 1 and bool(seeds.complete(past, run.experiment.train.steps))
    if several:
        seed_verdict(run, past)
    elif set(run.experiment.arms) == {"residual", "plain"}:
        _twins(past, status)
    if status.live or status.name == "paused":
        return
    if not several:
        lines = [f"- **{name}** · {_arm(run, past, arm)}" for arm, name in names(run).items()]
        st.markdown("\n".join(lines))
    if not locked():
        _next(run, status)


def names(run: runs.Run) -> dict[str, str]:
    """Return the arms of a run with their titles."""
    return arm_names(list(run.experiment.arms))


def accuracy_text(event: runs.Event) -> str:
    """Return a test accuracy with its interval and its number of images."""
    found = learning.interval(event["accuracy"], event["images"])
    return t(
        "learning.test",
        percent=f"{100 * event['accuracy']:.1f}",
        low=f"{100 * found.low:.1f}",
        high=f"{100 * found.high:.1f}",
        images=f"{event['images']:,}",
    )


def _arm(run: runs.Run, past: runs.History, arm: str) -> str:
    net = run.experiment.arms[arm]
    parts = [word(learning.learning(past, arm, net.classes).words)]
    for event in past.of("eval", arm)[-1:]:
        parts.append(accuracy_text(event))
        only, classes = learning.one_class(event), past.started["data"].get("class_names", [])
        if only is not None and only < len(classes):
            share = 100 * event["said"][only] / event["images"]
            values = {"percent": f"{share:.0f}", "name": class_name(classes[only])}
            parts.append(t("learning.one_class", **values))
    return " ".join(parts)


def _twins(past: runs.History, status: runs.Status) -> None:
    found = past.once(readings.apart)
    rule = {"rule_gap": readings.GAP, "window": readings.WINDOW}
    if found is not None:
        values = {"step": found.step, "seconds": f"{found.seconds:.0f}", "gap": f"{found.gap:.2f}"}
        st.success(t("lab.apart", **values, **rule), icon=":material/call_split:")
    else:
        key = "lab.not_apart" if status.live or status.name == "paused" else "lab.never_apart"
        st.info(t(key, **rule), icon=":material/balance:")


def _next(run: runs.Run, status: runs.Status) -> None:
    """Draw the link to the next experiment and, for the demonstration, the weaker rate."""
    if run.experiment.fine_tuning is not None:
        corner_link(t("fine_tuning.another"))
        return
    following = NEXT.get(run.experiment.name, DEMONSTRATION)
    with st.container(horizontal=True, vertical_alignment="center", key="act_next"):
        title = t("lab.next", title=t(f"preset.{following}.title"))
        navigation.link("lab", title, preset=following)
        if run.experiment.name == DEMONSTRATION:
            _weaker(run)
    st.caption(t(f"lab.why_{following}"))
    if run.experiment.name == DEMONSTRATION:
        st.caption(t("lab.rate_chosen"))


def _weaker(run: runs.Run) -> None:
    """Offer the same run at a rate at which the effect is weaker, because the rate was chosen."""
    if run.experiment.train.learning_rate == WEAKER_RATE:
        return
    if st.button(t("lab.weaker", rate=WEAKER_RATE), key="lab_weaker"):
        train = replace(run.experiment.train, learning_rate=WEAKER_RATE)
        _start(replace(run.experiment, train=train), run.source)


def _start(experiment: Experiment, source: str) -> None:
    try:
        started = own_runs.start(experiment, source)
    except UserError as error:
        st.error(word(error.message))
    else:
        navigation.go("lab", run=started.id)
