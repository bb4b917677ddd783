"""Decide what is asked when: the queue, the interview plan, readiness, statistics, simulation."""
