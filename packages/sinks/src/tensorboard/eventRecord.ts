// TensorBoard's own event as bytes: the protobuf message tensorflow.Event, framed as a TFRecord. Field numbers are those of
// event.proto and summary.proto.
import { crc32c, masked } from "./crc32c.ts";
import { joined, ProtobufWriter } from "./ProtobufWriter.ts";

const FILE_VERSION = "brain.Event:2";
const SESSION_START = 1;
/** Image.colorspace of RGBA. */
const RGBA = 4;

/** What a step shows under one tag. */
export type SummaryValue =
  | { readonly tag: string; readonly scalar: number }
  | { readonly tag: string; readonly width: number; readonly height: number; readonly png: Uint8Array };

/** The first record of every file; `wallTime` in seconds since 1970. */
export function fileVersionRecord(wallTime: number): Uint8Array {
  return record(new ProtobufWriter().double(1, wallTime).string(3, FILE_VERSION));
}

/** Tells the reader to forget what earlier files of the folder say of `step` and all later ones. */
export function sessionStartRecord(wallTime: number, step: number): Uint8Array {
  const log = new ProtobufWriter().integer(1, SESSION_START).finish();
  return record(new ProtobufWriter().double(1, wallTime).integer(2, step).bytes(7, log));
}

/** What is to be shown at `step`. */
export function summaryRecord(wallTime: number, step: number, values: readonly SummaryValue[]): Uint8Array {
  const summary = new ProtobufWriter();
  for (const value of values) summary.bytes(1, encodeValue(value));
  return record(new ProtobufWriter().double(1, wallTime).integer(2, step).bytes(5, summary.finish()));
}

function encodeValue(value: SummaryValue): Uint8Array {
  const message = new ProtobufWriter().string(1, value.tag);
  if ("scalar" in value) return message.float(2, value.scalar).finish();
  const image = new ProtobufWriter().integer(1, value.height).integer(2, value.width).integer(3, RGBA).bytes(4, value.png);
  return message.bytes(4, image.finish()).finish();
}

// u64 length · masked CRC of the length · data · masked CRC of the data, all little-endian.
function record(event: ProtobufWriter): Uint8Array {
  const data = event.finish();
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(data.length), true);
  return joined([length, checksum(length), data, checksum(data)]);
}

function checksum(bytes: Uint8Array): Uint8Array {
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, masked(crc32c(bytes)), true);
  return sum;
}
