// Initializers as plain JSON.
import { glorot } from "./glorot.ts";
import { he } from "./he.ts";
import type { Initializer } from "./Initializer.ts";
import { normal } from "./normal.ts";
import { uniform } from "./uniform.ts";
import { zeros } from "./zeros.ts";

/** An initializer as plain JSON. */
export type InitializerConfig =
  | { readonly type: "normal"; readonly stddev: number }
  | { readonly type: "uniform"; readonly limit: number }
  | { readonly type: "he" | "glorot" | "zeros" };

/** The initializer that `config` describes. */
export function initializerFromConfig(config: InitializerConfig): Initializer {
  switch (config.type) {
    case "normal":
      return normal(config);
    case "uniform":
      return uniform(config);
    case "he":
      return he();
    case "glorot":
      return glorot();
    case "zeros":
      return zeros();
  }
}
