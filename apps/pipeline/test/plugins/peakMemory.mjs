// Preloaded into a command: when it ends, writes the most memory that it held, in kB, to the file that a variable names (Linux).
import { readFileSync, writeFileSync } from "node:fs";

process.on("exit", () => {
  const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  writeFileSync(process.env.DOWNHILL_TEST_PEAK, peak);
});
