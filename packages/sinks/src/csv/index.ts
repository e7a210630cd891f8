export { csvSink as default } from "./plugin.ts";
