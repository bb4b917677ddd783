"""Find the questions that make a claim, and those whose claim an experiment measures."""

from collections.abc import Collection

from resnet_core.claims import built_on
from resnet_core.experiment.config import Experiment
from study.bank.question import Bank, Question


def questions_of(names: Collection[str], bank: Bank) -> list[Question]:
    """Return the questions that cite one of these claims, in the order of the bank."""
    return [question for question in bank.questions if set(names) & set(question.claims)]


def questions_behind(experiment: Experiment, bank: Bank) -> list[Question]:
    """Return the questions that cite a claim which an experiment measures."""
    return questions_of([claim.name for claim in built_on(experiment)], bank)
