// The sink's entry in a config, less `use` and `delivery`. A zod schema is a Standard Schema with a JSON Schema of itself, which is all
// that the host asks for.
import { z } from "zod";

/** What a config says of the sink. */
export interface MlflowOptions {
  /** The server's address, without a slash at its end. */
  readonly trackingUri: string;
  /** The experiment's name; it is made where there is none. */
  readonly experiment: string;
  /** What the run is called on the server; the run's own name unless given. */
  readonly runName?: string;
  /** Sent as a bearer token; none is sent where it is absent or empty. */
  readonly token?: string;
  /** Tags of the run, by name. */
  readonly tags?: Readonly<Record<string, string>>;
}

const trackingUri = z
  .string()
  .refine(isAddress, "expected the address of an MLflow server such as http://127.0.0.1:5000, without name, password or query")
  .overwrite((text) => text.replace(/\/+$/, ""))
  .meta({ description: "Address of the MLflow server", examples: ["http://127.0.0.1:5000", "${MLFLOW_TRACKING_URI}"] });

const token = z
  .string()
  // fetch refuses other characters in a header, with a message that tells the value.
  .regex(/^[\x21-\x7e]*$/, "expected visible ASCII characters only")
  .meta({ description: "Bearer token; take it from the environment", examples: ["${MLFLOW_TOKEN}"] });

const tags = z
  .record(z.string().min(1), z.string())
  .refine((given) => !Object.keys(given).some((key) => key.startsWith("downhill.")), "tags that begin with downhill. are the sink's own")
  .meta({ description: "Tags of the run" });

/** Checks the options; refuses those that it doesn't know. */
export const optionsSchema: z.ZodType<MlflowOptions> = z.strictObject({
  trackingUri,
  experiment: z.string().min(1).max(500).default("Downhill").meta({ description: "Name of the experiment" }),
  runName: z.string().min(1).max(250).optional().meta({ description: "What the run is called on the server" }),
  token: token.optional(),
  tags: tags.optional(),
});

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === "";
}
