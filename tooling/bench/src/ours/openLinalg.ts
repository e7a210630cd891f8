// Our linalg as the bench calls it by name, with what our programs say of themselves.
import { createLinalg, type Linalg } from "@downhill/linalg";
import type { Hello } from "../contestants/ContestantProcess.ts";
import { ownVersion } from "./serve.ts";

/** Linalg, and the program's introduction. */
export interface OpenedLinalg {
  readonly linalg: Linalg;
  readonly hello: Hello;
}

/** A Linalg for the call `narrow` or `wide` with so many threads; `hello.compute` says how it is really executed. */
export async function openLinalg(call: string, threads: number): Promise<OpenedLinalg> {
  const linalg = await createLinalg({ threads, wide: call === "wide" });
  const version = `${await ownVersion()}, ${threads} thread${threads === 1 ? "" : "s"}`;
  return { linalg, hello: { version, compute: linalg.compute, notice: linalg.notice } };
}
