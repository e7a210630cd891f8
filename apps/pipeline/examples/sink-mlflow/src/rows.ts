// What a run consists of on the server, as the REST API spells it.

/** A number at a step; `timestamp` in milliseconds since 1970. */
export interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/** A param or a tag. */
export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** What one event adds to the run, or one request sends. */
export interface Rows {
  readonly metrics: readonly Metric[];
  readonly params: readonly Entry[];
  readonly tags: readonly Entry[];
}

/** How many rows of all kinds there are. */
export function sizeOf({ metrics, params, tags }: Rows): number {
  return metrics.length + params.length + tags.length;
}
