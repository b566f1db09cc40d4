"""The collector is off inside a block and on again after the last one, also when a block fails."""

import gc

import pytest

from framework.garbage import left_alone


def test_it_is_off_inside_and_on_again_after_the_outermost_block():
    with left_alone():
        with left_alone():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_a_block_that_fails():
    with pytest.raises(ValueError, match="no"), left_alone():
        raise ValueError("no")
    assert gc.isenabled()
