"""The reference experiment in NumPy, as fast as NumPy does it: started with the folder of the real files and f32 or f64.

Nothing is allocated in an epoch but some vectors of 1000. A column of ones in X makes b1 the last row of W1, so that its
addition, its gradient and its update are part of the large products. dZ2 carries learning rate / m, so that an update is
one subtraction. Matrices are C-ordered, a sample is a row; transposes are views, which BLAS takes as they are."""
import os
import sys
import time

import blas
import protocol

np = protocol.require_numpy()

HIDDEN, CLASSES, LEARNING_RATE, STDDEV, SEED = 1000, 10, 0.002, 0.001, 0

folder, name = sys.argv[1:]
dtype = np.dtype({"f32": np.float32, "f64": np.float64}[name])
pixels, one_hot = (np.loadtxt(os.path.join(folder, file), delimiter=",", dtype=dtype) for file in ("train_X.csv", "train_label.csv"))
samples, inputs = pixels.shape
x = np.hstack([pixels, np.ones((samples, 1), dtype)])  # [samples x (inputs + 1)]
xt = x.T
rows, labels = np.arange(samples), one_hot.argmax(axis=1)

generator = np.random.default_rng(SEED)
w1 = np.zeros((inputs + 1, HIDDEN), dtype)  # the last row is b1
w1[:inputs] = STDDEV * generator.standard_normal((inputs, HIDDEN))
w2 = (STDDEV * generator.standard_normal((HIDDEN, CLASSES))).astype(dtype)
b2 = np.zeros(CLASSES, dtype)

a1, d1, active = np.empty((samples, HIDDEN), dtype), np.empty((samples, HIDDEN), dtype), np.empty((samples, HIDDEN), bool)
z2, step1, step2 = np.empty((samples, CLASSES), dtype), np.empty_like(w1), np.empty_like(w2)
# A Python float would do as well in NumPy 2, but would make f64 of f32 in places of NumPy 1.
zero, one, rate = dtype.type(0), dtype.type(1), dtype.type(LEARNING_RATE / samples)


def epoch():
    """One forward pass, its cost, and the update."""
    np.matmul(x, w1, out=a1)
    np.maximum(a1, zero, out=a1)
    np.matmul(a1, w2, out=z2)
    np.add(z2, b2, out=z2)
    np.subtract(z2, z2.max(axis=1, keepdims=True), out=z2)
    np.exp(z2, out=z2)
    np.divide(z2, z2.sum(axis=1, keepdims=True), out=z2)
    right = z2[rows, labels]
    cost = -np.log(right).mean(dtype=np.float64)

    z2[rows, labels] = right - one
    np.multiply(z2, rate, out=z2)  # dZ2 x learning rate
    np.matmul(z2, w2.T, out=d1)
    np.greater(a1, zero, out=active)
    np.multiply(d1, active, out=d1)
    np.matmul(a1.T, z2, out=step2)
    np.subtract(w2, step2, out=w2)
    np.subtract(b2, z2.sum(axis=0), out=b2)
    np.matmul(xt, d1, out=step1)
    np.subtract(w1, step1, out=w1)
    return float(cost)


def train(request):
    milliseconds, costs = [], []
    for _ in range(request["epochs"]):
        start = time.perf_counter()
        costs.append(epoch())
        milliseconds.append(1000 * (time.perf_counter() - start))
    return {"milliseconds": milliseconds, "costs": costs}


protocol.serve({"version": blas.describe(np)}, train)
