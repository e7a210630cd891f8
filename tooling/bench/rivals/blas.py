"""Which BLAS NumPy calls, and with how many threads, asked of the loaded library itself where that can be done."""
import ctypes
import os
import re


def describe(np):
    """One line: NumPy's version, its BLAS, threads."""
    blas, threads = ask_openblas() or (build_time_blas(np), configured_threads())
    return f"NumPy {np.__version__}, {blas}, {threads} thread{'' if threads == 1 else 's'}"


def ask_openblas():
    """OpenBLAS's version with the kernels it chose for this processor, and its threads; None without OpenBLAS or /proc."""
    try:
        with open("/proc/self/maps") as maps:
            paths = [line.split(maxsplit=5)[5].strip() for line in maps if "openblas" in line]
    except OSError:
        return None
    if not paths:
        return None
    library = ctypes.CDLL(paths[0])
    # NumPy's wheels prefix and suffix the names of their own copy.
    for prefix, suffix in (("scipy_", "64_"), ("scipy_", ""), ("", "64_"), ("", "")):
        try:
            config = getattr(library, f"{prefix}openblas_get_config{suffix}")
            core = getattr(library, f"{prefix}openblas_get_corename{suffix}")
            threads = getattr(library, f"{prefix}openblas_get_num_threads{suffix}")
        except AttributeError:
            continue
        config.restype = core.restype = ctypes.c_char_p
        name = re.match(r"OpenBLAS [\d.]+", config().decode())
        return f"{name.group().rstrip('.') if name else 'OpenBLAS'} {core().decode()}", threads()
    return None


def build_time_blas(np):
    """What NumPy was built with."""
    try:
        blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        return f"{blas['name']} {blas['version']}"
    except (TypeError, KeyError):
        return "unknown BLAS"


def configured_threads():
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        if os.environ.get(name, "").isdigit():
            return int(os.environ[name])
    return os.cpu_count() or 1
