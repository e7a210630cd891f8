// The report read by parse5, as a browser reads HTML: what is written is compared with what a browser would make of it.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { describe, expect, it } from "vitest";
import type { RunContext, TrainingEvent } from "../src/index.ts";
import report, { type ReportOptions } from "../src/report/index.ts";
import { sampleRun, stampFacts, withTemporaryRun } from "../src/testing/index.ts";

type Element = DefaultTreeAdapterTypes.Element;

async function written(events: readonly TrainingEvent[], run: RunContext, options: ReportOptions = {}): Promise<string> {
  const sink = await report.open(options, run);
  for (const event of events) await sink.write(event);
  await sink.flush?.();
  await sink.close?.("finished");
  expect(await readdir(run.directory)).toEqual(["report.html"]);
  return readFile(join(run.directory, "report.html"), "utf8");
}

function reportOf(events: readonly TrainingEvent[], options?: ReportOptions): Promise<string> {
  return withTemporaryRun(({ context }) => written(events, context, options));
}

function elementsOf(html: string): Element[] {
  const errors: string[] = [];
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ("tagName" in node) found.push(node);
    if ("childNodes" in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(html, { onParseError: ({ code }) => errors.push(code) }));
  expect(errors).toEqual([]);
  return found;
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if ("value" in node && node.nodeName === "#text") return node.value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

function textsOf(html: string, tag: string): string[] {
  return elementsOf(html).flatMap((element) => (element.tagName === tag ? [textOf(element)] : []));
}

describe("the report", () => {
  it("tells a classification from its results to its environment", async () => {
    const html = await reportOf(sampleRun({ epochs: 500 }));
    expect(textsOf(html, "h1")).toEqual(["reference"]);
    expect(textsOf(html, "h2")).toEqual([
      "Results",
      "Curves",
      "Confusion matrix",
      "Worst mistakes",
      "Predictions",
      "Weights of dense_1",
      "Samples",
      "Data check and warnings",
      "Data and model",
      "Configuration",
      "Environment",
    ]);
    expect(html).toContain("Finished after 500 of 500 epochs");
    expect(textsOf(html, "tr")).toEqual(expect.arrayContaining(["train0.007400100.00%", "test0.454886.86%", "train1,00078410"]));
    expect(elementsOf(html).filter(({ tagName }) => tagName === "svg")).toHaveLength(3);
    expect(textsOf(html, "pre")).toEqual([
      JSON.stringify({ seed: 0, epochs: 500, optimizer: { type: "sgd", learningRate: 0.002 } }, null, 2),
    ]);
    expect(textsOf(html, "li")).toEqual(
      expect.arrayContaining([
        "784 columns are shown as images of 28 × 28",
        expect.stringMatching(/^The sink tracker failed.*ECONNREFUSED/),
      ]),
    );
    expect(textsOf(html, "dd")).toContain("24.21.0");
  });

  it("tells a regression, and a run of which there is nothing to tell", async () => {
    const regression = await reportOf(sampleRun({ task: "regression" }));
    expect(textsOf(regression, "h2")).toEqual([
      "Results",
      "Curves",
      "Data check and warnings",
      "Data and model",
      "Configuration",
      "Environment",
    ]);
    expect(textsOf(regression, "th")).toContain("RMSE");
    expect(textsOf(await reportOf([]), "h1")).toEqual(["Training run"]);
  });

  it.each([
    ["diverged", "Diverged after 10 of 20 epochs", "the cost of epoch 10 is NaN"],
    ["failed", "Failed after 10 of 20 epochs", "expected a number"],
    ["aborted", "Aborted after 10 of 20 epochs", ""],
  ] as const)("says how a run that %s ended", async (end, head, message) => {
    const html = await reportOf(sampleRun({ end }));
    expect(textsOf(html, "p")).toContain(head);
    expect(html).toContain(message);
  });

  it("has the whole run when it was resumed", () =>
    withTemporaryRun(async ({ context }) => {
      const events = sampleRun({ epochs: 10 });
      const whole = await written(events, context);
      const history = async function* (): AsyncGenerator<TrainingEvent> {
        yield* events.slice(0, 9);
      };
      expect(await written(events.slice(9), { ...context, history })).toBe(whole);
    }));

  it("draws the cost on the axis it is told", async () => {
    expect(await reportOf(sampleRun(), { costScale: "log" })).not.toBe(await reportOf(sampleRun()));
  });
});

describe("the report stands alone:", () => {
  it("has no script, no handler, no frame, no link, and no address but of the images inside it", async () => {
    const elements = elementsOf(await reportOf(sampleRun()));
    const tags = new Set(elements.map(({ tagName }) => tagName));
    for (const tag of ["script", "link", "iframe", "object", "embed", "form", "a", "base", "video", "audio", "use"])
      expect([tag, tags.has(tag)]).toEqual([tag, false]);
    for (const element of elements) {
      for (const { name, value } of element.attrs) {
        expect([element.tagName, name]).not.toEqual([element.tagName, expect.stringMatching(/^on|^srcset$|^action$/)]);
        if (name === "src" || name === "href") expect(value).toMatch(/^data:image\/png;base64,[A-Za-z0-9+/=]+$/);
      }
    }
    const style = elements.find(({ tagName }) => tagName === "style");
    expect(style && textOf(style)).not.toMatch(/url\(|@import|expression|<\//);
  });

  it("has a policy that refuses everything but its own style and images", async () => {
    const metas = elementsOf(await reportOf(sampleRun())).filter(({ tagName }) => tagName === "meta");
    const [policy] = metas.flatMap((meta) =>
      attribute(meta, "http-equiv") === "Content-Security-Policy" ? [attribute(meta, "content")] : [],
    );
    expect(policy?.split("; ")).toEqual([
      "default-src 'none'",
      "img-src data:",
      "style-src 'unsafe-inline'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(metas.findIndex((meta) => attribute(meta, "http-equiv"))).toBe(1);
  });
});

describe("the report can be read by everybody:", () => {
  it("headings go down one step at a time, tables have captions and heads, images and figures have words", async () => {
    const elements = elementsOf(await reportOf(sampleRun()));
    expect(attribute(elements[0], "lang")).toBe("en");
    const levels = elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []));
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const element of elements) {
      const children = element.childNodes.flatMap((child) => ("tagName" in child ? [child.tagName] : []));
      if (element.tagName === "table") expect(children).toEqual(["caption", "thead", "tbody"]);
      if (element.tagName === "th") expect(attribute(element, "scope")).toMatch(/^(row|col)$/);
      if (element.tagName === "img") expect(attribute(element, "alt")).toMatch(/^(training|test) image \d+|^weights into unit \d+/);
      if (element.tagName === "svg") expect([attribute(element, "role"), children[0]]).toEqual(["img", "title"]);
    }
    expect(elements.find((element) => attribute(element, "class") === "wrong") && "a wrong prediction").toBe("a wrong prediction");
  });

  // Relative luminance and contrast, WCAG 2.2.
  const contrast = (one: string, other: string): number => {
    const [light, dark] = [one, other]
      .map((colour) => {
        const [red, green, blue] = [1, 3, 5]
          .map((place) => Number.parseInt(colour.slice(place, place + 2), 16) / 255)
          .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      })
      .toSorted((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  it("text and curves stand out from the page, light and dark", async () => {
    const html = await reportOf([]);
    const themes = [...html.matchAll(/:root\{[^}]*?(--page:[^}]*)\}/g)].map(([, list]) =>
      Object.fromEntries(list.split(";").map((one) => one.slice(2).split(":") as [string, string])),
    );
    expect(themes).toHaveLength(3);
    for (const theme of themes)
      for (const role of ["ink", "muted", "training", "validation", "wrong"])
        expect([role, contrast(theme[role], theme["page"]) >= 4.5]).toEqual([role, true]);
  });
});

describe("hostile text", () => {
  const hostile = [
    `</pre></style></title></svg><script>alert(1)</script>`,
    `"><img src=x onerror=alert(1)>`,
    `' onmouseover='alert(1)`,
    `]]>--><svg onload=alert(1)>`,
    `javascript:alert(1)`,
    `&lt;script&gt;\u0000\u001b[31m\u202e\ud800`,
  ];

  it.each(hostile)("%j stays text wherever an event can carry it", async (text) => {
    const picture = { index: 0, width: 1, height: 1, pixels: "AA==", label: 0 };
    const predicted = { ...picture, predicted: 1, probabilities: [0.1, 0.9] };
    const classes = [text, `${text}2`];
    const events = stampFacts(
      [
        { type: "runStarted", name: text, config: { [text]: [text], "${TOKEN}": "${TOKEN}" }, epochs: 1, environment: { [text]: text } },
        {
          type: "dataLoaded",
          sets: [{ name: "test", samples: 1, features: 1, outputs: 2, classes }],
          model: { inputs: 1, layers: [{ name: text, type: text, units: 2, parameters: 2 }], parameters: 2, loss: text, optimizer: text },
        },
        { type: "warningRaised", message: text },
        { type: "sinkFailed", sink: text, message: text },
        { type: "samplesShown", set: "test", classes, samples: [picture] },
        { type: "samplesPredicted", set: "test", classes, samples: [predicted], worstMistakes: [predicted] },
        { type: "weightsShown", layer: text, images: [picture], limit: 1 },
        {
          type: "runCompleted",
          reason: "failed",
          message: text,
          epochs: 1,
          durationMs: 1,
          weightsSha256: text,
          test: {
            cost: 1,
            accuracy: 0,
            confusionMatrix: [
              [0, 1],
              [1, 0],
            ],
          },
        },
      ],
      text,
    );
    const html = await reportOf(events);
    const plain = await reportOf(
      JSON.parse(JSON.stringify(events).replaceAll(JSON.stringify(text).slice(1, -1), "text")) as TrainingEvent[],
    );
    // The same elements with the same attributes' names as with harmless text: nothing of it became markup.
    const shape = (page: string): string[] =>
      elementsOf(page).map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(" "));
    expect(shape(html)).toEqual(shape(plain));
    const visible = text.replace("\u0000\u001b[31m\u202e\ud800", " \ufffd");
    expect(textsOf(html, "h1")).toEqual([visible]);
    expect(textsOf(html, "pre")[0]).toContain("${TOKEN}");
  });
});
