// CSV as a plain state machine over a whole string, written to be obviously right: what the reader is compared with.

export interface ReferenceRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** A record, or the place of one whose quotes are at fault; the line behind that on which the faulty field starts is then a record. */
export interface ReferenceOutcome {
  readonly line: number;
  readonly fields: readonly string[] | undefined;
}

/** All records of a document; lines that begin with `comment` are none. */
export function referenceOutcomes(text: string, delimiter = ",", comment?: string): ReferenceOutcome[] {
  const records: ReferenceOutcome[] = [];
  let fields: string[] = [];
  let field = "";
  let state: "start" | "plain" | "quoted" | "closed" = "start";
  let line = 1;
  let recordLine = 1;
  let fieldAt = 0;
  let fieldLine = 1;
  const beginRecord = (): void => {
    fields = [];
    field = "";
    state = "start";
    recordLine = line;
  };
  for (let at = text.startsWith("\uFEFF") ? 1 : 0; ; at += 1) {
    if (state === "start" && fields.length === 0 && text[at] === comment) {
      while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at += 1;
    }
    const character = text[at];
    const ended = character === undefined;
    const newline = character === "\n" || character === "\r";
    const twoCharacters = character === "\r" && text[at + 1] === "\n";
    if (state === "start") {
      fieldAt = at;
      fieldLine = line;
    }
    if ((state === "quoted" && ended) || (state === "closed" && !ended && !newline && character !== '"' && character !== delimiter)) {
      records.push({ line: recordLine, fields: undefined });
      // On to the end of the faulty field's line; at the text's end there is nothing more.
      at = fieldAt;
      line = fieldLine;
      while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at += 1;
      if (at >= text.length) return records;
      if (text[at] === "\r" && text[at + 1] === "\n") at += 1;
      line += 1;
      beginRecord();
      continue;
    }
    if (state === "quoted") {
      if (character === '"') {
        state = "closed";
        continue;
      }
      field += twoCharacters ? "\r\n" : character;
    } else if (ended || newline) {
      const blank = fields.length === 0 && state === "start";
      if (!blank) records.push({ line: recordLine, fields: [...fields, field] });
      if (ended) return records;
    } else if (state === "closed" && character === '"') {
      field += '"';
      state = "quoted";
    } else if (character === delimiter) {
      fields.push(field);
      field = "";
      state = "start";
    } else if (state === "start" && character === '"') {
      state = "quoted";
    } else {
      field += character;
      state = "plain";
    }
    if (newline) line += 1;
    if (twoCharacters) at += 1;
    if (newline && state !== "quoted") beginRecord();
  }
}

/** The records of a document; throws an Error where quotes are at fault and for records of different lengths. */
export function referenceRecords(text: string, delimiter = ","): ReferenceRecord[] {
  const outcomes = referenceOutcomes(text, delimiter);
  return outcomes.map(({ line, fields }) => {
    if (fields?.length !== outcomes[0].fields?.length || fields === undefined) throw new Error(`line ${line} is malformed`);
    return { line, fields };
  });
}
