import random

random.seed(0)
images = [f"common-{i}" for i in range(90)] + [f"rare-{i}" for i in range(10)]
images += 8 * [name for name in images if name.startswith("rare")]
random.shuffle(images)
train, validation = images[:140], images[140:]
print("no image on both sides:", not set(train) & set(validation))
