// Random damage to a file's bytes, from a seed: as disks, copies and editors do it, and as someone would who wants to hurt.
import { createHash } from "node:crypto";
import { randomStream } from "@downhill/random";

type Draw = (below: number) => number;
type Mutation = (bytes: Uint8Array, draw: Draw) => Uint8Array;

const flip: Mutation = (bytes, draw) => {
  const changed = bytes.slice();
  for (let times = 1 + draw(8); times > 0; times -= 1) changed[draw(changed.length)] ^= 1 << draw(8);
  return changed;
};

const overwrite: Mutation = (bytes, draw) => {
  const changed = bytes.slice();
  const start = draw(changed.length);
  const end = start + 1 + draw(64);
  for (let index = start; index < Math.min(end, changed.length); index += 1) changed[index] = draw(256);
  return changed;
};

const cut: Mutation = (bytes, draw) => bytes.slice(0, draw(bytes.length));

const splice: Mutation = (bytes, draw) => {
  const [start, from] = [draw(bytes.length), draw(bytes.length)];
  const piece = bytes.slice(from, from + draw(200));
  return Uint8Array.of(...bytes.subarray(0, start), ...piece, ...bytes.subarray(start + draw(200)));
};

const zeros: Mutation = (bytes, draw) => {
  const start = draw(bytes.length);
  return bytes.slice().fill(0, start, start + 1 + draw(512));
};

/** A header that claims more than there is, or a size beyond all memory. */
const claim: Mutation = (bytes, draw) => {
  const changed = bytes.slice();
  new DataView(changed.buffer).setBigUint64(0, BigInt(draw(2 ** 31)) << BigInt(draw(34)), true);
  return changed;
};

/** Other digits in the header's text: shapes, offsets, units. Nothing else moves, so that what reads it is not stopped at once. */
const digits: Mutation = (bytes, draw) => {
  const changed = bytes.slice();
  const places = [...changed.keys()].filter((index) => index >= 8 && changed[index] >= 0x30 && changed[index] <= 0x39);
  for (let times = 1 + draw(4); times > 0; times -= 1) changed[places[draw(places.length)]] = 0x30 + draw(10);
  return changed;
};

const MUTATIONS: readonly Mutation[] = [flip, overwrite, cut, splice, zeros, claim, digits];

/** Mutation number `index` of `bytes`: always the same. */
export function mutate(bytes: Uint8Array, index: number): Uint8Array {
  const stream = randomStream(5, "picks").substream(index);
  const draw: Draw = (below) => (below <= 1 ? 0 : stream.integer(below));
  return MUTATIONS[index % MUTATIONS.length](bytes, draw);
}

const ZEROS = "0".repeat(64);
const HASH_AT = 8 + '{"__metadata__":{"sha256":"'.length;

/** `bytes` with the hash of what they are now: the readers behind the hash have to stand them too. */
export function resealed(bytes: Uint8Array): Uint8Array {
  if (bytes.length < HASH_AT + ZEROS.length) return bytes;
  const changed = Buffer.from(bytes);
  changed.write(ZEROS, HASH_AT, "latin1");
  changed.write(createHash("sha256").update(changed).digest("hex"), HASH_AT, "latin1");
  return changed;
}
