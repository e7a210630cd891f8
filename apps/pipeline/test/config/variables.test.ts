import { expect, test } from "vitest";
import { showVariables, substituteVariables } from "../../src/config/variables.ts";

const fill = (value: unknown, environment: Record<string, string> = {}): unknown => substituteVariables(value, environment).value;

test.each([
  ["the whole string", "${HOST}", "example.org"],
  ["a part", "https://${HOST}/x", "https://example.org/x"],
  ["several", "${HOST}:${PORT}", "example.org:80"],
  ["a default that is not needed", "${HOST:localhost}", "example.org"],
  ["a default", "${ELSEWHERE:localhost}", "localhost"],
  ["an empty default", "[${ELSEWHERE:}]", "[]"],
  ["a default with a colon", "${ELSEWHERE:http://a:1}", "http://a:1"],
  ["a variable that is set to nothing", "[${EMPTY:default}]", "[]"],
])("fills in %s", (_, text, expected) => {
  expect(fill(text, { HOST: "example.org", PORT: "80", EMPTY: "" })).toBe(expected);
});

test.each(["$HOST", "${}", "${1A}", "{HOST}", "${HOST"])("leaves %s as it is", (text) => {
  expect(fill(text, { HOST: "x" })).toBe(text);
});

test("reaches strings at any depth, and only strings", () => {
  const value = { a: [{ b: "${X}" }], n: 1, t: true, z: null, "${X}": "key" };
  expect(fill(value, { X: "y" })).toEqual({ a: [{ b: "y" }], n: 1, t: true, z: null, "${X}": "key" });
});

test("what a variable holds is not searched for variables", () => {
  expect(fill("${A}", { A: "${B}", B: "secret" })).toBe("${B}");
});

test("a variable that is not set is a problem that names it, each of them", () => {
  const { problems } = substituteVariables({ a: "${NOPE}", b: ["${NEITHER}"] }, {});
  expect(problems).toMatchObject([
    { key: "a", message: expect.stringMatching(/NOPE/) as string },
    { key: "b.0", message: expect.stringMatching(/NEITHER/) as string },
  ]);
});

test("what objects inherit is not in the environment", () => {
  const { problems } = substituteVariables(["${constructor}", "${toString}", "${__proto__}"], {});
  expect(problems.map(({ key }) => key)).toEqual(["0", "1", "2"]);
});

test("messages are redacted: each value becomes its variable, the longest first; what came from a default stays", () => {
  const environment = { SHORT: "hunter", LONG: "hunter2-hunter", UNUSED: "message" };
  const { redact } = substituteVariables(["${SHORT}", "${LONG}", "${ELSEWHERE:nowhere}"], environment);
  expect(redact("a message of hunter and hunter2-hunter from nowhere, hunter")).toBe(
    "a message of ${SHORT} and ${LONG} from nowhere, ${SHORT}",
  );
});

test("a value is found as an address, JSON and a header write it too", () => {
  const TOKEN = 'a/b+c "d"é';
  const { redact } = substituteVariables(["${TOKEN}"], { TOKEN });
  const forms = [TOKEN, encodeURIComponent(TOKEN), JSON.stringify(TOKEN), Buffer.from(TOKEN).toString("base64")];
  expect(redact(forms.join(" | "))).toBe('${TOKEN} | ${TOKEN} | "${TOKEN}" | ${TOKEN}');
});

test("what came from a variable is shown as it was written", () => {
  const { value, written } = substituteVariables({ token: "Bearer ${TOKEN}", plain: "s3cret" }, { TOKEN: "s3cret" });
  expect(value).toEqual({ token: "Bearer s3cret", plain: "s3cret" });
  expect(showVariables({ ...(value as object), added: 1 }, written)).toEqual({ token: "Bearer ${TOKEN}", plain: "s3cret", added: 1 });
});
