// Records the calls of a step, learns what stays the same in every replay, and writes the program.
import type { Indices } from "../Indices.ts";
import type { Linalg } from "../Linalg.ts";
import type { Matrix } from "../Matrix.ts";
import type { Team } from "../Team.ts";
import { type Call, isShared, type Operand } from "./Call.ts";
import { needsBarrier, overlaps, type Placed } from "./conflicts.ts";
import { type Fused, fuse } from "./fuse.ts";
import { Program } from "./Program.ts";

/** Rows of a matrix that never changes, put together in another one. */
export interface Gathered {
  readonly source: Matrix;
  readonly order: Indices;
}

/** The calls of one capture. */
export class Recorder {
  readonly #calls: Call[] = [];
  /** What was gathered and by which call, by the address of the matrix that holds it, until that or the order is written again. */
  readonly #gathered = new Map<number, Gathered & { readonly call: Call }>();
  /** Gathering calls whose rows a product takes from the source: needless, unless something reads them. */
  readonly #spared = new Set<Call>();

  record(call: Call): void {
    this.#calls.push(call);
    for (const [pointer, { call: gathering }] of this.#gathered) {
      const operands = [...gathering.reads, ...gathering.writes];
      if (call.writes.some((write) => operands.some((operand) => overlaps(write, operand)))) this.#gathered.delete(pointer);
    }
  }

  /** Remembers that the last call has gathered rows of `source` to `y`. */
  noteGathered(y: Matrix, gathered: Gathered): void {
    this.#gathered.set(y.pointer, { ...gathered, call: this.#calls[this.#calls.length - 1] });
  }

  /** Which rows `matrix` holds for a product, if they were gathered in this step and not changed since. */
  gathered(matrix: Matrix): Gathered | undefined {
    const gathered = this.#gathered.get(matrix.pointer);
    // A block of what was gathered, or a larger matrix that begins with it, holds other rows.
    if (gathered === undefined || matrix.columns !== gathered.source.columns || !matrix.contiguous) return undefined;
    if (matrix.rows > gathered.order.length) return undefined;
    this.#spared.add(gathered.call);
    return gathered;
  }

  /** The program of what was recorded. */
  program(linalg: Linalg, team: Team): Program {
    const jobs = fuse(withoutUnread(this.#calls, this.#spared));
    const barriers = placeBarriers(jobs, team.threads);
    const flat = jobs.flatMap(({ call, epilogue }, index) => [
      { call, shared: isShared(call), barrier: barriers[index], epilogue: epilogue.length },
      ...epilogue.map((fused) => ({ call: fused, shared: false, barrier: false, epilogue: 0 })),
    ]);
    const pointer = linalg.lasting(() => linalg.matrix(flat.length, team.jobBytes / 4)).pointer;
    flat.forEach(({ call, ...header }, index) => team.write(pointer + index * team.jobBytes, call.operation, call.args, header));
    return new Program(
      linalg,
      team,
      { pointer, count: flat.length, shared: jobs.some(({ call }) => isShared(call)) },
      { jobs: jobs.length, fused: flat.length - jobs.length, barriers: barriers.filter(Boolean).length },
    );
  }
}

// Rows that no call reads, because all their products go to the compressed source, need not be gathered.
function withoutUnread(calls: readonly Call[], spared: ReadonlySet<Call>): Call[] {
  const isRead = (operand: Operand): boolean => calls.some(({ reads }) => reads.some((read) => overlaps(read, operand)));
  return calls.filter((call) => !spared.has(call) || call.writes.some(isRead));
}

// The first job waits for the last step's end; another one for those since the last barrier that it depends on.
function placeBarriers(jobs: readonly Fused[], threads: number): boolean[] {
  let since: Placed[] = [];
  return jobs.map(({ call }, index) => {
    const placed = { call, shared: isShared(call) };
    const barrier = index === 0 || since.some((earlier) => needsBarrier(earlier, placed, threads));
    if (barrier) since = [];
    since.push(placed);
    return barrier;
  });
}
