// Records the calls of a step, learns what stays the same in every replay, and writes the program.
import type { Indices } from "../Indices.ts";
import type { Linalg } from "../Linalg.ts";
import type { Matrix } from "../Matrix.ts";
import type { Team } from "../Team.ts";
import { type Call, isShared, type Operand } from "./Call.ts";
import { needsBarrier, type Placed } from "./conflicts.ts";
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
  /** What was gathered, by the matrix that holds it, until that is written again. */
  readonly #gathered = new Map<number, Gathered>();

  record(call: Call): void {
    this.#calls.push(call);
    for (const [pointer, { order }] of this.#gathered) {
      if (call.writes.some(({ start, end }) => (start <= pointer && pointer < end) || (start <= order.pointer && order.pointer < end))) {
        this.#gathered.delete(pointer);
      }
    }
  }

  /** Remembers that `y` holds rows of `source`. */
  noteGathered(y: Matrix, gathered: Gathered): void {
    this.#gathered.set(y.pointer, gathered);
  }

  /** Which rows `matrix` holds, if it was gathered in this step and not changed since. */
  gathered(matrix: Matrix): Gathered | undefined {
    return this.#gathered.get(matrix.pointer);
  }

  /** The program of what was recorded. */
  program(linalg: Linalg, team: Team): Program {
    const jobs = fuse(withoutUnread(this.#calls));
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

// A gathered matrix that no call reads, because its products go to the compressed rows, need not be gathered.
function withoutUnread(calls: readonly Call[]): Call[] {
  const isRead = ({ start, end }: Operand): boolean => calls.some(({ reads }) => reads.some((read) => read.start < end && start < read.end));
  return calls.filter((call) => call.operation !== "GATHER_ROWS" || call.writes.some(isRead));
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
