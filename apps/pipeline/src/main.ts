#!/usr/bin/env node
// The command's entry: everything it can do stands in program.ts.
import { runProgram } from "./program.ts";

// A sink's process.exit is taken from it; this one stays, in whoever's name a pipe closes.
const exit = process.exit.bind(process);

// A reader of the data that closes the pipe early (head, less) has what it wanted; one of the progress changes nothing.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") exit(0);
  throw error;
});
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await runProgram(process.argv.slice(2));
// What is written leaves at its reader's pace. After that, signal handlers and a hanging sink's timers must not keep the process.
for (const stream of [process.stdout, process.stderr]) await new Promise<void>((resolve) => stream.write("", () => resolve()));
process.exit();
