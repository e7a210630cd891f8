// `pnpm pipeline …`: builds what has changed, then runs the command as a user's own install would.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { quietBuild, ROOT } from "./quietBuild.ts";

quietBuild("@downhill/pipeline");

// pnpm starts scripts in the root; paths on the command line are relative to where the user stands.
const cwd = process.env["INIT_CWD"] ?? process.cwd();
const child = spawn(process.execPath, [join(ROOT, "apps/pipeline/dist/main.js"), ...process.argv.slice(2)], { cwd, stdio: "inherit" });

// Ctrl-C reaches the whole process group, the command too; this process only waits. A SIGTERM reaches this process alone.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? 128 + (signal === null ? 1 : constants.signals[signal])));
