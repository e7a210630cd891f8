// A contestant is a process of its own, alive for the whole bench, in any language: one JSON object a line, requests on
// its standard input, one reply each on its standard output. It ends when its input does.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { BenchError, EXIT } from "../BenchError.ts";

/** A process that has not ended so long after its input did is killed. */
const PATIENCE_MS = 5000;

/** What to start. */
export interface ContestantCommand {
  /** Its name in tables and messages. */
  readonly who: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Variables over those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The first line of every contestant. */
export interface Hello {
  /** What it is. */
  readonly version: string;
  /** How ours is executed, `narrow` or `wide`. */
  readonly compute?: string;
  /** Why ours is not executed as it was asked to be. */
  readonly notice?: string;
}

/** A running contestant; its standard error is ours. */
export class ContestantProcess {
  readonly who: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string, unknown>;
  readonly #ending: Promise<string>;
  #hello: Hello = { version: "" };

  constructor({ who, command, args, env }: ContestantCommand) {
    this.who = who;
    this.#child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...env } });
    this.#ending = new Promise((resolve) => {
      this.#child.once("error", ({ code, message }: NodeJS.ErrnoException) =>
        resolve(code === "ENOENT" ? `${command} was not found` : message),
      );
      this.#child.once("exit", (code, signal) => resolve(signal === null ? `exit code ${code}` : `killed by ${signal}`));
    });
    // A write to a process that has ended fails; the reply that never comes tells.
    this.#child.stdin.on("error", () => undefined);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** How it introduced itself when it was ready. */
  get hello(): Hello {
    return this.#hello;
  }

  /** What it is. */
  get version(): string {
    return this.#hello.version;
  }

  /** Resolves when it has introduced itself: its data is read, its model made. Throws a BenchError if it can't. */
  async ready(): Promise<void> {
    this.#hello = await this.receive<Hello>();
  }

  /** The next object it sends. Throws a BenchError if it ended instead, or reports an error. */
  async receive<Reply extends object>(): Promise<Reply> {
    const { done, value } = await this.#lines.next();
    if (done) throw new BenchError(EXIT.failed, `${this.who} ended before its time (${await this.#ending})`);
    const reply = JSON.parse(value) as Reply | { readonly error: string };
    if ("error" in reply) throw new BenchError(EXIT.failed, `${this.who}: ${reply.error}`);
    return reply;
  }

  /** Sends a request and resolves with its reply. */
  ask<Reply extends object>(request: object): Promise<Reply> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.receive();
  }

  /** Ends its input and waits until it has left. */
  async close(): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), PATIENCE_MS);
    await this.#ending;
    clearTimeout(timer);
  }
}
