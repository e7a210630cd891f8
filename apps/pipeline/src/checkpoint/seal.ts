// A checkpoint's hash over all of its bytes, at a fixed place in them: no bit can change unseen.
import { createHash } from "node:crypto";
import { NnError } from "@downhill/nn";

/** Stands where the hash will, while it is taken. */
export const UNSEALED: string = "0".repeat(64);

const PREFIX = new TextEncoder().encode('{"__metadata__":{"sha256":"');
/** The header's length comes before its text. */
const LENGTH_BYTES = 8;
const START = LENGTH_BYTES + PREFIX.length;
const END = START + UNSEALED.length;

/** Writes the hash of `bytes`, a safetensors file whose first value of metadata is `sha256`: {@link UNSEALED}, over that. */
export function seal(bytes: Uint8Array): void {
  bytes.set(new TextEncoder().encode(hash(bytes)), START);
}

/** Throws an NnError unless `bytes` are as {@link seal} left them. */
export function checkSeal(bytes: Uint8Array): void {
  if (bytes.length < END || !PREFIX.every((byte, index) => bytes[LENGTH_BYTES + index] === byte)) {
    throw new NnError("it does not begin as a checkpoint does; it is cut short, damaged, or another file");
  }
  const found = new TextDecoder().decode(bytes.subarray(START, END));
  if (found !== hash(bytes)) throw new NnError("its bytes don't have the hash that was written with them; it is damaged or cut short");
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes.subarray(0, START)).update(UNSEALED).update(bytes.subarray(END)).digest("hex");
}
