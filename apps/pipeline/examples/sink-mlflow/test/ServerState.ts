// What a fake MLflow holds, and the REST calls on it, as strict as the real one's validation. Metrics are a log that forgets no duplicate,
// as MLflow's store of files keeps it.

/** A metric as it was sent. */
export interface StoredMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/** A run on the server. */
export interface StoredRun {
  readonly id: string;
  readonly experiment: string;
  readonly name: string;
  readonly startTime: number;
  endTime?: number;
  status: string;
  readonly metrics: StoredMetric[];
  readonly params: Map<string, string>;
  readonly tags: Map<string, string>;
}

/** An answer that is an error. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type Json = Readonly<Record<string, unknown>>;

const KEY = /^[/\w.\- ]*$/;

/** Experiments and runs, and what the REST API does with them. */
export class ServerState {
  readonly experiments: Map<string, string> = new Map();
  readonly runs: StoredRun[] = [];

  /** The answer to a call. `part` is the share of a batch that is stored before the server fails. Throws a Refusal. */
  call(path: string, body: Json, part = 1): Json {
    switch (path) {
      case "experiments/get-by-name":
        return this.#experiment(text(body, "experiment_name"));
      case "experiments/create":
        return this.#createExperiment(text(body, "name"));
      case "runs/search":
        return this.#search(body);
      case "runs/create":
        return this.#createRun(body);
      case "runs/get":
        return { run: told(this.#run(body)) };
      case "runs/update":
        return this.#update(body);
      case "runs/log-batch":
        return this.#logBatch(body, part);
      default:
        throw new Refusal(404, "ENDPOINT_NOT_FOUND", `No such endpoint: ${path}`);
    }
  }

  #experiment(name: string): Json {
    const id = this.experiments.get(name);
    if (id === undefined) throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", `Could not find experiment with name '${name}'`);
    return { experiment: { experiment_id: id, name, lifecycle_stage: id.startsWith("deleted") ? "deleted" : "active" } };
  }

  #createExperiment(name: string): Json {
    if (this.experiments.has(name)) throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", `Experiment '${name}' already exists.`);
    const id = String(this.experiments.size + 1);
    this.experiments.set(name, id);
    return { experiment_id: id };
  }

  #search(body: Json): Json {
    const [, key, value] =
      /^tags\.`([^`]+)` = '([^']*)'$/.exec(text(body, "filter")) ?? invalid(`Invalid filter ${String(body["filter"])}`);
    const experiments = body["experiment_ids"] as string[];
    const runs = this.runs.filter(({ experiment, tags }) => experiments.includes(experiment) && tags.get(key) === value);
    return runs.length === 0 ? {} : { runs: runs.slice(0, Number(body["max_results"])).map(told) };
  }

  #createRun(body: Json): Json {
    const experiment = text(body, "experiment_id");
    if (![...this.experiments.values()].includes(experiment)) throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", "No such experiment");
    const run: StoredRun = {
      id: `run${this.runs.length + 1}`,
      experiment,
      name: text(body, "run_name"),
      startTime: whole(body["start_time"]),
      status: "RUNNING",
      metrics: [],
      params: new Map(),
      tags: new Map(),
    };
    const tags = (body["tags"] ?? []) as Json[];
    if (tags.length > 20) invalid("more tags than every store takes");
    for (const tag of tags) run.tags.set(keyIn(tag), shortText(tag, 5000));
    this.runs.push(run);
    return { run: told(run) };
  }

  #update(body: Json): Json {
    const run = this.#run(body);
    const status = text(body, "status");
    if (!["RUNNING", "FINISHED", "FAILED", "KILLED"].includes(status)) invalid(`Invalid status ${status}`);
    run.status = status;
    if (body["end_time"] !== undefined) run.endTime = whole(body["end_time"]);
    return { run_info: told(run)["info"] };
  }

  #logBatch(body: Json, part: number): Json {
    const run = this.#run(body);
    const [metrics, params, tags] = ["metrics", "params", "tags"].map((kind) => (body[kind] ?? []) as Json[]);
    if (metrics.length > 1000) invalid("A batch logging request can contain at most 1000 metrics.");
    if (params.length > 100 || tags.length > 100) invalid("A batch logging request can contain at most 100 params and 100 tags.");
    if (metrics.length + params.length + tags.length > 1000) invalid("A batch logging request can contain at most 1000 rows.");
    if (new Set(params.map(keyIn)).size < params.length) invalid("Duplicate parameter keys have been submitted");
    const rows = metrics.map((metric) => ({
      key: keyIn(metric),
      value: typeof metric["value"] === "number" ? metric["value"] : invalid("Missing value for required parameter 'value'"),
      timestamp: whole(metric["timestamp"]),
      step: whole(metric["step"]),
    }));
    const entries = params.map((param) => [keyIn(param), shortText(param, 500)] as const);
    for (const [key, value] of entries) {
      if ((run.params.get(key) ?? value) !== value)
        invalid(`Changing param values is not allowed. Param with key='${key}' was already logged`);
    }
    const named = tags.map((tag) => [keyIn(tag), shortText(tag, 5000)] as const);
    for (const [key, value] of share(entries, part)) run.params.set(key, value);
    for (const [key, value] of share(named, part)) run.tags.set(key, value);
    run.metrics.push(...share(rows, part));
    return {};
  }

  #run(body: Json): StoredRun {
    const id = text(body, "run_id");
    const run = this.runs.find((candidate) => candidate.id === id);
    if (run === undefined) throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", `Run with id=${id} not found`);
    return run;
  }
}

// As the API tells a run: of each metric only the value with the greatest step, then time; empty lists are left out.
function told(run: StoredRun): Json {
  const { id, name: run_name, status, startTime, experiment } = run;
  const latest = new Map<string, StoredMetric>();
  for (const metric of run.metrics) {
    const known = latest.get(metric.key);
    if (known === undefined || metric.step > known.step || (metric.step === known.step && metric.timestamp >= known.timestamp)) {
      latest.set(metric.key, metric);
    }
  }
  const entries = (map: ReadonlyMap<string, string>): Json[] => [...map].map(([key, value]) => ({ key, value }));
  return {
    info: { run_id: id, run_name, status, start_time: startTime, experiment_id: experiment },
    data: {
      ...(latest.size > 0 && { metrics: [...latest.values()] }),
      ...(run.params.size > 0 && { params: entries(run.params) }),
      tags: entries(run.tags),
    },
  };
}

function share<Row>(rows: readonly Row[], part: number): readonly Row[] {
  return rows.slice(0, Math.floor(rows.length * part));
}

function keyIn(row: Json): string {
  const key = text(row, "key");
  if (!KEY.test(key) || key.startsWith("..") || key === "." || key.startsWith("/") || key.endsWith("/") || key.includes("//")) {
    invalid(`Invalid name: '${key}'`);
  }
  return key.length <= 250 ? key : invalid(`'${key}' had length ${key.length}, which exceeded length limit of 250`);
}

function shortText(row: Json, limit: number): string {
  const value = row["value"];
  if (typeof value !== "string") return invalid("value is not text");
  return Buffer.byteLength(value) <= limit ? value : invalid(`value exceeded length limit of ${limit}`);
}

function text(body: Json, field: string): string {
  const value = body[field];
  return typeof value === "string" && value !== "" ? value : invalid(`Missing value for required parameter '${field}'`);
}

function whole(value: unknown): number {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : invalid(`${String(value)} is not a valid long`);
}

function invalid(message: string): never {
  throw new Refusal(400, "INVALID_PARAMETER_VALUE", message);
}
