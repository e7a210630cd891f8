import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { installRival } from "../src/contestants/installRival.ts";

const PACKAGES = { "@scope/rival": "1.2.3", companion: "4.5.6" };

let cache = "";
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "downhill-bench-test-"));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

// In place of npm.
const command = (script: string) => [process.execPath, "-e", script] as const;
const INSTALLS = command(`require("node:fs").appendFileSync("installed", "once ")`);

it("installs the pinned versions in a folder of their own, once", async () => {
  const folder = await installRival(PACKAGES, { cache, command: INSTALLS });
  expect(folder).toBe(join(cache, "@scope+rival@1.2.3"));
  expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).toEqual({ private: true, dependencies: PACKAGES });
  expect(await installRival(PACKAGES, { cache, command: INSTALLS })).toBe(folder);
  expect(readFileSync(join(folder, "installed"), "utf8")).toBe("once ");
});

it("leaves nothing of an installation that fails", async () => {
  const failing = installRival(PACKAGES, { cache, command: command("process.exit(7)") });
  await expect(failing).rejects.toMatchObject({
    name: "BenchError",
    exitCode: 1,
    message: expect.stringContaining("@scope/rival 1.2.3 can't be installed"),
  });
  expect(readdirSync(cache)).toEqual([]);
});

it("says so without npm", async () => {
  await expect(installRival(PACKAGES, { cache, command: ["downhill-no-such-program"] })).rejects.toThrow("can't be installed");
});

it("lets two benches install at once", async () => {
  const [one, other] = await Promise.all([1, 2].map(() => installRival(PACKAGES, { cache, command: INSTALLS })));
  expect(one).toBe(other);
  expect(existsSync(join(one, "installed"))).toBe(true);
  expect(readdirSync(cache)).toEqual(["@scope+rival@1.2.3"]);
});
