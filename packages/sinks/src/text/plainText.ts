// Names and messages come from data files, plugins and operating systems: before they reach a terminal or a picture they
// lose whatever could act there.

// ECMA-48 control sequences: CSI (colours, cursor), the strings OSC, DCS, SOS, PM and APC up to their terminator, then any other ESC.
const SEQUENCES = new RegExp(
  [
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
    String.raw`\u001b[\]PX^_][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)`,
    String.raw`\u001b[ -/]*[0-~]?`,
  ].join("|"),
  "gu",
);

// Embeddings, overrides and isolates can make a line read in another order than it is written.
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Returns `text` as one line without escape sequences, control characters or changes of writing direction. */
export function plainText(text: string): string {
  return text
    .replace(SEQUENCES, "")
    .replace(DIRECTIONS, "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}

/** The name of class `label`, or the number itself where classes have no names. */
export function className(label: number, classes: readonly string[] | undefined): string {
  return plainText(classes?.[label] ?? String(label));
}
