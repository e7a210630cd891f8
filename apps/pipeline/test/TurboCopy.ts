// A copy of the repository with a turbo cache of its own, to be changed at will. What is installed stays where it is; what was
// built is taken from the repository's cache, or else built in the copy.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { ROOT } from "./command.ts";

// What `--dry=json` tells of a task.
interface PlannedTask {
  readonly taskId: string;
  readonly hash: string;
}

// By name anywhere, and by path: what git ignores.
const NOT_COPIED = new Set([".git", ".turbo", ".vitest", ".cache", "dist", "build", "runs"]);
const NOT_COPIED_PATHS = new Set(["node_modules", "data", "apps/pipeline/examples/cached-run/run"]);

/** The copy and its cache, both in a folder that was empty. */
export class TurboCopy {
  readonly folder: string;
  readonly cache: string;

  /** Copies the repository's files to below `home`. */
  constructor(home: string) {
    this.folder = join(home, "repository");
    this.cache = join(home, "cache");
    mkdirSync(this.cache);
    // The links in the packages' own node_modules are relative: they lead through the copy.
    cpSync(ROOT, this.folder, { recursive: true, verbatimSymlinks: true, filter: isCopied });
    symlinkSync(join(ROOT, "node_modules"), join(this.folder, "node_modules"), "junction");
    // Without git turbo doesn't know what is ignored, and takes what it has built itself for a change.
    this.#git("init", "--quiet");
    // A link is no folder, which is what .gitignore names.
    writeFileSync(join(this.folder, ".git/info/exclude"), "/node_modules\n");
    this.commit();
    this.#takeBuilds();
  }

  /** Commits what is there. */
  commit(): void {
    this.#git("add", "--all");
    this.#git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", "all");
  }

  /** Runs `turbo run train …flags` and returns what it printed. Throws, with that, if it fails. */
  train(flags: readonly string[] = [], variables: Readonly<Record<string, string>> = {}): string {
    const args = ["run", "train", "--ui=stream", `--cache-dir=${this.cache}`, ...flags];
    // A remote cache of whoever runs the tests is none of theirs.
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("TURBO_")));
    const { status, stdout, stderr, error } = spawnSync("turbo", args, {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...own, TURBO_TELEMETRY_DISABLED: "1", pnpm_config_verify_deps_before_run: "false", ...variables },
      shell: process.platform === "win32",
    });
    if (status !== 0) throw new Error(`turbo ${args.join(" ")}\n${stdout}${stderr}`, { cause: error });
    return stdout;
  }

  /** The hash of each task that `turbo run train` would run, by the task's id. */
  hashes(): ReadonlyMap<string, string> {
    const { tasks } = JSON.parse(this.train(["--dry=json"])) as { readonly tasks: readonly PlannedTask[] };
    return new Map(tasks.map(({ taskId, hash }) => [taskId, hash]));
  }

  #git(...args: readonly string[]): void {
    const { status, stderr, error } = spawnSync("git", args, { cwd: this.folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`git ${args.join(" ")}\n${stderr}`, { cause: error });
  }

  #takeBuilds(): void {
    const needed = new Set([...this.hashes()].flatMap(([task, hash]) => (task.endsWith("#build") ? [hash] : [])));
    for (const cache of repositoryCaches()) {
      for (const name of readdirSync(cache)) {
        if (needed.has(name.slice(0, 16))) cpSync(join(cache, name), join(this.cache, name));
      }
    }
  }
}

function isCopied(source: string): boolean {
  const path = relative(ROOT, source).split(sep).join("/");
  return !NOT_COPIED.has(basename(source)) && !NOT_COPIED_PATHS.has(path);
}

// A worktree uses the cache of the main checkout.
function repositoryCaches(): string[] {
  const { status, stdout } = spawnSync("git", ["rev-parse", "--path-format=absolute", "--git-common-dir"], { cwd: ROOT, encoding: "utf8" });
  const roots = status === 0 ? [ROOT, dirname(stdout.trim())] : [ROOT];
  return [...new Set(roots.map((root) => join(root, ".turbo", "cache")))].filter((cache) => existsSync(cache));
}
