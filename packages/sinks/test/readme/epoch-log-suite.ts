import { test } from "node:test";
import { testSink } from "@downhill/sinks/testing";
import epochLog from "./epoch-log.ts";

testSink(epochLog, { test, options: { file: "costs.txt" } });
