import keras, numpy as np

schedule = keras.optimizers.schedules.CosineDecay(0.4, decay_steps=8)
optimizer = keras.optimizers.SGD(schedule, gradient_accumulation_steps=4)
weight = keras.Variable([1.0])

for batch in range(4):
    optimizer.apply([np.ones(1, "float32")], [weight])
print(int(optimizer.iterations), round(float(optimizer.learning_rate), 2))
