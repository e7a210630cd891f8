// What a run is made with, as a reader of its report should see it. Nothing of the config is in it, and no name of person or machine.
import { cpus } from "node:os";
import type { Loaded } from "../trainer/protocol.ts";
import type { Manifest } from "./manifest.ts";

/** The environment of a run by name, in the order to show. */
export function environmentOf(
  { versions, gitCommit }: Pick<Manifest, "versions" | "gitCommit">,
  { threads, compute }: Pick<Loaded, "threads" | "compute">,
): Readonly<Record<string, string>> {
  const processor = cpus()[0]?.model.trim();
  return {
    downhill: versions.downhill,
    node: versions.node,
    ...(processor && { processor }),
    threads: String(threads),
    compute,
    ...(gitCommit !== undefined && { "git commit": gitCommit }),
  };
}
