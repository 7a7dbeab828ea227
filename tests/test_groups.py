"""Tests that share what they set up run in one process: `make test` starts several."""

from __future__ import annotations

import os

import pytest


def test_the_tests_of_a_file_stay_in_one_process(request: pytest.FixtureRequest) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("the tests run in one process anyway")
    assert request.node.nodeid.endswith(f"@{__file__}")
