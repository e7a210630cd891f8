// V8's switches for wide execution: which Node has them, and a compilation under them. They are the whole process's, so
// they stand only while this package's module is compiled; any other module would be compiled eagerly, and untested.

/** The first fuses pairs of adjacent 128-bit operations. Only the optimising compiler does, so it has to compile all, and at once. */
const WIDE = ["--experimental-wasm-revectorize", "--no-liftoff", "--no-wasm-lazy-compilation"];
/**
 * By Node's major version, where it has been tried. Node 22 has the first switch but does not fuse these kernels. From Node 25 on
 * code is made to be deoptimised, for which the compiler needs what the baseline code has recorded, and aborts the process without.
 */
const SWITCHES: Readonly<Record<number, readonly string[]>> = {
  24: WIDE,
  25: [...WIDE, "--no-wasm-deopt"],
  26: [...WIDE, "--no-wasm-deopt"],
};

/** Why this platform has no wide execution, as a clause; undefined where it has. */
export async function whyNotWide(): Promise<string | undefined> {
  if (typeof process !== "object" || process.versions?.node === undefined) return "it needs Node; no browser lets a page ask for it";
  if (!(major() in SWITCHES) || "bun" in process.versions || "deno" in process.versions) {
    return `it needs Node 24 to 26, and this is ${process.versions.node}`;
  }
  if (process.arch !== "x64") return `it needs an x64 processor, and this is ${process.arch}`;
  return (await lacksAvx2()) ? "this processor has no 256-bit instructions (AVX2)" : undefined;
}

/** Compiles `bytes` for wide execution, where {@link whyNotWide} finds nothing; synchronously, so that nothing else is compiled so. */
export function compileUnderSwitches(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  const switches = SWITCHES[major()];
  switches.forEach((flag) => setFlagsFromString(flag));
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    switches.forEach((flag) => setFlagsFromString(opposite(flag)));
  }
}

function opposite(flag: string): string {
  return flag.startsWith("--no-") ? flag.replace("--no-", "--") : flag.replace("--", "--no-");
}

function major(): number {
  return Number.parseInt(process.versions.node, 10);
}

// Only Linux tells; elsewhere an x64 processor is taken to have it, and V8 stays narrow where it has not.
async function lacksAvx2(): Promise<boolean> {
  if (process.platform !== "linux") return false;
  const { readFile } = await import("node:fs/promises");
  const text = await readFile("/proc/cpuinfo", "utf8").catch(() => "");
  return /^flags\s*:/m.test(text) && !/^flags\s*:.*\bavx2\b/m.test(text);
}
