"""Define the claims about the learning rate, its schedule and the weight decay."""
