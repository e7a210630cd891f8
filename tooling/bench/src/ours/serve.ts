// Our side of the protocol of contestants: a line that introduces the program, then one reply a request.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

/** A program that is ready: how it introduces itself, and what it answers. */
export interface Served<Request> {
  readonly hello: object;
  answer(request: Request): Promise<object>;
}

/** Starts a program and answers requests until standard input ends. An error is sent as `{ "error" }`, and ends it. */
export async function serve<Request>(start: () => Promise<Served<Request>>): Promise<void> {
  try {
    const { hello, answer } = await start();
    send(hello);
    for await (const line of createInterface({ input: process.stdin })) send(await answer(JSON.parse(line) as Request));
  } catch (error) {
    send({ error: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  }
}

/** `downhill 0.1.0`, of the packages that were resolved. */
export async function ownVersion(): Promise<string> {
  const manifest = new URL("../package.json", import.meta.resolve("@downhill/linalg"));
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { readonly version: string };
  return `downhill ${version}`;
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
