"""Write the code of the schedule, the training step, the loop and the comparison at the end."""

from resnet_core.experiment.train import OPTIMIZERS, TrainConfig
from resnet_core.experiment.variants.schedule import SCHEDULES
from resnet_core.standalone.subject import Subject

SCHEDULE_CODE = {
    "constant": ["return peak"],
    "step": ["return peak / 10.0 ** sum(step >= fall for fall in {falls})"],
    "cosine": [
        "done = min(1.0, max(0, step - {warmup}) / max(1, STEPS - {warmup}))",
        "return peak * (1 + math.cos(math.pi * done)) / 2",
    ],
    "one-cycle": [
        "done, first, last = min(1.0, step / max(1, STEPS - 1)), 1 / 25, 1 / 25e4",
        "if done < 0.3:",
        "    return peak * (first + (1 - first) * done / 0.3)",
        "fall = (1 + math.cos(math.pi * (done - 0.3) / 0.7)) / 2",
        "return peak * (last + (1 - last) * fall)",
    ],
}
OPTIMIZER_CODE = {
    "sgd": "keras.optimizers.SGD(momentum={momentum})",
    "nesterov": "keras.optimizers.SGD(momentum={momentum}, nesterov=True)",
    "adamw": "keras.optimizers.AdamW(beta_1={momentum}, beta_2=0.999, epsilon=1e-8, "
    "weight_decay={decay})",
}
LOSS = """\
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)"""
SMOOTHED = """\
        others = {smoothing} / CLASSES  # label smoothing
        targets = tf.one_hot(labels, CLASSES, 1.0 - {smoothing} + others, others)
        losses = tf.nn.softmax_cross_entropy_with_logits(targets, logits)"""
CLIPPED = """
    gradients, _ = tf.clip_by_global_norm(gradients, {norm})"""
DECAYED = """
    # Weight decay as the L2 term of He et al. 2015, §3.4{which}.
    gradients = [
        gradient + {decay} * weight{condition}
        for gradient, weight in zip(gradients, weights)
    ]"""
STEP = '''\
def normalised(images):
    return (tf.cast(images, tf.float32) - MEAN.astype("float32")) / DEVIATION.astype("float32")


def trained(model):
    """Return the training loss of every step, (STEPS,)."""
    weights = model.trainable_variables
    optimizer = {optimizer}{excluded}
    optimizer.build(weights)

    @tf.function(autograph=False)
    def train(images, labels):
        with tf.GradientTape() as tape:
            logits = model(normalised(images), training=True)
    {loss}
            loss = tf.reduce_mean(losses)
        gradients = tape.gradient(loss, weights){clipped}{decayed}
        optimizer.apply(gradients, weights)
        return loss

    losses = []
    for step in range(STEPS):
        optimizer.learning_rate = rate_at(step)
        losses.append(float(train(*map(tf.constant, batch_at(step)))))
    return losses


def accuracy(model, most=10_000):
    """Return the share of test images that the net names rightly."""
    right = 0
    for first in range(0, min(most, len(test_images)), 250):
        part = slice(first, first + 250)
        logits = model(normalised(test_images[part]), training=False).numpy()
        right += int((logits.argmax(1) == test_labels[part]).sum())
    return right / min(most, len(test_images))
'''
GO = """\
LOSSES = {}
every = max(1, STEPS // 20)
for name, net in NETS.items():
    model = net.build()
    print(f"{name}: {sum(w.shape.num_elements() for w in model.trainable_variables):,} weights")
    LOSSES[name] = trained(model)
    for step in range(0, STEPS, every):
        print(f"  step {step:>6}  training loss {LOSSES[name][step]:.4g}")
    print(f"  after {STEPS} steps: test accuracy {accuracy(model):.1%}")
"""
COMPARED = """\
# The training losses that the run wrote down, by step.
RUN = {{
{rows}
}}
TOLERANCE = {tolerance}  # of a loss, or of 1 where it is smaller

for name, losses in RUN.items():
    apart = [abs(LOSSES[name][step] - loss) / max(1, loss) for step, loss in losses.items()]
    if max(apart) <= TOLERANCE:
        verdict = "agrees with the run"
    elif apart[0] <= TOLERANCE:
        verdict = "begins as the run and drifts away: it is rounded differently here"
    else:
        verdict = "DIFFERS from the run: these are other weights or other images"
    print(f"{{name}} {{verdict}} (first step {{apart[0]:.5f}} apart, at most {{max(apart):.5f}})")
"""


def schedule(subject: Subject) -> str:
    """Return the code of the learning rate as a function of the step."""
    train = subject.experiment.train
    if len(subject.peaks) == 1:
        lines = [f"peak = {train.learning_rate!r}"]
    else:
        changes = f"{{{', '.join(f'{step}: {rate!r}' for step, rate in subject.peaks.items())}}}"
        lines = [
            f"peaks = {changes}  # from which step on, as it was changed while the run went on",
            "peak = peaks[max(since for since in peaks if since <= step)]",
        ]
    if train.warmup:
        lines += [f"if step < {train.warmup}:", f"    peak *= (step + 1) / {train.warmup}"]
    code = SCHEDULE_CODE[train.schedule]
    if train.schedule == "step" and not train.decay_at:
        code = ["return peak"]
    values = {"falls": train.decay_at, "warmup": train.warmup}
    lines += [line.format(**values) for line in code]
    head = ["def rate_at(step):", '    """Return the learning rate of a step, counted from 0."""']
    return "\n".join([*head, *(f"    {line}" for line in lines), ""])


def step(train: TrainConfig) -> str:
    """Return the code of one step, of the loop, and of the accuracy."""
    adamw = train.optimizer == "adamw"
    optimizer = OPTIMIZER_CODE[train.optimizer].format(
        momentum=train.momentum, decay=train.weight_decay
    )
    loss = LOSS
    if train.label_smoothing:
        loss = SMOOTHED.format(smoothing=train.label_smoothing)
    return STEP.format(
        optimizer=optimizer,
        excluded=_excluded(train) if adamw else "",
        loss="\n".join(f"    {line}" for line in loss.splitlines()).removeprefix("    "),
        clipped=_deeper(CLIPPED.format(norm=train.clip_norm)) if train.clip_norm else "",
        decayed=_deeper(_decayed(train)) if train.weight_decay and not adamw else "",
    )


def compared(subject: Subject) -> str:
    """Return the code that compares the losses with those of the run."""
    rows = "\n".join(
        f'    "{arm}": {{{", ".join(f"{step}: {loss!r}" for step, loss in losses.items())}}},'
        for arm, losses in subject.losses.items()
    )
    return COMPARED.format(rows=rows, tolerance=subject.tolerance)


def _excluded(train: TrainConfig) -> str:
    if train.decay_norms or not train.weight_decay:
        return ""
    kept = '[w for w in weights if not w.path.endswith("kernel")]'
    return f"\n    optimizer.exclude_from_weight_decay(var_list={kept})"


def _decayed(train: TrainConfig) -> str:
    every = train.decay_norms
    return DECAYED.format(
        which="" if every else ", not of BatchNorm and biases",
        decay=train.weight_decay,
        condition="" if every else ' if weight.path.endswith("kernel") else gradient',
    )


def _deeper(text: str) -> str:
    """Return the lines of a text that begins with a newline, one level deeper."""
    return "\n".join(f"    {line}" if line else line for line in text.split("\n"))


assert set(SCHEDULE_CODE) == set(SCHEDULES) and set(OPTIMIZER_CODE) == set(OPTIMIZERS)
