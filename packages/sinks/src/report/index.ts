export { reportSink as default, type ReportOptions } from "./plugin.ts";
