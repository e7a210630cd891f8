// `pnpm test:engines`: builds what has changed, then runs the built packages on every engine.
import { join } from "node:path";
import { handOver } from "./handOver.ts";
import { quietBuild, ROOT } from "./quietBuild.ts";

quietBuild("@downhill/engines^...");
handOver(["--import", "tsx", join(ROOT, "tooling/engines/src/main.ts")], ROOT);
