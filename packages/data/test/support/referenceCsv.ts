// CSV as a plain state machine over a whole string, written to be obviously right: what the reader is compared with.

export interface ReferenceRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The records of a document; throws an Error for an open quote, for text behind a quote and for records of different lengths. */
export function referenceRecords(text: string, delimiter = ","): ReferenceRecord[] {
  const records: ReferenceRecord[] = [];
  let fields: string[] = [];
  let field = "";
  let state: "start" | "plain" | "quoted" | "closed" = "start";
  let line = 1;
  let recordLine = 1;
  const endRecord = (): void => {
    const blank = fields.length === 0 && state === "start";
    if (!blank) {
      records.push({ line: recordLine, fields: [...fields, field] });
      if (fields.length + 1 !== records[0].fields.length) throw new Error("ragged");
    }
    fields = [];
    field = "";
    state = "start";
  };
  for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length; at += 1) {
    const character = text[at];
    const newline = character === "\n" || character === "\r";
    const twoCharacters = character === "\r" && text[at + 1] === "\n";
    if (state === "quoted") {
      if (character === '"') {
        state = "closed";
        continue;
      }
      field += twoCharacters ? "\r\n" : character;
    } else if (state === "closed" && character === '"') {
      field += '"';
      state = "quoted";
    } else if (character === delimiter) {
      fields.push(field);
      field = "";
      state = "start";
    } else if (newline) {
      endRecord();
    } else if (state === "closed") {
      throw new Error("text behind a quote");
    } else if (state === "start" && character === '"') {
      state = "quoted";
    } else {
      field += character;
      state = "plain";
    }
    if (newline) line += 1;
    if (twoCharacters) at += 1;
    if (newline && state === "start") recordLine = line;
  }
  if (state === "quoted") throw new Error("open quote");
  if (fields.length > 0 || state !== "start") endRecord();
  return records;
}
