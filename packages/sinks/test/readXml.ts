// A reader for the little XML that figures are made of: it throws at whatever isn't well-formed, and returns what is written.
const TAG = /^<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z][\w:-]*="[^"<]*")*)\s*(\/?)>/;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text directly inside, entities resolved. */
  text: string;
}

/** Reads every element of `xml` in document order. */
export function readXml(xml: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  let rest = xml.trimEnd();
  while (rest !== "") {
    const tag = TAG.exec(rest);
    if (tag) {
      const [whole, closing, name, attributes, empty] = tag;
      if (closing) {
        const last = open.pop();
        if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`);
        if (open.length === 0 && rest.length > whole.length) throw new Error("something follows the root element");
      } else {
        const element = { name, attributes: readAttributes(attributes), text: "" };
        elements.push(element);
        if (!empty) open.push(element);
      }
      rest = rest.slice(whole.length);
      continue;
    }
    const text = /^[^<]+/.exec(rest)?.[0];
    if (text === undefined) throw new Error(`not a tag: ${rest.slice(0, 60)}`);
    if (open.length === 0) throw new Error("text outside the root element");
    open[open.length - 1].text += resolved(text);
    rest = rest.slice(text.length);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> is not closed`);
  return elements;
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/([a-zA-Z][\w:-]*)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`the attribute ${name} stands twice`);
    attributes[name] = resolved(value);
  }
  return attributes;
}

function resolved(text: string): string {
  // Besides tab and newline XML 1.0 has no control characters, and neither lone surrogates nor U+FFFE and U+FFFF.
  if (/[^\t\n\P{Cc}]|[\p{Cs}\ufffe\uffff]/u.test(text)) throw new Error("a character that XML forbids");
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    if (!whole.endsWith(";") || !(name in ENTITIES)) throw new Error(`not an entity: ${whole.slice(0, 20)}`);
    return ENTITIES[name];
  });
}
