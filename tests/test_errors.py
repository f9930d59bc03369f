from __future__ import annotations

import pytest

from nordclass.errors import DataError, InputError, ModelError, NordclassError

ALL = (NordclassError, InputError, DataError, ModelError)


def test_errors_share_a_base():
    assert all(issubclass(error, NordclassError) for error in ALL)
    assert not issubclass(NordclassError, (ValueError, OSError))


def test_exit_codes_tell_errors_apart_and_from_success_and_misuse():
    codes = [error.exit_code for error in ALL]
    assert len(set(codes)) == len(ALL)
    assert not {0, 2} & set(codes)  # 2 is what click exits with when a command is misused
    assert all(0 < code < 126 for code in codes)


@pytest.mark.parametrize("error", ALL)
def test_an_error_is_its_message(error):
    assert str(error("the file is empty")) == "the file is empty"
