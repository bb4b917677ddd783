import numpy as np, keras
from keras import layers

rng = np.random.default_rng(0)


def task(n):
    """Ten classes; only 10 of 60 features carry them."""
    x = rng.normal(size=(n, 60)).astype("float32")
    return x, (x[:, :10] + rng.normal(0, 0.7, (n, 10))).argmax(1)


x, y = task(200)
x_val, y_val = task(500)


def net():
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((60,)), layers.Dense(128, "relu"),
                              layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(3e-3), loss)
    return model


model = net()
watch = dict(validation_data=(x_val, y_val), validation_batch_size=500, verbose=0)
curves = model.fit(x, y, epochs=40, **watch).history
best = int(np.argmin(curves["val_loss"]))
print("training loss falls to the end:", np.argmin(curves["loss"]) > 35)
print("validation loss is best before the middle:", best < 20)
worst = curves["val_loss"][-1] / min(curves["val_loss"])
print("and ends well above that, over 15 %:", worst > 1.15)

for restore in (False, True):
    model = net()
    stop = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=restore)
    seen = model.fit(x, y, epochs=40, callbacks=[stop], **watch).history["val_loss"]
    kept = model.evaluate(x_val, y_val, batch_size=500, verbose=0)
    print(f"restore_best_weights={restore}: stopped early {len(seen) < 40},"
          f" kept the best {abs(kept - min(seen)) < 1e-4}")



def left(l2=0.0, **decay):
    """A weight of 1 after 50 steps that only decay."""
    w = keras.Variable(1.0)
    sgd = keras.optimizers.SGD(0.1, momentum=0.9, **decay)
    for _ in range(50):
        sgd.apply([2 * l2 * w], [w])  # the gradient of l2 * w**2
    return float(w.numpy())


coupled, decoupled = left(l2=0.005), left(weight_decay=0.01)
print(f"momentum 0.9: L2 leaves {coupled:.3f}, weight_decay {decoupled:.3f}")

smooth = np.full(10, 0.01)
smooth[0] += 0.9
print(f"lowest loss with label smoothing 0.1: {-(smooth * np.log(smooth)).sum():.3f}")
