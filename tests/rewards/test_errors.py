"""The tree of errors: stable codes, each once, each at the front door."""

import rewards
from rewards import errors

KINDS = {"invalid", "not_found", "refused"}


def leaves() -> list[type[rewards.RewardsError]]:
    found = [error for error in vars(errors).values() if isinstance(error, type) and "code" in vars(error)]
    return [error for error in found if error is not rewards.RewardsError]


def test_every_error_has_a_code_of_its_own_and_a_kind() -> None:
    codes = [error.code for error in leaves()]

    assert len(set(codes)) == len(codes) > 10
    assert {error.kind for error in leaves()} == KINDS


def test_every_error_is_at_the_front_door_and_in_the_drawing() -> None:
    for error in leaves():
        assert error.__name__ in rewards.__all__
        assert error.__name__ in str(errors.__doc__)


def test_the_front_door_lists_what_is_there() -> None:
    assert all(hasattr(rewards, name) for name in rewards.__all__)
