"""Draw a net layer by layer: its gradient flow, and what one block consists of."""
