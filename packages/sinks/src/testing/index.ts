export { sampleRun, type SampleRunSettings, stampFacts } from "./sampleRun.ts";
export { type TemporaryRun, withTemporaryRun } from "./TemporaryRun.ts";
export { type SinkTestSettings, testSink } from "./testSink.ts";
