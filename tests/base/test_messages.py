"""A sentence in English comes from the catalogue; what it does not know says itself."""

from base.messages import Message, UserError


def test_the_catalogue_gives_the_english_with_its_values():
    said = Message("runs.in_use", {"run": "calm-otter"})
    assert str(said) == "calm-otter is in use: stop it first, then delete it."
    assert str(UserError(said)) == str(said)


def test_a_sentence_of_another_version_keeps_its_own_english():
    later = {"key": "runs.of_tomorrow", "values": {"a": 1}, "english": "Said by a later version."}
    assert str(Message.from_json(later)) == "Said by a later version."
    lacking = {"key": "runs.in_use", "values": {}, "english": "A run is in use."}
    assert str(Message.from_json(lacking)) == "A run is in use."


def test_a_log_says_the_english_of_its_day():
    said = Message("runs.in_use", {"run": "calm-otter"})
    assert Message.from_json(said.to_json()).english == str(said)
