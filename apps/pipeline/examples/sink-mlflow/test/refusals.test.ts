// What the sink says when the server can't be reached, doesn't want it, or is no MLflow; and options that it refuses.
import { sampleRun } from "@downhill/sinks/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import mlflow from "../src/index.ts";
import { driveSink, FAST } from "./driveSink.ts";
import { FakeMlflow } from "./FakeMlflow.ts";

const TOKEN = "hunter2-hunter2";

let server: FakeMlflow;
beforeEach(async () => {
  server = await FakeMlflow.start();
});
afterEach(() => server.stop());

async function messageOf(options: { readonly token?: string } = {}, requestMs: number = FAST.requestMs): Promise<string> {
  const pace = { ...FAST, requestMs, giveUpMs: 20 };
  return driveSink(sampleRun(), { url: server.url, pace, options }).then(
    () => "nothing failed",
    (error: Error) => error.message,
  );
}

test("a server that isn't there", async () => {
  const { url } = server;
  await server.stop();
  const failed = driveSink(sampleRun(), { url, pace: { ...FAST, giveUpMs: 20 } });
  await expect(failed).rejects.toThrow(
    new RegExp(`^MLflow at ${url} can't be reached: connect ECONNREFUSED .*; is it running\\? \\(given up after \\d+ tries\\)$`),
  );
  server = await FakeMlflow.start();
});

test("a server that never answers", async () => {
  server.faultOf = () => "stall";
  expect(await messageOf({}, 100)).toContain("can't be reached: no answer within 100 ms; is it running?");
});

test("the token is sent, and never shown", async () => {
  server.token = TOKEN;
  expect(await messageOf({ token: TOKEN })).toBe("nothing failed");
  server.token = "another";
  const refused = await messageOf({ token: TOKEN });
  expect(refused).toContain("answers experiments/get-by-name with 401: UNAUTHENTICATED: no entry for Bearer …; is the token right?");
  expect(refused).not.toContain("hunter2");
  expect(await messageOf()).toContain("no entry for nobody");
});

test("a refusal is not tried again", async () => {
  server.state.experiments.set("Downhill", "deleted1");
  expect(await messageOf()).toBe("the experiment Downhill is deleted on the server; restore it there or take another one");
  expect(server.seen).toHaveLength(1);
});

test("a page that isn't MLflow's", async () => {
  server.answer = (_, response) => response.end("<html>please log in</html>");
  expect(await messageOf()).toBe(`${server.url} answers experiments/get-by-name as no MLflow does; check trackingUri`);
});

test("an answer without an experiment", async () => {
  server.answer = (_, response) => response.end("{}");
  expect(await messageOf()).toContain("as no MLflow does; check trackingUri");
});

test("a server that has moved", async () => {
  server.answer = (_, response) => {
    response.writeHead(301, { location: "https://mlflow.example/api/2.0" });
    response.end();
  };
  expect(await messageOf({ token: TOKEN })).toContain("with 301 and points to https://mlflow.example; set trackingUri to it");
});

test("a message with control characters, without end", async () => {
  server.answer = (_, response) => {
    response.writeHead(400);
    response.end(JSON.stringify({ error_code: "BAD", message: `\u001b[31mred\n${"x".repeat(9999)}` }));
  };
  const message = await messageOf();
  expect(message).toMatch(/with 400: BAD: +\[31mred x+…$/);
  expect(message.length).toBeLessThan(450);
});

test.each([
  [{ trackingUri: "http://127.0.0.1:5000/" }, undefined],
  [{ trackingUri: "https://example.org/mlflow", experiment: "x", runName: "r", token: "", tags: { a: "b" } }, undefined],
  [{}, "trackingUri"],
  [{ trackingUri: "" }, "trackingUri"],
  [{ trackingUri: "databricks" }, "trackingUri"],
  [{ trackingUri: "file:///tmp/mlruns" }, "trackingUri"],
  [{ trackingUri: "http://ann:secret@127.0.0.1:5000" }, "trackingUri"],
  [{ trackingUri: "http://127.0.0.1:5000", experiment: "" }, "experiment"],
  [{ trackingUri: "http://127.0.0.1:5000", token: "two\nlines" }, "token"],
  [{ trackingUri: "http://127.0.0.1:5000", tags: { "downhill.run": "mine" } }, "tags"],
  [{ trackingUri: "http://127.0.0.1:5000", tags: { retries: 3 } }, "tags,retries"],
  [{ trackingUri: "http://127.0.0.1:5000", user: "ann" }, ""],
])("options %j", async (given, wrong) => {
  const { issues } = (await mlflow.options?.["~standard"].validate(given)) ?? {};
  expect(issues?.map(({ path = [] }) => path.map(String).join(","))).toEqual(wrong === undefined ? undefined : [wrong]);
  expect(JSON.stringify(issues ?? "")).not.toContain("secret");
});

test("the options' JSON schema is there for editors", () => {
  const standard = mlflow.options?.["~standard"] as unknown as {
    readonly jsonSchema: { input(options: { target: string }): { required: string[]; properties: Record<string, unknown> } };
  };
  const { required, properties } = standard.jsonSchema.input({ target: "draft-2020-12" });
  expect(required).toEqual(["trackingUri"]);
  expect(Object.keys(properties)).toEqual(["trackingUri", "experiment", "runName", "token", "tags"]);
});
