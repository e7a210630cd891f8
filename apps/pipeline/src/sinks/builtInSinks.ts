/** The modules of the built-in sinks, by the name in `use`; each is loaded when it is used. */
export const BUILT_IN: Readonly<Record<string, () => Promise<{ default: unknown }>>> = {
  console: () => import("@downhill/sinks/console"),
  json: () => import("@downhill/sinks/json"),
  plot: () => import("@downhill/sinks/plot"),
  csv: () => import("@downhill/sinks/csv"),
  tensorboard: () => import("@downhill/sinks/tensorboard"),
  report: () => import("@downhill/sinks/report"),
  dashboard: () => import("@downhill/sinks/dashboard"),
};

/** The names of the built-in sinks. */
export const BUILT_IN_SINKS: readonly string[] = Object.keys(BUILT_IN);
