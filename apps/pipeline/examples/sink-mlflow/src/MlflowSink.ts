// The open sink. Events become rows, rows wait in a backlog, and the backlog is sent once a second, when it fills a request, and at a flush.
// One request is under way at a time. After a failure the sink asks the server what has arrived and sends the rest, so nothing is lost
// or doubled; when a server stays away too long, every later call throws, and the host drops the sink.
import type { RunContext, RunEnd, Sink, TrainingEvent } from "@downhill/sinks";
import { anything, oneRun } from "./answers.ts";
import { Arrived } from "./Arrived.ts";
import { Backlog } from "./Backlog.ts";
import { ensureExperiment } from "./ensureExperiment.ts";
import { ensureRun } from "./ensureRun.ts";
import { FiniteMetrics } from "./FiniteMetrics.ts";
import { MOST } from "./limits.ts";
import { metricsOf } from "./metricsOf.ts";
import { MlflowClient } from "./MlflowClient.ts";
import type { MlflowOptions } from "./options.ts";
import { PACE, type Pace } from "./pace.ts";
import { paramsOf } from "./paramsOf.ts";
import { retry } from "./retry.ts";
import { sizeOf } from "./rows.ts";
import { tag, tagsOf } from "./tagsOf.ts";
import { UniqueKeys } from "./UniqueKeys.ts";

const STATUS: Readonly<Record<RunEnd, string>> = {
  finished: "FINISHED",
  stoppedEarly: "FINISHED",
  aborted: "KILLED",
  diverged: "FAILED",
  failed: "FAILED",
};

/** Sends one run to MLflow. */
export class MlflowSink implements Sink {
  readonly #client: MlflowClient;
  readonly #options: MlflowOptions;
  readonly #experiment: string;
  readonly #pace: Pace;
  readonly #backlog = new Backlog();
  readonly #finite = new FiniteMetrics();
  readonly #keys = new UniqueKeys();
  #arrived = new Arrived();
  #run: string | undefined;
  #lastAt = "";
  #timer: NodeJS.Timeout | undefined;
  // Once a request has failed for good it stays rejected, and with it whatever is sent later.
  #sent: Promise<void> = Promise.resolve();
  #failure: unknown;

  private constructor(client: MlflowClient, options: MlflowOptions, experiment: string, pace: Pace) {
    this.#client = client;
    this.#options = options;
    this.#experiment = experiment;
    this.#pace = pace;
  }

  /**
   * Finds or makes the experiment, and goes through the history of a run that is gone on with: what the server lacks of it is sent. The
   * server's run is made with the first event. Throws an MlflowError when the server can't be reached, or doesn't want us.
   */
  static async open(options: MlflowOptions, run: Pick<RunContext, "history">, pace: Pace = PACE): Promise<MlflowSink> {
    const client = new MlflowClient({ ...options, requestMs: pace.requestMs });
    const experiment = await retry(() => ensureExperiment(client, options.experiment), pace);
    const sink = new MlflowSink(client, options, experiment, pace);
    for await (const event of run.history?.() ?? []) await sink.write(event);
    return sink;
  }

  /** Takes an event; waits only where a request is full. */
  async write(event: TrainingEvent): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#lastAt = event.at;
    this.#run ??= await this.#begin(event);
    const rows = {
      metrics: this.#finite.of(metricsOf(event)),
      params: this.#keys.own(paramsOf(event)),
      tags: [...tagsOf(event), ...this.#tagsBeside(event)],
    };
    this.#backlog.add(this.#arrived.missing(rows));
    if (this.#backlog.size >= MOST.rows) await this.#send();
    else if (this.#backlog.size > 0) this.#timer ??= setTimeout(() => void this.#send().catch(() => undefined), this.#pace.sendMs).unref();
  }

  /** Resolves when the server has all that was written. */
  async flush(): Promise<void> {
    await this.#send();
  }

  /** Sends what is left and tells the server how the run ended. A sink that has failed leaves the server alone. */
  async close(reason: RunEnd): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#failure !== undefined || this.#run === undefined) return;
    await this.#send();
    const ended = { run_id: this.#run, status: STATUS[reason], end_time: Date.parse(this.#lastAt) };
    await retry(() => this.#client.post("runs/update", ended, anything), this.#pace);
  }

  async #begin(first: TrainingEvent): Promise<string> {
    const name = this.#options.runName ?? (first.type === "runStarted" ? first.name : first.run);
    const wanted = { experiment: this.#experiment, run: first.run, name, startTime: Date.parse(first.at) };
    const { info, data } = await this.#steadily(() => ensureRun(this.#client, wanted));
    this.#arrived = new Arrived(data);
    return info.run_id;
  }

  #tagsBeside({ type }: TrainingEvent): ReturnType<typeof tagsOf> {
    if (type === "runStarted") return Object.entries(this.#options.tags ?? {}).map(([key, value]) => tag(key, value));
    const { leftOut } = this.#finite;
    return type === "runCompleted" && leftOut !== "" ? [tag("downhill.notFinite", leftOut)] : [];
  }

  // One after the other: a backlog that is being sent may grow meanwhile.
  #send(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sent = this.#sent.then(() => this.#sendAll());
    return this.#sent;
  }

  async #sendAll(): Promise<void> {
    while (this.#backlog.size > 0) await this.#sendOne();
  }

  async #sendOne(): Promise<void> {
    const run_id = this.#run ?? "";
    let rows = this.#backlog.take();
    await this.#steadily(async (number) => {
      if (number > 0) {
        const { run } = await this.#client.get("runs/get", { run_id }, oneRun);
        this.#arrived = new Arrived(run.data);
        rows = this.#arrived.missing(rows);
      }
      if (sizeOf(rows) > 0) await this.#client.post("runs/log-batch", { run_id, ...rows }, anything);
    });
  }

  async #steadily<Value>(attempt: (number: number) => Promise<Value>): Promise<Value> {
    try {
      return await retry(attempt, this.#pace);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }
}
