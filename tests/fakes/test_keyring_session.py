"""The private Secret Service keeps secrets between log-ins and stays shut to another password."""

from tests.fakes.keyring_session import SecretServiceSession

SET = "import keyring, sys; keyring.set_password('mppdesk-uji', 'kunci', sys.argv[1]); print(keyring.get_keyring())"
GET = "import keyring; print(keyring.get_password('mppdesk-uji', 'kunci'))"


def test_a_secret_is_there_at_the_next_log_in(secret_service: SecretServiceSession) -> None:
    stored = secret_service.python(SET, "rahasia contoh")
    assert stored.returncode == 0, stored.stderr
    assert "SecretService" in stored.stdout
    read = secret_service.python(GET)
    assert (read.returncode, read.stdout) == (0, "rahasia contoh\n"), read.stderr


def test_another_password_leaves_the_keyring_locked(secret_service: SecretServiceSession) -> None:
    assert secret_service.python(SET, "rahasia contoh").returncode == 0
    read = secret_service.python(GET, password="sandi lain")
    assert read.returncode != 0
    assert "KeyringLocked" in read.stderr


def test_every_test_starts_with_an_empty_keyring(secret_service: SecretServiceSession) -> None:
    assert secret_service.python(GET).stdout == "None\n"


def test_the_command_keeps_its_status_and_streams(secret_service: SecretServiceSession) -> None:
    done = secret_service.python("import sys; print('keluar'); print('galat', file=sys.stderr); sys.exit(3)")
    assert (done.returncode, done.stdout) == (3, "keluar\n")
    assert "galat\n" in done.stderr
