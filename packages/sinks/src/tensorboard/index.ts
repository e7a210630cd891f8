export { tensorBoardSink as default } from "./plugin.ts";
