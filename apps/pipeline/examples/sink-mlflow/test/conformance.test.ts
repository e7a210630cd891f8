import { testSink } from "@downhill/sinks/testing";
import { afterAll, beforeEach, expect, test } from "vitest";
import mlflow from "../src/index.ts";
import { FakeMlflow } from "./FakeMlflow.ts";
import { ServerState } from "./ServerState.ts";

const server = await FakeMlflow.start();
afterAll(() => server.stop());

beforeEach(() => {
  server.state = new ServerState();
  return () => {
    for (const { metrics } of server.state.runs) {
      const named = metrics.map(({ key, step }) => `${key} ${step}`);
      expect(new Set(named).size, "metrics that are there twice").toBe(named.length);
    }
  };
});

testSink(mlflow, { test, options: { trackingUri: server.url, experiment: "Downhill" } });
