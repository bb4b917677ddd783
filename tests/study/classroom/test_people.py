"""Who somebody is by the claims of a login, and what is refused to whom."""

import pytest

from study.classroom import rights
from study.classroom.people import Person, person_of, profile_of
from study.classroom.server_file import People

NOW = 1_800_000_000.0
ADA = {
    "is_logged_in": True,
    "iss": "https://id.example",
    "sub": "ada",
    "iat": NOW - 60,
    "name": "Ada Lovelace",
    "email": "ada@example.org",
    "email_verified": True,
}


def of(people=None, **changed) -> Person | None:
    claims = {key: value for key, value in {**ADA, **changed}.items() if value is not None}
    return person_of(claims, people or People(), NOW)


def test_the_profile_is_the_subject_of_one_issuer_and_no_path():
    profile = profile_of("https://id.example", "../../ada")
    assert profile == profile_of("https://id.example/", "../../ada")
    assert profile not in (profile_of("https://other", "../../ada"), "local", "class")
    assert profile.isascii() and not set(profile) & set("/.@")
    assert of().profile == profile_of("https://id.example", "ada")


@pytest.mark.parametrize(
    "changed",
    [
        {"is_logged_in": False},
        {"is_logged_in": "true"},
        {"is_logged_in": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"iat": None},
        {"iat": NOW - 13 * 3600},
        {"iat": "soon"},
        {"iat": True},
    ],
)
def test_what_is_no_login_of_somebody_is_nobody(changed):
    assert of(**changed) is None


def test_who_teaches_stands_in_the_list_by_subject_or_verified_address():
    assert not of().teacher
    assert of(People(teachers=("ada",))).teacher
    listed = People(teachers=("ada@example.org",))
    assert of(listed).teacher
    assert not of(listed, email_verified=False).teacher
    assert not of(listed, email_verified=None).teacher  # anybody could have typed it


def test_or_the_provider_says_so_in_a_claim():
    people = People(role_claim="roles", teacher_values=("staff",))
    assert of(people, roles=["student", "staff"]).teacher
    assert of(people, roles="staff").teacher
    for told in (None, [], "student", ["Staff"], {"staff": True}, 1):
        assert not of(people, roles=told).teacher
    assert not of(People(), roles=["teacher"]).teacher  # no claim was named


def test_a_list_of_learners_leaves_out_the_others_but_no_teacher():
    assert of(People(learners=("ada",))) is not None
    assert of(People(learners=("grace",))) is None
    assert of(People(learners=("grace",), teachers=("ada",))).teacher


def test_a_name_is_one_line_and_falls_back_to_what_is_known():
    assert of(name=" Ada\n\n# Lovelace ").name == "Ada # Lovelace"
    assert of(name=None).name == "ada@example.org"
    assert len(of(name="x" * 900).name) == 100


def test_the_rights_of_nobody_a_learner_and_a_teacher():
    learner, teacher = Person("p-1", "Ada"), Person("p-2", "Grace", True)
    assert rights.learner(learner) is learner and rights.teacher(teacher) is teacher
    assert rights.of_whom(learner, "p-1") == "p-1" and rights.of_whom(teacher, "p-1") == "p-1"
    for refused in (
        lambda: rights.learner(None),
        lambda: rights.teacher(None),
        lambda: rights.teacher(learner),
        lambda: rights.of_whom(learner, "p-2"),
        lambda: rights.of_whom(None, "p-1"),
    ):
        with pytest.raises(rights.NotAllowed):
            refused()
