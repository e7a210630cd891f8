// What `export` can be asked for; apart from the command, which is loaded when it is given.

/** The names of the formats. */
export const EXPORT_FORMATS = ["onnx", "safetensors"] as const;

/** The flags of `export`. */
export interface ExportFlags {
  readonly format?: (typeof EXPORT_FORMATS)[number];
  readonly out?: string;
  readonly verify?: boolean;
  readonly json?: boolean;
}
