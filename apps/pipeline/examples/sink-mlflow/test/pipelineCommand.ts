// The built command of the repository, as a process, on a small table in a folder of its own.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const MAIN = fileURLToPath(new URL("../../../dist/main.js", import.meta.url));
const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

/** The config that shows the plugin. */
export const EXAMPLE_CONFIG: string = join(PACKAGE, "mlflow.json");

const folders: string[] = [];

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const TABLE = Array.from({ length: 48 }, (_, row) => `${(row * 37) % 41},${(row * 23) % 29},${row % 3 === 0 ? "ant" : "bee"}`);

/** What became of a command. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Makes a folder with a table, a config with `sinks`, and the plugin among its `node_modules`, as an install leaves it. */
export async function project(epochs: number, sinks: readonly unknown[]): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "downhill-mlflow-")));
  folders.push(folder);
  const config = {
    name: "small",
    data: { train: { file: "table.csv", label: "kind" }, test: { fraction: 0.3 } },
    model: {
      layers: [
        { type: "dense", units: 4, activation: "tanh" },
        { type: "dense", units: 2 },
      ],
    },
    optimizer: { type: "adam", learningRate: 0.05 },
    epochs,
    batchSize: 8,
    compute: { threads: 1 },
    sinks,
  };
  await mkdir(join(folder, "node_modules/@downhill"), { recursive: true });
  await Promise.all([
    writeFile(join(folder, "table.csv"), ["width,depth,kind", ...TABLE, ""].join("\n")),
    writeFile(join(folder, "config.json"), JSON.stringify(config)),
    symlink(PACKAGE, join(folder, "node_modules/@downhill/sink-mlflow"), "junction"),
  ]);
  return folder;
}

/** Runs `pipeline …args` in `folder` to its end; aborting `killed` kills it with SIGKILL. */
export function pipeline(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
  killed?: AbortSignal,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  killed?.addEventListener("abort", () => child.kill("SIGKILL"));
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
