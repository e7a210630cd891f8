// The config's `data`: where samples come from, and what is done to them.
import type { ColumnConfig, MissingPolicy, UnknownPolicy } from "@downhill/data";
import { z } from "zod";
import type { DataConfig } from "../Config.ts";
import { commentSchema, delimiterSchema } from "./dialect.ts";
import { column, integer, path, positive } from "./numbers.ts";

const files = z.strictObject({
  features: path.describe("CSV file of features, one sample a record"),
  labels: path.describe("CSV file of labels: one-hot, class index, class name or values"),
});
const table = z.strictObject({
  file: path.describe("CSV file of features and label together"),
  label: column.describe("the label's column: its name, or its index from 0"),
});
const idx = z.strictObject({
  images: path.describe("IDX file of images (MNIST's format)"),
  labels: path.describe("IDX file of labels"),
});
const source = z.union([files, table, idx]);
const sourceOrFraction = z.union([
  files,
  table,
  idx,
  z.strictObject({
    fraction: z.number().gt(0).lt(1).describe("share of the training samples to set aside; of what the test set has left, for validation"),
  }),
]);

/** What is done where a value is missing. */
export const missingSchema: z.ZodType<MissingPolicy> = z.union([
  z.enum(["error", "mean", "median", "dropRow"]),
  z.strictObject({ constant: z.union([z.number(), z.string().min(1)]) }),
]);

/** What is done with a category that training had not. */
export const unknownSchema: z.ZodType<UnknownPolicy> = z.enum(["ignore", "error"]);

const columnDetails = z
  .strictObject({
    type: z.enum(["number", "category"]).optional().describe("found in the first records if left out"),
    missing: missingSchema.optional().describe("what stands in for a missing value, fitted on the training rows; an error if left out"),
    unknown: unknownSchema.optional().describe("a category that training had not: all its features are 0, or an error"),
  })
  .superRefine(({ type, missing, unknown }, { addIssue }) => {
    const constant = typeof missing === "object" ? typeof missing.constant : undefined;
    if (type === "category" && (missing === "mean" || missing === "median" || constant === "number")) {
      const message = `a category has no ${typeof missing === "string" ? missing : "number"}; expected "error", "dropRow" or { "constant": "a category" }`;
      addIssue({ code: "custom", path: ["missing"], message });
    }
    if (type === "number" && constant === "string")
      addIssue({ code: "custom", path: ["missing", "constant"], message: "expected a number" });
    if (type === "number" && unknown !== undefined)
      addIssue({ code: "custom", path: ["unknown"], message: "only a category can be unknown; leave it out" });
  });

const tableColumn: z.ZodType<ColumnConfig> = z.union([z.enum(["number", "category", "drop"]), columnDetails]);

/** The samples and what is done to them. */
export const dataSchema: z.ZodType<DataConfig> = z.strictObject({
  train: source,
  validation: sourceOrFraction.optional(),
  test: sourceOrFraction.optional(),
  image: z.strictObject({ width: integer(1), height: integer(1) }).optional(),
  columns: z
    .record(z.string(), tableColumn)
    .optional()
    .describe(
      "columns of tables by name, or by index from 0 where there is no header; the types of those left out are found in the first records",
    ),
  delimiter: delimiterSchema.optional().describe("the character between the fields of CSV files; found in the first records if left out"),
  header: z
    .boolean()
    .optional()
    .describe("whether the first record of CSV files names the columns; found in the first records if left out"),
  comment: commentSchema.optional().describe("what a line of a CSV file begins with that is a comment, such as #"),
  malformed: z
    .union([z.enum(["fail", "skip"]), z.strictObject({ limit: integer(0) })])
    .optional()
    .describe("malformed records of CSV files: an error if left out, or left out, all of them or up to a limit, and warned of"),
  scale: z
    .union([z.enum(["standard", "minmax"]), positive])
    .optional()
    .describe("fitted on the training samples; a number divides every column of numbers"),
  stream: z
    .boolean()
    .optional()
    .describe("true: CSV files are read again in each epoch, through a shuffled window, for what doesn't fit in memory"),
  shuffleBuffer: integer(1)
    .optional()
    .describe("rows that wait to be shuffled with stream; 65,536, or as many as 64 MiB hold, if left out"),
});
