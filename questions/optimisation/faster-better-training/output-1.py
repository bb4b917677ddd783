import numpy as np, keras


class Rows(keras.utils.PyDataset):
    def __len__(self):
        return 4  # 250 rows: 64, 64, 64, 58

    def __getitem__(self, i):
        n = min(64, 250 - 64 * i)
        return np.zeros((n, 2)), np.zeros((n, 1))


counts = []
count = keras.callbacks.LambdaCallback(
    on_epoch_begin=lambda epoch, logs: counts.append(0),
    on_train_batch_end=lambda b, logs: counts.append(counts.pop() + 1),
)
model = keras.Sequential([keras.layers.Dense(1)])
model.compile("sgd", "mse")
model.fit(Rows(), steps_per_epoch=250 // 64, epochs=4, verbose=0,
          callbacks=[count])
print(counts)
