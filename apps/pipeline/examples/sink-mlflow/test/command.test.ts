// Through the built command: what the server gets is what the run recorded; the weights are those of a run without the sink, whatever
// the server does; and the token stays between the sink and the server.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fromLine } from "@downhill/sinks/json";
import type { TrainingEvent } from "@downhill/sinks";
import { expect, test } from "vitest";
import { expectedMetrics, inOrder } from "./driveSink.ts";
import { type Fault, FakeMlflow } from "./FakeMlflow.ts";
import { EXAMPLE_CONFIG, pipeline, project } from "./pipelineCommand.ts";

const TOKEN = "hunter2-hunter2";
const EPOCHS = 12;

function entry(server: FakeMlflow, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { use: "@downhill/sink-mlflow", trackingUri: server.url, token: "${MLFLOW_TOKEN}", ...more };
}

async function recorded(runDir: string): Promise<TrainingEvent[]> {
  const lines = (await readFile(join(runDir, "events.ndjson"), "utf8")).trimEnd().split("\n");
  return lines.map(fromLine);
}

async function textsOf(runDir: string): Promise<string> {
  const entries = await readdir(runDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return (await Promise.all(files.map((file) => readFile(file, "latin1")))).join("\n");
}

const weightsWithoutSink: Promise<string> = project(EPOCHS, []).then(async (folder) => {
  const { stdout } = await pipeline(["run", "config.json", "--json", "--out", "run"], folder);
  return shaOf(stdout);
});

function shaOf(stdout: string): string {
  return (JSON.parse(stdout) as { readonly weightsSha256: string }).weightsSha256;
}

test.concurrent("a run and its token, by the package's name", async () => {
  const server = await FakeMlflow.start();
  server.token = TOKEN;
  const folder = await project(EPOCHS, [{ use: "console" }, entry(server, { experiment: "Small things", runName: "first" })]);
  const env = { MLFLOW_TOKEN: TOKEN };
  const { exitCode, stdout, stderr } = await pipeline(["run", "config.json", "--json", "--out", "run"], folder, env);
  expect([exitCode, stderr.includes("failed")]).toEqual([0, false]);
  const { run } = server;
  const events = await recorded(join(folder, "run"));
  expect(inOrder(run.metrics)).toEqual(expectedMetrics(events));
  expect(run.metrics.filter(({ key }) => key === "cost").map(({ step }) => step)).toEqual(
    Array.from({ length: EPOCHS }, (_, index) => index + 1),
  );
  expect([run.name, run.status, run.tags.get("downhill.weightsSha256")]).toEqual(["first", "FINISHED", shaOf(stdout)]);
  expect([run.params.get("optimizer.learningRate"), run.params.get("sinks.1.token")]).toEqual(["0.05", "${MLFLOW_TOKEN}"]);
  expect([...server.state.experiments.keys()]).toEqual(["Small things"]);
  expect(shaOf(stdout)).toBe(await weightsWithoutSink);
  expect(stdout + stderr + (await textsOf(join(folder, "run")))).not.toContain("hunter2");
  // A second time, out of the record: the server has it all.
  const replayed = await pipeline(["replay", "run", "--sink", "@downhill/sink-mlflow"], folder, env);
  expect(replayed.exitCode).toBe(0);
  expect(inOrder(server.run.metrics)).toEqual(expectedMetrics(events));
  await server.stop();
});

test.concurrent("a run that is killed and resumed is one run, with nothing twice", { timeout: 60_000 }, async () => {
  const server = await FakeMlflow.start();
  const epochs = 900;
  const folder = await project(epochs, [entry(server)]);
  const kill = new AbortController();
  server.faultOf = () => {
    // The second full request is on its way then, and some 400 epochs are still to come.
    if (server.state.runs.some(({ metrics }) => metrics.length > 500)) kill.abort();
    return undefined;
  };
  const env = { MLFLOW_TOKEN: TOKEN };
  const first = await pipeline(["run", "config.json", "--quiet", "--out", "run"], folder, env, kill.signal);
  expect(first.exitCode).toBe(null);
  expect(server.run.status).toBe("RUNNING");
  const resumed = await pipeline(["resume", "run", "--json"], folder, env);
  expect(resumed.exitCode).toBe(0);
  const { run } = server;
  expect([run.status, run.tags.get("downhill.weightsSha256")]).toEqual(["FINISHED", shaOf(resumed.stdout)]);
  // Epochs that the server was told of, but not the record, were measured a second time.
  const timeless = (lines: readonly string[]): string[] =>
    lines.map((line) => line.replace(/^(samplesPerSecond \d+) .*/, "$1").replace(/ \d{13}$/, "")).toSorted();
  const expected = timeless(expectedMetrics(await recorded(join(folder, "run"))));
  expect(expected.length).toBeGreaterThanOrEqual(4 * epochs);
  expect(timeless(inOrder(run.metrics))).toEqual(expected);
  await server.stop();
});

const TROUBLES: readonly (readonly [name: string, faultOf: (number: number) => Fault | undefined, arrives: boolean])[] = [
  ["fails now and then", (number) => (number % 3 === 1 ? "error500After" : undefined), true],
  ["cuts every third connection", (number) => (number % 3 === 0 ? "cut" : undefined), true],
  ["takes half of each batch", (number) => (number === 4 ? "half" : undefined), true],
  ["is busy for good", () => "busy", false],
  ["never answers", () => "stall", false],
];

test.concurrent.each(TROUBLES)("a server that %s changes nothing of the training", { timeout: 60_000 }, async (_, faultOf, arrives) => {
  const server = await FakeMlflow.start();
  server.faultOf = faultOf;
  const patience = arrives ? {} : { delivery: { timeoutMs: 1500 } };
  const folder = await project(EPOCHS, [{ use: "console" }, entry(server, patience)]);
  const { exitCode, stdout, stderr } = await pipeline(["run", "config.json", "--json", "--out", "run"], folder, { MLFLOW_TOKEN: TOKEN });
  expect(exitCode).toBe(0);
  expect(shaOf(stdout)).toBe(await weightsWithoutSink);
  const events = await recorded(join(folder, "run"));
  expect(events.some(({ type }) => type === "sinkFailed")).toBe(!arrives);
  if (arrives) expect(inOrder(server.run.metrics)).toEqual(expectedMetrics(events));
  expect(stdout + stderr + (await textsOf(join(folder, "run")))).not.toContain("hunter2");
  await server.stop();
});

test.concurrent("a token that is refused is not shown, and the run goes on", async () => {
  const server = await FakeMlflow.start();
  server.token = "another";
  const folder = await project(2, [{ use: "console" }, entry(server)]);
  const { exitCode, stderr } = await pipeline(["run", "config.json", "--out", "run"], folder, { MLFLOW_TOKEN: TOKEN });
  expect(exitCode).toBe(0);
  expect(stderr).toContain("401: UNAUTHENTICATED");
  expect(stderr + (await textsOf(join(folder, "run")))).not.toContain("hunter2");
  await server.stop();
});

test.concurrent("the example's config runs from source", async () => {
  const server = await FakeMlflow.start();
  const folder = await project(2, []);
  const args = ["run", EXAMPLE_CONFIG, "--set", "epochs=3", "--quiet", "--out", join(folder, "run")];
  const { exitCode, stderr } = await pipeline(args, folder, { MLFLOW_TRACKING_URI: server.url });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect([server.run.name, server.run.status, server.run.tags.get("data")]).toEqual(["flowers", "FINISHED", "flowers.csv"]);
  expect(inOrder(server.run.metrics)).toEqual(expectedMetrics(await recorded(join(folder, "run"))));
  await server.stop();
});

test.concurrent("options are checked before the run", async () => {
  const folder = await project(2, [{ use: "@downhill/sink-mlflow", trackingUri: "localhost:5000", retries: 3 }]);
  const { exitCode, stderr } = await pipeline(["check", "config.json"], folder);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("sinks.0.trackingUri  expected the address of an MLflow server such as http://127.0.0.1:5000");
  expect(stderr).toContain("retries");
});
