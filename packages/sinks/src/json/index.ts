export { jsonSink as default, type JsonOptions } from "./plugin.ts";
export { fromLine, toLine } from "./line.ts";
