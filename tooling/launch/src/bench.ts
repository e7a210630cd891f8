// `pnpm bench …`: builds what has changed, then measures the built packages, outside turbo.
import { join } from "node:path";
import { handOver } from "./handOver.ts";
import { quietBuild, ROOT } from "./quietBuild.ts";

quietBuild("@downhill/bench");
// In the root, where Node finds tsx.
handOver(["--import", "tsx", join(ROOT, "tooling/bench/src/main.ts"), ...process.argv.slice(2)], ROOT);
