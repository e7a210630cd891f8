// Colours, decided once for the stream that the report goes to.
import type { WriteStream } from "node:tty";
import { styleText } from "node:util";

/** Gives a text a style, or leaves it alone. */
export type Paint = (style: "bold" | "dim" | "green", text: string) => string;

/** A Paint that colours only for a person at a terminal; any value of NO_COLOR that is not empty turns it off. */
export function paintFor(stream: Pick<WriteStream, "isTTY">): Paint {
  const { NO_COLOR, TERM } = process.env;
  const colour = stream.isTTY && !NO_COLOR && TERM !== "dumb";
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
