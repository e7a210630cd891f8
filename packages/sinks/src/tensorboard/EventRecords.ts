// TensorBoard's own events as bytes: the protobuf message tensorflow.Event, framed as a TFRecord. Field numbers are those of
// event.proto and summary.proto.
import { crc32c, masked } from "./crc32c.ts";
import { ProtobufWriter } from "./ProtobufWriter.ts";

const FILE_VERSION = "brain.Event:2";
const SESSION_START = 1;
/** Image.colorspace of RGBA. */
const RGBA = 4;

/** Where a record's length ends, and where its data begins. */
const [LENGTH_END, DATA] = [8, 12];

const FLOAT_BYTES = 4;

interface SummaryImage {
  readonly tag: string;
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

/** What a step shows under one tag. */
export type SummaryValue = { readonly tag: string; readonly scalar: number } | SummaryImage;

/** Makes records; each is a view of memory that the next one takes. `wallTime` is in seconds since 1970. */
export class EventRecords {
  readonly #event = new ProtobufWriter();
  /** Tags to what stands before their numbers, which come with every epoch. */
  readonly #heads = new Map<string, Uint8Array>();

  /** The first record of every file. */
  fileVersion(wallTime: number): Uint8Array {
    return this.#record((event) => event.double(1, wallTime).string(3, FILE_VERSION));
  }

  /** Tells the reader to forget what earlier files of the folder say of `step` and all later ones. */
  sessionStart(wallTime: number, step: number): Uint8Array {
    return this.#record((event) =>
      event
        .double(1, wallTime)
        .integer(2, step)
        .message(7, () => event.integer(1, SESSION_START)),
    );
  }

  /** What is to be shown at `step`. */
  summary(wallTime: number, step: number, values: readonly SummaryValue[]): Uint8Array {
    return this.#record((event) => {
      event.double(1, wallTime).integer(2, step);
      event.message(5, () => {
        for (const value of values) {
          if ("scalar" in value) {
            event.bytes(this.#head(value.tag));
            event.float32(value.scalar);
          } else event.message(1, () => writeImage(event, value));
        }
      });
    });
  }

  #head(tag: string): Uint8Array {
    let head = this.#heads.get(tag);
    if (head === undefined) {
      const value = new ProtobufWriter();
      value.message(1, () => value.string(1, tag).float(2, 0));
      head = value.written.slice(0, -FLOAT_BYTES);
      this.#heads.set(tag, head);
    }
    return head;
  }

  // u64 length · masked CRC of the length · data · masked CRC of the data, all little-endian.
  #record(write: (event: ProtobufWriter) => void): Uint8Array {
    const event = this.#event;
    event.clear();
    event.gap(0, DATA);
    write(event);
    const { written } = event;
    event.setUint32(0, written.length - DATA);
    event.setUint32(4, 0);
    event.setUint32(LENGTH_END, masked(crc32c(written, 0, LENGTH_END)));
    event.uint32(masked(crc32c(written, DATA)));
    return event.written;
  }
}

function writeImage(event: ProtobufWriter, { tag, width, height, png }: SummaryImage): void {
  event.string(1, tag).message(4, () => event.integer(1, height).integer(2, width).integer(3, RGBA).blob(4, png));
}
