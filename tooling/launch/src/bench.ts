// `pnpm bench …`: builds what has changed, then measures the built packages, outside turbo.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { quietBuild, ROOT } from "./quietBuild.ts";

quietBuild("@downhill/bench");

// In the root, where Node finds tsx.
const args = ["--import", "tsx", join(ROOT, "tooling/bench/src/main.ts"), ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { cwd: ROOT, stdio: "inherit" });

// Ctrl-C reaches the whole process group, the bench too; this process only waits. A SIGTERM reaches this process alone.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? 128 + (signal === null ? 1 : constants.signals[signal])));
