"""Write the code of a block, with one line for each convolution, in the experiment's order."""

from resnet_core.experiment.plan.kinds import ORDERS, SHORTCUTS
from resnet_core.standalone.toggles import Toggles, indented

# What a block computes, by the order of the experiment; F is its branch.
FORMULAS = {
    "post": "ReLU(F(x) + x), F = conv-BN-ReLU … conv-BN (He et al. 2015, §3.2)",
    "pre": "F(x) + x, F = BN-ReLU-conv … BN-ReLU-conv (He et al. 2016, Fig. 4e)",
    "relu-before-add": "ReLU(F(x)) + x (He et al. 2016, Fig. 4c)",
    "bn-after-add": "ReLU(BN(F(x) + x)) (He et al. 2016, Fig. 4b)",
}
# filters, kernel, stride of each convolution
CONVOLUTIONS = {
    "basic": (("width", "k", "stride"), ("width", "k", "")),
    "bottleneck": (("width", "1", ""), ("width", "k", "stride"), ("4 * width", "1", "")),
}
SHORTCUT_CODE = {
    "A": [
        "# Option A: no weights; missing channels are zeros.",
        "return padded(x, channels, stride)",
    ],
    "scaled": ["return 0.5 * padded(x, channels, stride)"],
    "dropout": [
        'return Drop(0.5, name=f"{name}_dropout")(padded(x, channels, stride))',
    ],
    "B": [
        "# Option B: a projection where the shape changes.",
        "if x.shape[-1] == channels:",
        "    return x",
        "return self.projection(a, name, channels, stride)",
    ],
    "C": [
        "# Option C: a projection in every block.",
        "return self.projection(a, name, channels, stride)",
    ],
    "1x1": ["return self.projection(a, name, channels, stride, bare=True)"],
}


def blocks(toggles: Toggles) -> list[str]:
    """Return the methods for all kinds of blocks that the nets have, as lines of code."""
    kinds = list(dict.fromkeys((net.order, net.block) for net in toggles.nets))
    if len(kinds) == 1:
        return _block(toggles, "one_block", *kinds[0])
    lines = ["def one_block(self, x, name, width, stride):"]
    for order, kind in kinds:
        called = f"return self.{_method(order, kind)}(x, name, width, stride)"
        inner = toggles.when("block", kind, [called])
        lines += indented(toggles.when("order", order, inner))
    for order, kind in kinds:
        lines += ["", *_block(toggles, _method(order, kind), order, kind)]
    return lines


def shortcuts(toggles: Toggles) -> list[str]:
    """Return the method of the shortcut. Its `a` is x, activated if the block begins with that."""
    lines = [
        "def around(self, x, a, name, channels, stride):",
        '    """Return x in the shape of the block\'s output."""',
    ]
    for option in SHORTCUTS:
        lines += indented(toggles.when("shortcut", option, SHORTCUT_CODE[option]))
    return lines


def _method(order: str, kind: str) -> str:
    return f"{order.replace('-', '_')}_{kind}"


def _block(toggles: Toggles, method: str, order: str, kind: str) -> list[str]:
    body = {"post": _after, "relu-before-add": _after, "pre": _before, "bn-after-add": _late}
    head = [f"def {method}(self, x, name, width, stride):", f'    """Return {FORMULAS[order]}."""']
    return head + indented(body[order](toggles, order, kind))


def _after(toggles: Toggles, order: str, kind: str) -> list[str]:
    """Return a block whose convolutions are each followed by BatchNorm."""
    lines, last = [], len(CONVOLUTIONS[kind])
    for place in range(1, last + 1):
        lines.append(_convolution(toggles, kind, place, "x" if place == 1 else "y"))
        lines += _norm(toggles, place, "y", last=place == last)
        if place < last or order == "relu-before-add":
            lines.append(_activated(toggles, "y"))
    lines += _ending(toggles, kind) + _joined(kind, "x")
    return [*lines, "return y" if order == "relu-before-add" else f"return {active(toggles, 'y')}"]


def _before(toggles: Toggles, order: str, kind: str) -> list[str]:
    """Return a block whose convolutions each follow BatchNorm and activation."""
    lines = ["a = x", 'if name != "stage1_block1":  # the stem has activated its input already']
    lines += indented([*_norm(toggles, 1, "a"), f"a = {active(toggles, 'a')}"])
    for place in range(1, len(CONVOLUTIONS[kind]) + 1):
        if place > 1:
            lines += [*_norm(toggles, place, "y"), _activated(toggles, "y")]
        lines.append(_convolution(toggles, kind, place, "a" if place == 1 else "y"))
    return [*lines, *_ending(toggles, kind), *_joined(kind, "a"), "return y"]


def _late(toggles: Toggles, order: str, kind: str) -> list[str]:
    """Return a block whose last BatchNorm comes after the addition."""
    lines, last = [], len(CONVOLUTIONS[kind])
    for place in range(1, last + 1):
        lines.append(_convolution(toggles, kind, place, "x" if place == 1 else "y"))
        if place < last:
            lines += [*_norm(toggles, place, "y"), _activated(toggles, "y")]
    lines += _ending(toggles, kind) + _joined(kind, "x") + _norm(toggles, last, "y")
    return [*lines, f"return {active(toggles, 'y')}"]


def active(toggles: Toggles, x: str) -> str:
    """Return the expression of x activated."""
    if toggles.values("activation") == ["relu"]:
        return f"layers.ReLU()({x})"
    return f"layers.Activation({toggles.text('activation')})({x})"


def _activated(toggles: Toggles, x: str) -> str:
    return f"{x} = {active(toggles, x)}"


def _convolution(toggles: Toggles, kind: str, place: int, x: str) -> str:
    filters, kernel, stride = CONVOLUTIONS[kind][place - 1]
    size = toggles.text("kernel") if kernel == "k" else kernel
    how = "separable_conv" if True in toggles.values("separable") and kernel == "k" else "conv"
    arguments = [x, f'f"{{name}}_conv{place}"', filters, size, *([stride] if stride else [])]
    return f"y = self.{how}({', '.join(arguments)})"


def _norm(toggles: Toggles, place: int, x: str, *, last: bool = False) -> list[str]:
    if True not in toggles.values("batch_norm"):
        return []
    gamma = ""
    if last and "zero-gamma" in toggles.values("start"):
        gamma = ", gamma=0.0"
        if "start" in toggles.fields:
            gamma = ', gamma=0.0 if self.start == "zero-gamma" else 1.0'
    return [f'{x} = self.norm({x}, f"{{name}}_bn{place}"{gamma})']


def _ending(toggles: Toggles, kind: str) -> list[str]:
    squeezed = toggles.when("squeeze", True, ['y = self.squeeze_and_excite(y, f"{name}_se")'])
    scaled = toggles.when("start", "skipinit", ['y = Alpha(name=f"{name}_alpha")(y)'])
    return squeezed + scaled


def _joined(kind: str, activated: str) -> list[str]:
    channels = CONVOLUTIONS[kind][-1][0]
    return [
        "if self.skip:",
        f"    y = layers.add([y, self.around(x, {activated}, name, {channels}, stride)])",
    ]


assert set(FORMULAS) == set(ORDERS) and set(SHORTCUT_CODE) == set(SHORTCUTS)
