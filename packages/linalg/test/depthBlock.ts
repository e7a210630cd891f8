// The constant that decides the order of every sum, so that tests look at both sides of it, whatever it is.
import { readFile } from "node:fs/promises";

const TILES = await readFile(new URL("../assembly/level3/tiles.ts", import.meta.url), "utf8");

/** The most elements that are summed in one go; a longer sum is cut into blocks as equal as can be. */
export const KC: number = Number(/^export const KC: i32 = (\d+);$/m.exec(TILES)?.[1]);
