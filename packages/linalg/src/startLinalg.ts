// From compiled kernels to a Linalg: a memory of its own, an instance on it, and a team of helpers.
import { availableThreads } from "./availableThreads.ts";
import type { CompiledKernels } from "./compile.ts";
import { startHelper } from "./helpers.ts";
import { Linalg } from "./Linalg.ts";
import { Team } from "./Team.ts";
import type { ModuleExports } from "./wasm.ts";

const PAGE_BYTES = 65_536;
/** 4 GiB, all that wasm32 can address; pages are taken as they are needed. */
const MAXIMUM_PAGES = 65_536;

/** Makes a memory with the kernels and a team of at most `threads` on it. Throws a LinalgError if a helper can't be started. */
export async function startLinalg({ module, execution }: CompiledKernels, threads: number): Promise<Linalg> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MAXIMUM_PAGES, shared: true });
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const main = exports as ModuleExports;

  const team = Math.min(threads, main.MOST_THREADS.value);
  const [base, bytes] = [main.heapBase.value, main.workspaceBytes.value];
  const top = base + team * bytes;
  memory.grow(Math.ceil(top / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES);
  main.useWorkspace(base);
  main.assemble(team, Number(execution.compute === "wide"), Number(team > (await availableThreads())));
  const helpers = Array.from({ length: team - 1 }, (_, index) =>
    startHelper({ module, memory, thread: index + 1, workspace: base + (index + 1) * bytes }),
  );
  return new Linalg(memory, main, new Team(main, memory, await Promise.all(helpers)), top, execution);
}
