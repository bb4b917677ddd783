"""Define fine-tuning: classes that a net learns first, and how each arm then moves to others.

Three kinds of variants are registered by name, each in one file: the split of the classes
(`splits`), the part of the net that is trained (`parts`), and what BatchNorm does (`norms`). Their
lines of explanation are in the locales, as `fine_tuning.<kind>_<name>_what`.
"""
