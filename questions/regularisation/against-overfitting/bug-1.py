import numpy as np, keras

keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
x = rng.normal(size=(300, 40)).astype("float32")
y = (x[:, 0] + rng.normal(size=300) > 0).astype("float32")

net = keras.Sequential([keras.Input((40,)),
                        keras.layers.Dense(64, "relu"),
                        keras.layers.Dense(1, "sigmoid")])
net.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5)
seen = net.fit(x[:100], y[:100], epochs=50, verbose=0, callbacks=[stop],
               validation_data=(x[100:], y[100:])).history["val_loss"]
kept = net.evaluate(x[100:], y[100:], verbose=0)
print("kept the best weights:", bool(abs(kept - min(seen)) < 1e-4))
