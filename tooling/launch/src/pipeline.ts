// `pnpm pipeline …`: builds what has changed, then runs the command as a user's own install would.
import { join } from "node:path";
import { handOver } from "./handOver.ts";
import { quietBuild, ROOT } from "./quietBuild.ts";

quietBuild("@downhill/pipeline");
// pnpm starts scripts in the root; paths on the command line are relative to where the user stands.
handOver([join(ROOT, "apps/pipeline/dist/main.js"), ...process.argv.slice(2)], process.env["INIT_CWD"] ?? process.cwd());
