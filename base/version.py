"""The version of this code, recorded with every run."""

VERSION = "0.1.0"
