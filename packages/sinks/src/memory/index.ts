export { memorySink as default, type MemoryOptions, MemorySink } from "./MemorySink.ts";
