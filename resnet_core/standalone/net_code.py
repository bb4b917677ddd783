"""Write the code of the nets: layers that Keras lacks, and a class with what the arms set."""

from resnet_core.standalone.block_code import CONVOLUTIONS, active, blocks, shortcuts
from resnet_core.standalone.toggles import Toggles, indented

TYPES = {bool: "bool", int: "int", str: "str"}
PADDED = '''\
def padded(x, channels, stride):
    """Return every `stride`-th pixel of x, with zeros for the channels it lacks."""
    if x.shape[-1] == channels:
        return x
    x = x[:, ::2, ::2] if stride == 2 else x
    return keras.ops.pad(x, [[0, 0], [0, 0], [0, 0], [0, channels - x.shape[-1]]])
'''
BATCH_NORM = '''\
class BatchNorm(layers.BatchNormalization):
    """Keras' layer by TensorFlow's fused kernel, which is faster on a CPU."""

    def call(self, x, training=None, mask=None):
        y, mean, variance = tf.compat.v1.nn.fused_batch_norm(
            x,
            self.gamma.value,
            self.beta.value,
            self.moving_mean.value,
            self.moving_variance.value,
            epsilon=self.epsilon,
            is_training=bool(training),
            exponential_avg_factor=1.0 - self.momentum if training else 1.0,
        )
        if training:
            self.moving_mean.assign(mean)
            self.moving_variance.assign(variance)
        return y
'''
ALPHA = '''\
class Alpha(layers.Layer):
    """SkipInit: one trained number, 0 at first, multiplies the branch (De & Smith 2020, §4)."""

    def build(self, shape):
        self.alpha = self.add_weight(name="alpha", shape=(), initializer="zeros")

    def call(self, x):
        return x * self.alpha
'''
DROP = '''\
class Drop(layers.Layer):
    """Dropout that scales nothing up (He et al. 2016, §3.3); its masks follow from the seed."""

    def __init__(self, rate, **options):
        super().__init__(**options)
        self.rate = rate

    def build(self, shape):
        self.drawn = self.add_weight(name="drawn", shape=(), initializer="zeros", trainable=False)

    def call(self, x, training=None):
        if not training:
            return x * (1.0 - self.rate)
        place = zlib.crc32(self.name.encode()) % 2**31
        seeds = [(SEED % 2**24) ^ place, tf.cast(self.drawn.value, tf.int32)]
        self.drawn.assign_add(1.0)
        return x * tf.cast(tf.random.stateless_uniform(tf.shape(x), seeds) >= self.rate, x.dtype)
'''
SQUEEZE = '''\
def squeeze_and_excite(self, x, name):
    """Weigh the channels by what they hold on average (Hu et al. 2018, Fig. 3)."""
    channels = x.shape[-1]
    y = layers.GlobalAveragePooling2D(keepdims=True)(x)
    for part, units, activation in (
        ("down", max(1, channels // 4), "relu"),
        ("up", channels, "sigmoid"),
    ):
        y = layers.Dense(
            units,
            activation=activation,
            kernel_initializer=self.initialiser(f"{name}_{part}"),
            name=f"{name}_{part}",
        )(y)
    return layers.multiply([x, y])
'''


def net(toggles: Toggles) -> str:
    """Return the code that defines the nets. `nets` makes one for each arm."""
    before = [PADDED] if set(toggles.values("shortcut")) & {"A", "scaled", "dropout"} else []
    before += [BATCH_NORM] if True in toggles.values("batch_norm") else []
    before += [ALPHA] if "skipinit" in toggles.values("start") else []
    before += [DROP] if "dropout" in toggles.values("shortcut") else []
    methods = [_build(toggles), blocks(toggles), shortcuts(toggles)]
    if set(toggles.values("shortcut")) & {"B", "C", "1x1"}:
        methods.append(_projection(toggles))
    if True in toggles.values("squeeze"):
        methods.append(SQUEEZE.splitlines())
    methods.append(_conv(toggles))
    if True in toggles.values("separable"):
        methods.append(_separable(toggles))
    if True in toggles.values("batch_norm"):
        methods.append(_norm(toggles))
    methods.append(_initialiser(toggles))
    declared = [f"{name}: {_type(toggles, name)}" for name in toggles.fields]
    lines = [
        "@dataclass",
        "class Net:",
        '    """A CIFAR net of He et al. 2015 (arXiv:1512.03385), §4.2, with skips or without."""',
        "",
        *indented(declared),
    ]
    for method in methods:
        lines += ["", *indented(method)]
    return "\n\n".join([*before, "\n".join(lines) + "\n"])


def nets(toggles: Toggles, names: list[str]) -> str:
    """Return one line of code for each arm, which makes its net."""
    rows = []
    for name, one in zip(names, toggles.nets, strict=True):
        values = ", ".join(f"{field}={_literal(getattr(one, field))}" for field in toggles.fields)
        rows.append(f'    "{name}": Net({values}),')
    return "\n".join(["NETS = {", *rows, "}", ""])


def _literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _type(toggles: Toggles, name: str) -> str:
    return TYPES[type(toggles.values(name)[0])]


def _build(toggles: Toggles) -> list[str]:
    steps = {kind: 3 * len(CONVOLUTIONS[kind]) for kind in CONVOLUTIONS}
    per_block = str(steps[str(toggles.values("block")[0])])
    if "block" in toggles.fields:
        per_block = f'({steps["bottleneck"]} if self.block == "bottleneck" else {steps["basic"]})'
    has_norm = True in toggles.values("batch_norm")
    stem = 'self.conv(images, "stem_conv", self.width, 3)'
    stem = f'self.norm({stem}, "stem_bn")' if has_norm else stem
    last = [f"x = {active(toggles, 'x')}"]
    if has_norm:
        normed = 'self.norm(x, "final_bn")'
        last = [f"x = {active(toggles, normed)}"]
    return [
        "def build(self):",
        '    """Return the net from normalised images (N, 32, 32, 3) to logits (N, classes)."""',
        "    images = keras.Input((32, 32, 3))",
        f"    x = {active(toggles, stem)}",
        "    for stage in (1, 2, 3):  # 32 x 32, 16 x 16, 8 x 8 pixels",
        f"        for number in range(1, (self.depth - 2) // {per_block} + 1):",
        "            stride = 2 if stage > 1 and number == 1 else 1",
        "            width = self.width * 2 ** (stage - 1)",
        '            x = self.one_block(x, f"stage{stage}_block{number}", width, stride)',
        *indented(toggles.when("order", "pre", last)),
        "    x = layers.GlobalAveragePooling2D()(x)",
        '    initialiser = self.initialiser("head")',
        '    head = layers.Dense(CLASSES, kernel_initializer=initialiser, name="head")',
        "    return keras.Model(images, head(x))",
    ]


def _bias(toggles: Toggles) -> str:
    if "batch_norm" in toggles.fields:
        return "not self.batch_norm"
    return repr(not toggles.values("batch_norm")[0])


def _conv(toggles: Toggles) -> list[str]:
    return [
        "def conv(self, x, name, filters, size, stride=1):",
        "    return layers.Conv2D(",
        "        filters,",
        "        size,",
        "        stride,",
        '        padding="same",',
        f"        use_bias={_bias(toggles)},  # BatchNorm's beta takes its place",
        "        kernel_initializer=self.initialiser(name),",
        "        name=name,",
        "    )(x)",
    ]


def _separable(toggles: Toggles) -> list[str]:
    either = [
        "    if not self.separable:",
        "        return self.conv(x, name, filters, size, stride)",
    ]
    return [
        "def separable_conv(self, x, name, filters, size, stride=1):",
        '    """Convolve each channel by itself, then mix them 1x1 (Chollet 2017, §2)."""',
        *(either if "separable" in toggles.fields else []),
        "    x = layers.DepthwiseConv2D(",
        "        size,",
        "        stride,",
        '        padding="same",',
        f"        use_bias={_bias(toggles)},",
        "        depthwise_initializer=self.initialiser(name, groups=x.shape[-1]),",
        "        name=name,",
        "    )(x)",
        '    return self.conv(x, f"{name}_point", filters, 1)',
    ]


def _projection(toggles: Toggles) -> list[str]:
    """Return the code of a 1x1 convolution, with BatchNorm after it unless `bare` or the order is
    pre-activation.
    """
    lines = [
        "def projection(self, x, name, channels, stride, bare=False):",
        '    """Return x through a 1x1 convolution (He et al. 2015, §3.3)."""',
        "    x = x[:, ::2, ::2] if stride == 2 else x",
        '    y = self.conv(x, f"{name}_shortcut", channels, 1)',
    ]
    norm = 'self.norm(y, f"{name}_shortcut_bn")'
    orders = toggles.values("order")
    if True not in toggles.values("batch_norm") or orders == ["pre"]:
        return [*lines, "    return y"]
    plain = 'bare or self.order == "pre"' if "pre" in orders else "bare"
    return [*lines, f"    return y if {plain} else {norm}"]


def _norm(toggles: Toggles) -> list[str]:
    either = ["    if not self.batch_norm:", "        return x"]
    return [
        "def norm(self, x, name, gamma=1.0):",
        *(either if "batch_norm" in toggles.fields else []),
        "    start = keras.initializers.Constant(gamma)",
        "    return BatchNorm(momentum=0.9, gamma_initializer=start, name=name)(x)",
    ]


def _initialiser(toggles: Toggles) -> list[str]:
    """Return the initialiser; a depthwise kernel has its own fan-in, which Keras overlooks."""
    grouped = True in toggles.values("separable")
    he, glorot = "keras.initializers.HeNormal(seed)", "keras.initializers.GlorotUniform(seed)"
    if grouped:
        scaling = "keras.initializers.VarianceScaling"
        he = f'{scaling}(2.0 * groups, "fan_in", seed=seed)'
        glorot = f'{scaling}((groups + 1) / 2, "fan_avg", "uniform", seed=seed)'
    return [
        f"def initialiser(self, name{', groups=1' if grouped else ''}):",
        '    """Return an initialiser whose seed follows from the name: twins start equal."""',
        '    seed = zlib.crc32(f"{SEED}/{name}".encode()) % 2**31',
        *indented(toggles.when("init", "he", [f"return {he}"])),
        *indented(toggles.when("init", "glorot", [f"return {glorot}"])),
    ]
