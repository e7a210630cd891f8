// Writes the closing lines, last and alone, whatever other reporters print: `failed: …` for each failure, then
// `N passed, N failed[, N skipped]`.
import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** Counts test cases at the end of a run, and prints the closing lines as the process exits. */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    let passed = 0;
    let skipped = 0;
    const failures = unhandled.map((error) => failureLine("outside of any test", [error]));
    for (const module of modules) {
      const place = `${module.project.name} ${module.relativeModuleId}`;
      // A file that does not even load, or fails before its first case, holds none that failed and must still count.
      if (module.errors().length > 0) failures.push(failureLine(place, module.errors()));
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) failures.push(failureLine(`${place} > ${suite.fullName}`, suite.errors()));
      }
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "skipped") skipped += 1;
        else failures.push(failureLine(`${place} > ${test.fullName}`, errors ?? []));
      }
    }
    if (passed + failures.length + skipped === 0) failures.push("failed: no test was found");
    if (failures.length > 0) process.exitCode = 1;
    const tail = skipped > 0 ? `, ${skipped} skipped` : "";
    const lines = [...failures, `${passed} passed, ${failures.length} failed${tail}`];
    process.once("exit", () => process.stdout.write(`\n${lines.join("\n")}\n`));
  }
}

function failureLine(place: string, errors: readonly { message?: string }[]): string {
  const [first = ""] = (errors[0]?.message ?? "").split("\n");
  return `failed: ${place}${first === "" ? "" : `: ${first}`}`;
}
