"""The settings of the program: environment and `.env`, read by `bot.__main__` only."""

import re
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class SettingsError(Exception):
    """A wrong or missing setting; the message is French, one sentence per setting."""


class Settings(BaseSettings):
    """Names as in `.env.example`. An empty value counts as absent."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    staff_chat_id: int | None = None
    database_path: Path = Path("data/passerelle.db")
    expect_data: bool = False
    faq_dir: Path = Path("faq/content")
    service_file: Path = Path("faq/service.yml")
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    port: int = Field(8443, ge=1, le=65535)
    simulator_port: int = Field(8080, ge=0, le=65535)
    log_level: str = "INFO"
    # Telegram's limits (handlers/limits.py); other Bot API servers and the tests raise them.
    limit_overall_per_second: int = Field(30, ge=1)
    limit_person_per_second: int = Field(1, ge=1)
    limit_group_per_minute: int = Field(18, ge=4)

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _is_url(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://")):
            raise ValueError("l'adresse doit commencer par https:// (ou http://)")
        return value.rstrip("/") if value else value

    @field_validator("telegram_token")
    @classmethod
    def _is_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and any(c.isspace() or c in "/?#" for c in value.get_secret_value()):
            raise ValueError("le jeton ne contient ni espace ni barre ; recopiez-le de BotFather")
        return value

    @field_validator("log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        if value.upper() not in LEVELS:
            raise ValueError(f"choisissez parmi {', '.join(LEVELS)}")
        return value.upper()

    @model_validator(mode="after")
    def _agree(self) -> "Settings":
        if self.webhook_url is None:
            return self
        if self.telegram_token is None:
            raise ValueError("WEBHOOK_URL demande aussi TELEGRAM_TOKEN")
        secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        if re.fullmatch(r"[A-Za-z0-9_-]{32,256}", secret) is None:
            raise ValueError(
                "WEBHOOK_SECRET est obligatoire avec WEBHOOK_URL : de 32 à 256 caractères,"
                " lettres sans accent, chiffres, _ ou -"
            )
        return self


def read_settings(**overrides: Any) -> Settings:
    """Read the environment and `.env`; raises SettingsError naming every wrong setting."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SettingsError("\n".join(_word(item) for item in error.errors())) from None


def _word(item: Any) -> str:
    """One French sentence; the value itself is never repeated (it may be a secret)."""
    name = str(item["loc"][0]).upper() if item["loc"] else ""
    sentences = {
        "int_parsing": "il faut un nombre entier",
        "bool_parsing": "écrivez 1 ou 0",
        "greater_than_equal": "ce nombre est trop petit",
        "less_than_equal": "ce nombre est trop grand",
        "path_type": "il faut un chemin de fichier",
    }
    said = sentences.get(item["type"], str(item["msg"]).removeprefix("Value error, "))
    return f"Réglage {name} : {said}." if name else f"Réglage : {said}."
