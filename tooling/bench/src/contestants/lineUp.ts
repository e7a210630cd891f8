// Who takes part: ours must; a rival that can't be installed or started is left out, with a note that says so.
import { BenchError, EXIT } from "../BenchError.ts";
import { type ContestantCommand, ContestantProcess, type Hello } from "./ContestantProcess.ts";

/** Someone who may take part. */
export interface Entry {
  readonly who: string;
  /** Installs what it needs and says how it is started. */
  readonly prepare: () => ContestantCommand | Promise<ContestantCommand>;
  /** Without it there is no bench. */
  readonly required?: boolean;
  /** It takes part only if this is how it is executed. */
  readonly compute?: string;
}

/** Those who take part, ready for their first request, in the order of their entries. */
export interface LineUp {
  readonly contestants: readonly ContestantProcess[];
  /** A line on everyone who was left out. */
  readonly notes: readonly string[];
  /** Ends them all. */
  close(): Promise<void>;
}

/** Prepares the entries one after another and starts them together. Throws a BenchError, with nobody running, if a required one fails. */
export async function lineUp(entries: readonly Entry[]): Promise<LineUp> {
  const prepared: { readonly entry: Entry; readonly outcome: ContestantCommand | BenchError }[] = [];
  for (const entry of entries) prepared.push({ entry, outcome: await orError(async () => entry.prepare()) });
  const results = await Promise.all(
    prepared.map(async ({ entry, outcome }) => ({ entry, outcome: outcome instanceof BenchError ? outcome : await start(entry, outcome) })),
  );
  const contestants = results.flatMap(({ outcome }) => (outcome instanceof BenchError ? [] : [outcome]));
  const close = async (): Promise<void> => {
    await Promise.all(contestants.map((contestant) => contestant.close()));
  };
  const notes: string[] = [];
  for (const { entry, outcome } of results) {
    if (!(outcome instanceof BenchError)) continue;
    if (entry.required) {
      await close();
      throw outcome;
    }
    notes.push(`${entry.who} is left out: ${outcome.message}`);
  }
  return { contestants, notes, close };
}

async function start(entry: Entry, command: ContestantCommand): Promise<ContestantProcess | BenchError> {
  const contestant = new ContestantProcess(command);
  const failure = (await orError(() => contestant.ready())) ?? otherwiseExecuted(entry, contestant.hello);
  if (failure === undefined) return contestant;
  await contestant.close();
  return failure;
}

function otherwiseExecuted(entry: Entry, { compute, notice }: Hello): BenchError | undefined {
  if (entry.compute === undefined || entry.compute === compute) return undefined;
  return new BenchError(EXIT.failed, notice ?? `it is executed ${compute} here`);
}

async function orError<Value>(attempt: () => Promise<Value>): Promise<Value | BenchError> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof BenchError) return error;
    throw error;
  }
}
