/** How many threads a team has unless told otherwise: the machine's cores, or 1 on a page that can't share its memory with workers. */
export async function availableThreads(): Promise<number> {
  if ("crossOriginIsolated" in globalThis && !globalThis.crossOriginIsolated) return 1;
  const { hardwareConcurrency } = globalThis.navigator ?? {};
  if (hardwareConcurrency !== undefined) return hardwareConcurrency;
  // Node 20 has no navigator.
  const { availableParallelism } = await import("node:os");
  return availableParallelism();
}
