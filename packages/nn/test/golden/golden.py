"""Writes golden.json: inputs, initial weights and the first 50 costs of small training runs in NumPy f64.

    python3 packages/nn/test/golden/golden.py

The features are in 0..1; every number is rounded to f32 first, so that both programs start from the same bits.
"""
import json
import os

import numpy as np

SAMPLES, INPUTS, HIDDEN, CLASSES, EPOCHS, RATE = 24, 12, 9, 3, 50, 0.5


def run(activation, seed):
    rng = np.random.default_rng(seed)
    f32 = lambda array: array.astype(np.float32).astype(np.float64)
    labels = np.arange(SAMPLES) % CLASSES
    centres = rng.uniform(0, 1, (CLASSES, INPUTS))
    x = f32(np.clip(centres[labels] + 0.2 * rng.standard_normal((SAMPLES, INPUTS)), 0, 1))
    w1, b1 = f32(0.5 * rng.standard_normal((INPUTS, HIDDEN))), np.zeros(HIDDEN)
    w2, b2 = f32(0.5 * rng.standard_normal((HIDDEN, CLASSES))), np.zeros(CLASSES)
    start = {"w1": w1.ravel().tolist(), "w2": w2.ravel().tolist()}
    targets = np.eye(CLASSES)[labels]
    costs = []
    for _ in range(EPOCHS):
        z1 = x @ w1 + b1
        a1 = np.tanh(z1) if activation == "tanh" else np.maximum(z1, 0)
        z2 = a1 @ w2 + b2
        e = np.exp(z2 - z2.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        costs.append(float(-np.mean(np.log(p[np.arange(SAMPLES), labels]))))
        dz2 = (p - targets) / SAMPLES
        dz1 = (dz2 @ w2.T) * (1 - a1**2 if activation == "tanh" else (a1 > 0))
        w2 -= RATE * (a1.T @ dz2)
        b2 -= RATE * dz2.sum(axis=0)
        w1 -= RATE * (x.T @ dz1)
        b1 -= RATE * dz1.sum(axis=0)
    return {"activation": activation, "x": x.ravel().tolist(), "labels": labels.tolist(), **start, "costs": costs}


golden = {
    "samples": SAMPLES, "inputs": INPUTS, "hidden": HIDDEN, "classes": CLASSES, "learningRate": RATE,
    "runs": [run("relu", 0), run("tanh", 1)],
}
with open(os.path.join(os.path.dirname(__file__), "golden.json"), "w") as file:
    json.dump(golden, file)
