"""The home servers, as the settings and the data folder have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.access.homes import FILE_NAME, HomeServers, HomeServersError


def test_the_first_servers_are_home_for_good(tmp_path: Path) -> None:
    homes = HomeServers(tmp_path, ())
    assert not homes.are_known
    homes.settle([])
    assert not (tmp_path / FILE_NAME).exists()
    homes.settle([7, 5])
    homes.settle([9])
    assert HomeServers(tmp_path, ()).ids == homes.ids == {5, 7}
    assert 7 in homes
    assert None not in homes
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_the_settings_go_before_the_file(tmp_path: Path) -> None:
    HomeServers(tmp_path, ()).settle([5])
    assert HomeServers(tmp_path, (8,)).ids == {8}


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"servers": ["x"]}', '{"servers": 5}', "\xff"])
def test_a_file_that_names_none_opens_no_server(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_bytes(text.encode("latin-1"))
    with pytest.raises(HomeServersError, match="QUOTH_SERVERS"):
        HomeServers(tmp_path, ())
