in_branch = after_addition = 1.0  # share of the trunk's variance due to the input
trunk = 1.0
for block in range(3):
    trunk = trunk + 1  # a normalised branch adds variance 1
    in_branch = 1 / trunk
    after_addition = after_addition / 2  # trunk and branch alike, then normalised
print(in_branch, after_addition)
