import numpy as np, keras

net = keras.Sequential([keras.Input((3,)), keras.layers.Softmax()])
net.compile(
    loss="sparse_categorical_crossentropy",
    metrics=[keras.metrics.Accuracy()],
)
logits = 4.0 * np.eye(3, dtype="float32")
labels = np.array([[0], [1], [2]])
loss, accuracy = net.evaluate(logits, labels, verbose=0)
right = float(np.mean(np.argmax(net(logits), 1) == labels[:, 0]))
print(f"argmax is right: {right:.1f}, accuracy says {accuracy:.1f}")
