"""Products through NumPy's matmul: started with the folder of the operands. Transposes are views, which BLAS takes as they are."""
import os
import sys

import blas
import protocol

np = protocol.require_numpy()

(folder,) = sys.argv[1:]
a, b = (np.fromfile(os.path.join(folder, file), np.float32) for file in ("a.f32", "b.f32"))


def multiply(request):
    m, k, n = request["m"], request["k"], request["n"]
    left = a[: m * k].reshape((k, m)).T if request["transposeA"] else a[: m * k].reshape((m, k))
    right = b[: k * n].reshape((n, k)).T if request["transposeB"] else b[: k * n].reshape((k, n))
    product = np.empty((m, n), np.float32)
    times = protocol.durations(request["milliseconds"], lambda: np.matmul(left, right, out=product))
    return {"milliseconds": min(times), "values": product.ravel()[request["probes"]].tolist()}


protocol.serve({"version": blas.describe(np)}, multiply)
