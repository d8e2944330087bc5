"""The set-up knows which Debian packages are there, also under the names that newer releases gave them."""

import pytest

from installer import CannotSetUp, system_packages

LISTING = """installed\tlibegl1\t
installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80.0-6ubuntu3.1), libglib2.0-0-contoh
config-files\tstrace\t
not-installed\txvfb\t
"""


def test_what_a_package_provides_counts_as_installed() -> None:
    expected = {"libegl1", "libglib2.0-0t64", "libglib2.0-0", "libglib2.0-0-contoh"}
    assert system_packages.installed_names(LISTING) == expected


@pytest.fixture
def empty_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system_packages, "_installed", lambda: frozenset[str]())


@pytest.mark.usefixtures("empty_debian")
@pytest.mark.parametrize(("for_tests", "names_strace"), [(False, False), (True, True)])
def test_who_may_not_install_is_told_the_one_line(
    monkeypatch: pytest.MonkeyPatch, for_tests: bool, names_strace: bool
) -> None:
    monkeypatch.setattr(system_packages, "_is_root", lambda: False)
    with pytest.raises(CannotSetUp) as told:
        system_packages.install(for_tests)
    line = str(told.value).splitlines()[-1]
    assert line.startswith("  sudo apt-get install -y --no-install-recommends libglib2.0-0 libegl1 ")
    assert ("strace" in line.split()) is names_strace
    assert "postgresql" not in line.split()


def test_a_system_without_dpkg_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    system_packages.install(for_tests=True)
