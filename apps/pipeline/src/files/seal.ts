// The hash of a safetensors file over all of its bytes, at a fixed place in them: no bit can change unseen.
import { createHash } from "node:crypto";
import { encodeSafetensors, NnError, type TensorFile } from "@downhill/nn";

/** Stands where the hash will, while it is taken. */
const UNSEALED = "0".repeat(64);
const PREFIX = new TextEncoder().encode('{"__metadata__":{"sha256":"');
/** The header's length comes before its text. */
const LENGTH_BYTES = 8;
const START = LENGTH_BYTES + PREFIX.length;
const END = START + UNSEALED.length;

/** The bytes of the file, with their hash as the first value of the metadata: `sha256`, taken with 64 zeros in its place. */
export function encodeSealed({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const bytes = encodeSafetensors({ tensors, metadata: { sha256: UNSEALED, ...metadata } });
  bytes.set(new TextEncoder().encode(hash(bytes)), START);
  return bytes;
}

/** Whether `bytes` begin as {@link encodeSealed} lets them. */
export function isSealed(bytes: Uint8Array): boolean {
  return bytes.length >= END && PREFIX.every((byte, index) => bytes[LENGTH_BYTES + index] === byte);
}

/** Throws an NnError unless `bytes`, which are sealed, are as {@link encodeSealed} gave them. */
export function checkSeal(bytes: Uint8Array): void {
  const found = new TextDecoder().decode(bytes.subarray(START, END));
  if (found !== hash(bytes)) throw new NnError("its bytes don't have the hash that was written with them; it is damaged or cut short");
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes.subarray(0, START)).update(UNSEALED).update(bytes.subarray(END)).digest("hex");
}
