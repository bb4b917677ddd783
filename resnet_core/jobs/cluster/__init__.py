"""Runs on a cluster: a relay at home sends each run to a seat on a node and writes what comes back.

The run folder at home stays the whole truth and has one writer, the relay. A seat works on a copy
in its scratch folder and answers when it is asked for what has grown there. `connection` alone
speaks to Ray; the rest works with anything that offers seats.
"""
