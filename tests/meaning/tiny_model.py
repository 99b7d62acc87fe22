"""A model of a few words that a test makes: words of one topic have the same vector."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from searchkit.meaning.conversion.protobuf import Graph
from searchkit.meaning.model_folder import NETWORK, SETTINGS, TOKENIZER, ModelSettings

TOPICS = Path(__file__).with_name("topics.txt")


def make_model(folder: Path, seed: int = 1) -> Path:
    """Make a model folder; another seed makes another model."""
    topics = [line.split() for line in TOPICS.read_text("utf-8").splitlines() if not line.startswith("#")]
    words = ["[UNK]", *(word for topic in topics for word in topic)]
    of_topic = np.eye(len(topics) + 1, 32, dtype=np.float32) * (3 + seed)
    rows = [of_topic[-1] * 0.1, *(of_topic[number] for number, topic in enumerate(topics) for _ in topic)]
    graph = Graph(
        {"input_ids": ("int64", ("batch", "tokens"))},
        {"last_hidden_state": ("float32", ("batch", "tokens", 32))},
    )
    graph.node("Gather", [graph.constant("words", np.array(rows, np.float32)), "input_ids"], "last_hidden_state")
    folder.mkdir(parents=True, exist_ok=True)
    graph.write(folder / NETWORK)
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.Lowercase(), pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / TOKENIZER))
    ModelSettings(unlike=0.0, like=1.0).write(folder / SETTINGS)
    return folder
