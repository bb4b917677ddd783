folders = [str(number) for number in range(12)]
in_training = {folder: index for index, folder in enumerate(folders)}
in_validation = {folder: index for index, folder in enumerate(folders)}

predicted = [in_training[folder] for folder in folders]  # a perfect net
truth = [in_validation[folder] for folder in folders]
right = sum(p == t for p, t in zip(predicted, truth))
print("a perfect net scores 12 of 12:", right == 12)
