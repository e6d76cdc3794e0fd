"""The settings: one French sentence for each mistake, and no secret repeated."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings

TOKEN = "123456789:AAHsecretsecretsecretsecretsecret"


def _refused(**values: object) -> str:
    with pytest.raises(SettingsError) as refused:
        read_settings(_env_file=None, **values)
    return str(refused.value)


def test_defaults() -> None:
    """Nothing set: the simulator, the example organisation, the usual file."""
    settings = read_settings(_env_file=None)
    assert settings.telegram_token is None
    assert settings.database_path == Path("data/passerelle.db")
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.simulator_port == 8080


def test_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names as in .env.example; an empty value counts as absent."""
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("STAFF_CHAT_ID", "-1001234567890")
    monkeypatch.setenv("WEBHOOK_URL", "")
    settings = read_settings(_env_file=None)
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.staff_chat_id == -1001234567890
    assert settings.webhook_url is None


def test_env_file(tmp_path: Path) -> None:
    """A .env file is read, and a trailing slash of an address is harmless."""
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_API_URL=http://127.0.0.1:8081/\nEXPECT_DATA=1\n", encoding="utf-8")
    settings = read_settings(_env_file=file)
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.expect_data


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"staff_chat_id": "abc"}, "STAFF_CHAT_ID : il faut un nombre entier"),
        ({"port": 0}, "PORT : ce nombre est trop petit"),
        ({"port": 70000}, "PORT : ce nombre est trop grand"),
        ({"telegram_api_url": "api.telegram.org"}, "TELEGRAM_API_URL : l'adresse doit commencer"),
        ({"telegram_token": "12 34"}, "TELEGRAM_TOKEN : le jeton ne contient ni espace"),
        ({"log_level": "TOUT"}, "LOG_LEVEL : choisissez parmi"),
        ({"expect_data": "peut-être"}, "EXPECT_DATA : écrivez 1 ou 0"),
        ({"webhook_url": "https://exemple.invalid"}, "WEBHOOK_URL demande aussi TELEGRAM_TOKEN"),
        (
            {"webhook_url": "https://exemple.invalid", "telegram_token": TOKEN},
            "WEBHOOK_SECRET est obligatoire",
        ),
        (
            {
                "webhook_url": "https://exemple.invalid",
                "telegram_token": TOKEN,
                "webhook_secret": "court",
            },
            "de 32 à 256 caractères",
        ),
    ],
)
def test_one_sentence_per_mistake(values: dict[str, object], named: str) -> None:
    """Each wrong setting is named with what to write instead."""
    assert named in _refused(**values)


def test_all_mistakes_at_once() -> None:
    """Two wrong settings: two sentences."""
    assert len(_refused(port=0, log_level="TOUT").splitlines()) == 2


def test_secrets_are_not_repeated() -> None:
    """Neither an error nor a printed setting shows the token."""
    assert "secretsecret" not in _refused(telegram_token=f"{TOKEN} {TOKEN}")
    assert "secretsecret" not in repr(Settings(_env_file=None, telegram_token=TOKEN))
