// What this machine is and what the kernels do on it, gathered once for `pipeline doctor`.
import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { ownVersion } from "../run/manifest.ts";
import { type KernelFindings, tryKernels } from "./tryKernels.ts";

/** What a doctor finds. */
export interface Findings {
  readonly downhill: string;
  readonly node: string;
  readonly v8: string;
  /** Such as `linux x64`. */
  readonly platform: string;
  readonly processor: string;
  /** Cores that this process may use. */
  readonly cores: number;
  readonly memoryBytes: { readonly total: number; readonly free: number };
  /** Whether this Node has WebAssembly's 128-bit instructions, without which there are no kernels. */
  readonly simd: boolean;
  /** Whether threads can share a WebAssembly memory. */
  readonly sharedMemory: boolean;
  readonly narrow: KernelFindings;
  readonly wide: KernelFindings;
}

/** A module of one function that makes a v128. */
const SIMD_MODULE = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 0, 1, 0x7b],
  ...[3, 2, 1, 0],
  // i32.const 0, i8x16.splat
  ...[10, 8, 1, 6, 0, 0x41, 0, 0xfd, 15, 0x0b],
);

/** Looks at everything; about a second, most of it spent on speeds. */
export async function examine(): Promise<Findings> {
  return {
    downhill: await ownVersion(),
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() || "unknown",
    cores: availableParallelism(),
    memoryBytes: { total: totalmem(), free: freemem() },
    simd: WebAssembly.validate(SIMD_MODULE),
    sharedMemory: new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer instanceof SharedArrayBuffer,
    narrow: await tryKernels({ wide: false }),
    wide: await tryKernels({ wide: true }),
  };
}
