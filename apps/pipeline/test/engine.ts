// The engine that a command runs on, as it is and as it can be made to seem.
import { readFileSync } from "node:fs";

const hasAvx2 = process.platform !== "linux" || readFileSync("/proc/cpuinfo", "utf8").includes("avx2");

/** Whether this engine has wide execution, by what users are told of it. */
export const HAS_WIDE: boolean = process.arch === "x64" && ["24", "25", "26"].includes(process.versions.node.split(".")[0]) && hasAvx2;

/** The environment of a command in which `script`, without spaces, runs first in every thread. */
export function preloaded(script: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}

/** No engine has wide execution on this processor. */
export const OTHER_PROCESSOR = 'Object.defineProperty(process,"arch",{value:"riscv64"})';
/** An engine whose integers go wrong: no self-test comes to the known answer. */
export const WRONG_INTEGERS = "const{imul}=Math;Math.imul=(a,b)=>imul(a,b)^1";
