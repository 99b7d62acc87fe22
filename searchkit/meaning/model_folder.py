"""The folder of a model: ``model.onnx``, ``tokenizer.json``, and settings in ``searchkit.json``.

Any encoder that takes ids and a mask and gives vectors of tokens will do, where the settings say
how it wants its input.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal, Self

from searchkit.errors import ModelError
from searchkit.storage import durable_files

NETWORK, TOKENIZER, SETTINGS = "model.onnx", "tokenizer.json", "searchkit.json"
ENVIRONMENT = "SEARCHKIT_MODEL"
"""The environment variable that names the folder of the model."""

_ADVICE = "make one with: searchkit model install"
_MAX_TOKENS = 8192


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The settings of a model; the defaults fit multilingual-e5-small.

    Attributes:
        query_prefix: The text that the model expects before a question.
        passage_prefix: The text that it expects before a passage.
        pooling: How vectors of tokens become one: their ``mean``, or the first (``cls``).
        max_tokens: The longest input; the rest is cut off.
        unlike: The cosine of a question and a passage that have nothing to do with each other.
        like: The cosine where the passage answers the question.
    """

    query_prefix: str = "query: "
    passage_prefix: str = "passage: "
    pooling: Literal["mean", "cls"] = "mean"
    max_tokens: int = 512
    unlike: float = 0.70
    like: float = 0.90

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the settings in a file, or the defaults where there is none.

        Raises:
            ModelError: the file is no such settings.
        """
        try:
            settings = cls(**json.loads(path.read_text("utf-8")))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, TypeError) as error:
            names = ", ".join(field.name for field in fields(cls))
            raise ModelError(f"{path} is not a JSON object with settings among {names}") from error
        return settings._checked(path)

    def write(self, path: Path) -> None:
        """Write the settings to a file."""
        durable_files.put(path, json.dumps(asdict(self), indent=1).encode())

    def _checked(self, path: Path) -> Self:
        texts = isinstance(self.query_prefix, str) and isinstance(self.passage_prefix, str)
        numbers = all(isinstance(each, int | float) for each in (self.max_tokens, self.unlike, self.like))
        if not (texts and numbers and self.pooling in ("mean", "cls")):
            raise ModelError(f"{path} has a setting of a wrong type; pooling is mean or cls")
        if not (8 <= self.max_tokens <= _MAX_TOKENS and self.unlike < self.like):
            raise ModelError(f"{path}: max_tokens is from 8 to {_MAX_TOKENS}, and unlike is less than like")
        return self


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """The folder of a model, whose files are there."""

    path: Path

    @classmethod
    def find(cls, path: Path | None = None) -> Self:
        """Return the model in `path`, or else in ``SEARCHKIT_MODEL`` or the user's own folder.

        Raises:
            ModelError: there is no model.
        """
        folder = path or default_folder()
        missing = [name for name in (NETWORK, TOKENIZER) if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"there is no model in {folder} (it lacks {' and '.join(missing)}); {_ADVICE}")
        return cls(folder)

    @property
    def settings(self) -> ModelSettings:
        """How the model wants its input."""
        return ModelSettings.read(self.path / SETTINGS)

    def fingerprint(self) -> str:
        """Return a digest of all that decides about vectors: two models are never mixed."""
        from hashlib import blake2b

        digest = blake2b(repr(asdict(self.settings)).encode(), digest_size=8)
        for name in (NETWORK, TOKENIZER):
            with (self.path / name).open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
        return digest.hexdigest()


def default_folder() -> Path:
    """Return the folder that ``SEARCHKIT_MODEL`` names, or one in the user's data folder."""
    if named := os.environ.get(ENVIRONMENT):
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "searchkit" / "model"
