// IDX files as features and as targets.
import { sourceName, type ByteSource } from "../bytes/ByteSource.ts";
import { DataError } from "../DataError.ts";
import { readIdx, type IdxFile } from "../idx/readIdx.ts";
import { classesOfTexts } from "./classTargets.ts";
import type { SampleOptions } from "./loadSamples.ts";
import type { ClassTargets, Features, ValueTargets } from "./Samples.ts";
import { checkInputs, type FeatureOptions } from "./tableFeatures.ts";

/** The rows of an IDX file of two or more dimensions; with three, [count × height × width], each row is an image. */
export async function readIdxFeatures(source: ByteSource, options: FeatureOptions): Promise<Features> {
  const file = sourceName(source, "images");
  const { sizes, values } = await readWhole(source, file, options);
  if (sizes.length < 2) throw new DataError("has one dimension; features need two or more (are these the labels?)", { file });
  const [count, height, width] = sizes;
  const inputs = values.length / count;
  checkInputs(file, inputs, options.inputs);
  return { count, inputs, features: Float32Array.from(values), ...(sizes.length === 3 && { image: { width, height } }) };
}

/** The labels of an IDX file: one whole number a row for classes, any numbers for values. */
export async function readIdxTargets(
  source: ByteSource,
  options: SampleOptions,
): Promise<{ file: string; count: number; targets: ClassTargets | ValueTargets }> {
  const file = sourceName(source, "labels");
  const { sizes, values } = await readWhole(source, file, options);
  const [count] = sizes;
  if (options.targets === "values") {
    return { file, count, targets: { kind: "values", values: Float32Array.from(values), outputs: values.length / count } };
  }
  if (sizes.length !== 1) {
    throw new DataError(`has ${sizes.length} dimensions; labels of classes need one (are these the images?)`, { file });
  }
  const distinct = [...new Set<number>(values)];
  const codes = new Map(distinct.map((value, code) => [value, code]));
  const labels = { file, texts: distinct.map(String), codes: Int32Array.from(values, (value) => codes.get(value) ?? 0) };
  return { file, count, targets: classesOfTexts(labels, options.classes) };
}

async function readWhole(source: ByteSource, file: string, { signal, onProgress }: FeatureOptions): Promise<IdxFile> {
  const idx = await readIdx(source, { name: file, signal });
  if (idx.values.length === 0) {
    throw new DataError(`holds no values (${idx.sizes.join(" × ")}); give a file with at least one row`, { file });
  }
  onProgress?.({ file, records: idx.sizes[0] });
  return idx;
}
