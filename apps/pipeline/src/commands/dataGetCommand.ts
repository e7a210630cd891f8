// `pipeline data get [name]`.
import { join, relative, resolve } from "node:path";
import { suggestion } from "../config/nearest.ts";
import { DATA_SETS, type DataSet } from "../download/dataSets.ts";
import { DownloadMeter, formatBytes } from "../download/DownloadMeter.ts";
import { getDataSet, type PlacedFile } from "../download/getDataSet.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { untilSignal } from "../signals.ts";
import { decideTerminal } from "../terminal.ts";
import { printJson } from "./printJson.ts";

const NAME_WIDTH = Math.max(...DATA_SETS.map(({ name }) => name.length));

/** The flags of `data get`. */
export interface DataGetFlags {
  readonly out?: string;
  readonly from?: string;
  readonly json?: boolean;
}

/** Downloads a data set and prints where its files are, or without a name lists what there is. */
export async function dataGetCommand(name: string | undefined, flags: DataGetFlags): Promise<void> {
  if (name === undefined) {
    if (flags.json) printJson({ dataSets: DATA_SETS });
    else process.stdout.write(DATA_SETS.map(describe).join(""));
    return;
  }
  const dataSet = find(name);
  const folder = resolve(flags.out ?? join("data", dataSet.name));
  const mirrors = flags.from === undefined ? dataSet.mirrors : [checkMirror(flags.from)];
  const meter = new DownloadMeter(decideTerminal());
  const { signal, received } = untilSignal();
  const start = performance.now();
  const files = await getDataSet(dataSet, {
    folder,
    mirrors,
    signal,
    progress: (file, done) => meter.progress(file, done),
    notice: (line) => meter.notice(line),
  })
    .catch((error: unknown) => {
      const code = received();
      if (code === undefined) throw error;
      throw new PipelineError(code, "interrupted; the same command goes on with what has come", { cause: error });
    })
    .finally(() => meter.clear());
  const durationMs = performance.now() - start;
  if (flags.json) printJson({ dataSet: dataSet.name, folder, files, durationMs });
  else process.stdout.write(files.map(placedLine).join(""));
}

function find(name: string): DataSet {
  const found = DATA_SETS.find((dataSet) => dataSet.name === name);
  if (found !== undefined) return found;
  const names = DATA_SETS.map((dataSet) => dataSet.name);
  const hint = suggestion(name, names) || `; there are ${names.join(", ")}`;
  throw new PipelineError(EXIT.usage, `there is no data set ${JSON.stringify(name)}${hint}`);
}

function checkMirror(from: string): string {
  if (URL.canParse(from) && /^https?:$/.test(new URL(from).protocol)) return from;
  throw new PipelineError(EXIT.usage, `--from ${from}: expected the http or https address of a folder that holds the files`);
}

function describe({ name, title, files }: DataSet): string {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return `${name.padEnd(NAME_WIDTH)}  ${title}; ${formatBytes(total)}, to data/${name}\n`;
}

function placedLine({ path, bytes, from }: PlacedFile): string {
  return `${relative("", path)}  ${formatBytes(bytes)}  ${from === undefined ? "was there" : `from ${new URL(from).host}`}\n`;
}
