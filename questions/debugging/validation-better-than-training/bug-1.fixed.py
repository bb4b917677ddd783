import random

random.seed(0)
images = [f"common-{i}" for i in range(90)] + [f"rare-{i}" for i in range(10)]
random.shuffle(images)
train, validation = images[:80], images[80:]
train += 8 * [name for name in train if name.startswith("rare")]
print("no image on both sides:", not set(train) & set(validation))
