"""Train and measure small real ResNets. The laboratory works without the app."""
