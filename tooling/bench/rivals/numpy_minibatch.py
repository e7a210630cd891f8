"""Mini-batches of MNIST in NumPy, as fast as NumPy does it: 784 -> 128 relu -> 10 softmax, 64 images a step, plain SGD.
Started with the folder of the IDX files.

A column of ones in the images makes b1 the last row of W1. Rows are gathered into one buffer, nothing of a batch's size is
allocated in a step, and dZ2 carries learning rate / batch, so that an update is one subtraction."""
import gzip
import os
import sys
import time

import blas
import protocol

np = protocol.require_numpy()

HIDDEN, CLASSES, BATCH, LEARNING_RATE, SEED = 128, 10, 64, 0.1, 0

(folder,) = sys.argv[1:]


def read_idx(file, head):
    with gzip.open(os.path.join(folder, file)) as stream:
        return np.frombuffer(stream.read(), np.uint8, offset=head)


labels = read_idx("train-labels-idx1-ubyte.gz", 8).astype(np.intp)
samples = labels.size
pixels = read_idx("train-images-idx3-ubyte.gz", 16).reshape(samples, -1)
inputs = pixels.shape[1]
x = np.ones((samples, inputs + 1), np.float32)
np.divide(pixels, np.float32(255), out=x[:, :inputs], dtype=np.float32)

generator = np.random.default_rng(SEED)
w1 = np.zeros((inputs + 1, HIDDEN), np.float32)  # the last row is b1
w1[:inputs] = np.sqrt(2 / inputs) * generator.standard_normal((inputs, HIDDEN))
w2 = (np.sqrt(2 / HIDDEN) * generator.standard_normal((HIDDEN, CLASSES))).astype(np.float32)
b2 = np.zeros(CLASSES, np.float32)
zero, one = np.float32(0), np.float32(1)
step1, step2 = np.empty_like(w1), np.empty_like(w2)


class Buffers:
    """What a batch of so many rows needs; the last batch of an epoch is smaller."""

    def __init__(self, rows):
        self.rate = np.float32(LEARNING_RATE / rows)
        self.rows = np.arange(rows)
        self.x = np.empty((rows, inputs + 1), np.float32)
        self.a1, self.d1 = (np.empty((rows, HIDDEN), np.float32) for _ in range(2))
        self.active = np.empty((rows, HIDDEN), bool)
        self.z2 = np.empty((rows, CLASSES), np.float32)
        self.labels = np.empty(rows, np.intp)


buffers = {}


def step(batch):
    """Trains on the rows of `batch`; the sum of their losses before it."""
    size = batch.size
    if size not in buffers:
        buffers[size] = Buffers(size)
    own = buffers[size]
    xb, a1, d1, z2 = own.x, own.a1, own.d1, own.z2
    # With mode "raise" np.take would gather into a buffer of its own first.
    np.take(x, batch, axis=0, out=xb, mode="clip")
    np.take(labels, batch, out=own.labels, mode="clip")
    np.matmul(xb, w1, out=a1)
    np.maximum(a1, zero, out=a1)
    np.matmul(a1, w2, out=z2)
    np.add(z2, b2, out=z2)
    np.subtract(z2, z2.max(axis=1, keepdims=True), out=z2)
    np.exp(z2, out=z2)
    np.divide(z2, z2.sum(axis=1, keepdims=True), out=z2)
    right = z2[own.rows, own.labels]
    loss = -np.log(right).sum(dtype=np.float64)

    z2[own.rows, own.labels] = right - one
    np.multiply(z2, own.rate, out=z2)  # dZ2 x learning rate
    np.matmul(z2, w2.T, out=d1)
    np.greater(a1, zero, out=own.active)
    np.multiply(d1, own.active, out=d1)
    np.matmul(a1.T, z2, out=step2)
    np.subtract(w2, step2, out=w2)
    np.subtract(b2, z2.sum(axis=0), out=b2)
    np.matmul(xb.T, d1, out=step1)
    np.subtract(w1, step1, out=w1)
    return loss


def train(_request):
    order = generator.permutation(samples)
    start = time.perf_counter()
    loss = sum(step(order[first : first + BATCH]) for first in range(0, samples, BATCH))
    return {"milliseconds": 1000 * (time.perf_counter() - start), "samples": samples, "cost": float(loss / samples)}


protocol.serve({"version": blas.describe(np)}, train)
