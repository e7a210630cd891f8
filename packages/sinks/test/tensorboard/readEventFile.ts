// A reader of event files that shares nothing with their writer: TensorBoard's messages by protobufjs, and the checksum as
// the remainder of a polynomial division, bit by bit, with the polynomial in its usual, unreflected form.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import protobuf from "protobufjs";

/** An event as TensorBoard's definitions have it; fields that the file doesn't hold are missing. */
export interface ReadEvent {
  readonly wall_time: number;
  readonly step?: number;
  readonly file_version?: string;
  readonly session_log?: { readonly status: string };
  readonly summary?: { readonly value: readonly ReadValue[] };
}

export interface ReadValue {
  readonly tag: string;
  readonly simple_value?: number;
  readonly image?: { readonly height: number; readonly width: number; readonly colorspace: number; readonly encoded_image_string: Buffer };
}

const root = await new protobuf.Root().load(fileURLToPath(new URL("event.proto", import.meta.url)), { keepCase: true });
const Event = root.lookupType("tensorflow.Event");

/** Reads every record; throws at a checksum that is wrong and at a record that is cut short. */
export async function readEventFile(path: string): Promise<ReadEvent[]> {
  const file = await readFile(path);
  const events: ReadEvent[] = [];
  for (let offset = 0; offset < file.length;) {
    const length = Number(file.readBigUInt64LE(offset));
    check(file.subarray(offset, offset + 8), file.readUInt32LE(offset + 8));
    const data = file.subarray(offset + 12, offset + 12 + length);
    check(data, file.readUInt32LE(offset + 12 + length));
    events.push(Event.toObject(Event.decode(data), { longs: Number, enums: String }) as ReadEvent);
    offset += length + 16;
  }
  return events;
}

function check(data: Buffer, stored: number): void {
  const expected = maskedChecksum(data);
  if (stored !== expected) throw new Error(`the checksum is ${stored.toString(16)} instead of ${expected.toString(16)}`);
}

/** The masked CRC-32C of `data`. */
export function maskedChecksum(data: Uint8Array): number {
  const crc = BigInt(remainder(data));
  const rotated = ((crc >> 15n) | (crc << 17n)) & 0xffff_ffffn;
  return Number((rotated + 0xa282_ead8n) & 0xffff_ffffn);
}

function remainder(data: Uint8Array): number {
  let rest = 0xffff_ffff;
  for (const byte of data) {
    for (let bit = 0; bit < 8; bit += 1) {
      // The lowest bit of a byte goes first.
      const out = ((rest >>> 31) ^ (byte >> bit)) & 1;
      rest = (rest << 1) ^ (out === 1 ? 0x1edc_6f41 : 0);
    }
  }
  let reflected = 0;
  for (let bit = 0; bit < 32; bit += 1) if ((rest >>> bit) & 1) reflected += 2 ** (31 - bit);
  return 0xffff_ffff - reflected;
}
