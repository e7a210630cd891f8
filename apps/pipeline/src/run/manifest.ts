// manifest.json: what a run was made from, so that it can be told, judged and repeated.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { LoadedConfig } from "../config/loadConfig.ts";
import type { SourceFile } from "../trainer/protocol.ts";

/** Tells a manifest of ours from any other JSON file. */
export const MANIFEST_FORMAT = "downhill-run";

/** The contents of manifest.json. */
export interface Manifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly formatVersion: 1;
  readonly run: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seed: number;
  /** With its defaults; `${VAR}` where it was written. */
  readonly config: unknown;
  /** What the config's relative paths start from. */
  readonly configDirectory: string;
  readonly versions: { readonly downhill: string; readonly node: string };
  /** The commit that was checked out where the config lies. */
  readonly gitCommit?: string;
  readonly data: readonly SourceFile[];
}

/** The manifest of a run. */
export async function makeManifest(
  { config, shown, directory, redact }: LoadedConfig,
  run: { readonly id: string; readonly startedAt: Date; readonly files: readonly SourceFile[] },
): Promise<Manifest> {
  const gitCommit = await commitOf(directory);
  return {
    format: MANIFEST_FORMAT,
    formatVersion: 1,
    run: run.id,
    name: config.name,
    startedAt: run.startedAt.toISOString(),
    seed: config.seed,
    config: shown,
    configDirectory: directory,
    versions: { downhill: await ownVersion(), node: process.versions.node },
    ...(gitCommit !== undefined && { gitCommit }),
    data: run.files.map((file) => ({ ...file, path: redact(file.path) })),
  };
}

/** The version in this package's package.json. */
export async function ownVersion(): Promise<string> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

async function commitOf(directory: string): Promise<string | undefined> {
  try {
    return (await promisify(execFile)("git", ["rev-parse", "HEAD"], { cwd: directory })).stdout.trim();
  } catch {
    // No git, or no repository: a run needs neither.
    return undefined;
  }
}
