// What a bench keeps from one run to the next, in a folder that no commit holds and that may be deleted at any time.
import { fileURLToPath } from "node:url";

/** The folder; it may not be there yet. */
export const CACHE_FOLDER: string = fileURLToPath(new URL("../../../node_modules/.cache/downhill-bench/", import.meta.url));
