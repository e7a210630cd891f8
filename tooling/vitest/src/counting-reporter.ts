// Writes the closing line `N passed, N failed[, N skipped]`, alone and last, whatever other reporters print.
import type { Reporter, TestModule } from "vitest/node";

/** Counts test cases at the end of a run and prints the closing line as the process exits. */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    let skipped = 0;
    for (const module of modules) {
      let cases = 0;
      for (const test of module.children.allTests()) {
        cases += 1;
        const state = test.result().state;
        if (state === "passed") passed += 1;
        else if (state === "skipped") skipped += 1;
        else failed += 1;
      }
      // A file that does not even load holds no case and must still count.
      if (cases === 0 && module.errors().length > 0) failed += 1;
    }
    if (passed + failed + skipped === 0) {
      failed = 1;
      process.exitCode = 1;
    }
    const tail = skipped > 0 ? `, ${skipped} skipped` : "";
    process.once("exit", () => process.stdout.write(`\n${passed} passed, ${failed} failed${tail}\n`));
  }
}
