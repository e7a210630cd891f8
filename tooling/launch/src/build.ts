import { quietBuild } from "./quietBuild.ts";

quietBuild();
