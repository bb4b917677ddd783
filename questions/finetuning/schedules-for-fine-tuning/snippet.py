import numpy as np, keras


def planned(step, peak=0.1, warm=500, total=3000):
    """Linear warm-up to the peak, then half a cosine down to 0."""
    if step < warm:
        return peak * step / warm
    done = min(1.0, (step - warm) / (total - warm))
    return 0.5 * peak * (1 + np.cos(np.pi * done))


def compounding(epoch, rate):
    """Meant as warm-up; multiplies the rate that it is given."""
    return rate * 0.1 if epoch < 5 else rate * 0.5


built_in = keras.optimizers.schedules.CosineDecay(
    0.0, decay_steps=2500, warmup_target=0.1, warmup_steps=500
)
for step in (0, 250, 500, 1750, 3000):
    ours, theirs = planned(step), float(built_in(step))
    same = np.isclose(ours, theirs)
    print(f"step {step}: {ours:.4f}, same in Keras:", same)


class Log(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        rates.append(float(self.model.optimizer.learning_rate))


# y = 3x with one weight: what the trap costs.
x = np.linspace(-1, 1, 64, dtype="float32")[:, None]
for name, schedule in (
    ("constant", lambda epoch, rate: 0.1),
    ("compounding", compounding),
):
    keras.utils.set_random_seed(0)
    net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    net.compile(keras.optimizers.SGD(0.1), "mse")
    rates = []
    calls = [keras.callbacks.LearningRateScheduler(schedule), Log()]
    fitted = net.fit(x, 3 * x, epochs=20, verbose=0, callbacks=calls)
    print(f"{name}_loss={fitted.history['loss'][-1]:.3f}")
    print(f"{name}_rate_epoch_5={rates[4]:.1e}")
    print(f"{name}_rate_epoch_20={rates[19]:.1e}")

# A cosine over 30 epochs that was told 30 steps.
short = keras.optimizers.schedules.CosineDecay(0.1, decay_steps=30)
print(f"rate after 30 of 15000 steps: {float(short(30)):.4f}")

# Two rates in one fit: the selector sees each variable's path.
slow, fast = keras.optimizers.SGD(0.01), keras.optimizers.SGD(0.1)
base = keras.layers.Dense(1, use_bias=False, name="base")
head = keras.layers.Dense(1, use_bias=False, name="head")
net = keras.Sequential([keras.Input((1,)), base, head])
net.set_weights([np.ones((1, 1)), np.ones((1, 1))])
select = lambda variable: fast if "head" in variable.path else slow
net.compile(keras.optimizers.MultiOptimizer(select), "mse")
net.fit(np.ones((4, 1)), np.zeros((4, 1)), verbose=0)  # one step
moved = [1 - float(layer.kernel.numpy()[0, 0]) for layer in (base, head)]
print(f"equal gradients, steps {moved[0]:.2f} and {moved[1]:.2f}")
