import numpy as np

# Three nets, one image, probabilities of cat and dog.
nets = np.array([[0.9, 0.1], [0.4, 0.6], [0.4, 0.6]])
names = np.array(["cat", "dog"])

vote = np.bincount(nets.argmax(axis=1)).argmax()
mean = nets.mean(axis=0).argmax()
print(names[vote], names[mean])
