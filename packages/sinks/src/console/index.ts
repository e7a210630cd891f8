export { consoleSink as default } from "./plugin.ts";
