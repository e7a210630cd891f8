// What `pnpm pack` made of a package, and what npm made of that.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run, workspaceProgram } from "./run.ts";

/** A packed package. */
export interface Tarball {
  /** The package's name. */
  readonly name: string;
  /** The path of the .tgz. */
  readonly filename: string;
}

/** The parts of a package.json that a user of the package meets. */
export interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Packs every package of the workspace into `folder`. */
export function packAll(folder: string): Tarball[] {
  return JSON.parse(run(ROOT, workspaceProgram("pnpm"), "--filter=./packages/*", "pack", "--json", `--pack-destination=${folder}`));
}

/** The files in a tarball, without the folder `package` that all of them are in. */
export function listFiles({ filename }: Tarball): string[] {
  return run(ROOT, "tar", "-tzf", filename)
    .trim()
    .split("\n")
    .map((path) => path.replace(/^package\//, ""));
}

/** The package.json of an installed package. */
export function readManifest(folder: string, name: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"));
}

/** What one imports: `@downhill/data`, `@downhill/data/digits` …; not the files that no module system loads. */
export function entryPoints({ name, exports }: Manifest): string[] {
  return Object.keys(exports)
    .filter((path) => !/\.(wasm|json)$/.test(path))
    .map((path) => name + path.slice(1));
}
