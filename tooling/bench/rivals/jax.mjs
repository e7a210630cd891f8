// jax-js on its WebAssembly backend, which has one thread in Node, out of the folder it was installed in.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Its API and one line on what it is. */
export async function loadJax(installation) {
  const jax = createRequire(`${installation}/`)("@jax-js/jax");
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  const { version } = JSON.parse(readFileSync(join(installation, "node_modules/@jax-js/jax/package.json"), "utf8"));
  return { jax, version: `jax-js ${version} wasm, 1 thread` };
}
