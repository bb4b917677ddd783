import os, tempfile
import numpy as np, keras
from keras import layers


@keras.saving.register_keras_serializable("notes")
class Block(layers.Layer):
    def __init__(self, width, stride=1, **kwargs):
        super().__init__(**kwargs)
        self.width, self.stride = width, int(stride)

    def build(self, shape):
        def conv_bn(kernel, stride, shape):
            options = {"use_bias": False, "kernel_initializer": "he_normal"}
            conv = layers.Conv2D(self.width, kernel, stride, "same", **options)
            pair = keras.Sequential([conv, layers.BatchNormalization(momentum=0.9)])
            pair.build(shape)
            return pair

        self.first = conv_bn(3, self.stride, shape)
        middle = self.first.compute_output_shape(shape)
        self.second = conv_bn(3, 1, middle)
        self.project = None  # exists in every case
        if self.stride != 1 or shape[-1] != self.width:
            self.project = conv_bn(1, self.stride, shape)

    def call(self, x, training=None):
        y = keras.ops.relu(self.first(x, training=training))
        y = self.second(y, training=training)
        if self.project is not None:
            x = self.project(x, training=training)
        return keras.ops.relu(y + x)

    def get_config(self):
        own = {"width": self.width, "stride": self.stride}
        return {**super().get_config(), **own}


keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)

# One minute's check: with gamma 0 in the last BatchNorm the block is ReLU(x).
block, maps = Block(8), rng.normal(size=(2, 4, 4, 8)).astype("float32")
block.build(maps.shape)
block.second.layers[-1].gamma.assign(np.zeros(8))
out = block(maps, training=True)
print("with gamma 0 it is ReLU(x):", np.array_equal(out, np.maximum(maps, 0)))

labels = rng.integers(0, 10, 2432)
images = rng.normal(size=(10, 16, 16, 1))[labels]
images += rng.normal(0, 1.5, images.shape)
inputs = x = keras.Input((16, 16, 1))
for width, stride in ((8, 1), (16, 2), (32, 2)):
    x = Block(width, stride)(x)
x = layers.Dense(10)(layers.GlobalAveragePooling2D()(x))
model = keras.Model(inputs, x)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.SGD(0.05, 0.9), loss, metrics=["accuracy"])
model.fit(images[:1920], labels[:1920], 64, 3, verbose=0)
new, right = images[1920:], labels[1920:]
print("accuracy above 0.9:", model.evaluate(new, right, verbose=0)[1] > 0.9)
path = os.path.join(tempfile.mkdtemp(), "net.keras")
model.save(path)
again = keras.models.load_model(path)
same = np.array_equal(model.predict(new, verbose=0), again.predict(new, verbose=0))
print("the same after loading:", same)
sizes = [np.prod(v.shape) for v in again.layers[2].trainable_variables]
print(f"second_block_parameters={sum(sizes)}")

# Resuming: one more step, with and without the optimizer's state.
fresh = keras.models.clone_model(model)
fresh.compile(keras.optimizers.SGD(0.05, 0.9), loss, metrics=["accuracy"])
fresh.set_weights(model.get_weights())
for net in (model, again, fresh):
    net.fit(images[:64], labels[:64], 64, verbose=0)
weights = [np.concatenate([w.ravel() for w in net.get_weights()])
           for net in (model, again, fresh)]
print("resumed from .keras, the same step:", np.allclose(weights[0], weights[1]))
print("resumed from weights alone:", np.allclose(weights[0], weights[2]))
