// The page's script: what the stream of events tells goes to charts, tiles and parts. What arrives together is drawn at once.
import { CHARTS } from "./charts.ts";
import { follow } from "./connection.ts";
import { readRow } from "./epochRow.ts";
import { LiveChart, type Plotter } from "./LiveChart.ts";
import { Progress } from "./Progress.ts";
import { Status } from "./Status.ts";

// Not a package's name, which a browser can't find, but where the server has it.
const UPLOT: string = "/uPlot.js";
const { default: Plot } = (await import(UPLOT)) as { default: Plotter };

const session = document.body.dataset["session"] ?? "";
const status = new Status(element("status"), session);
const progress = new Progress();
const charts = CHARTS.map((kind) => new LiveChart(Plot, kind));
element("charts").append(...charts.map((chart) => chart.element));
let drawing = 0;

follow(session, {
  epochs(rows) {
    for (const numbers of rows.map(readRow)) {
      progress.add(numbers);
      for (const chart of charts) chart.add(numbers);
    }
    draw();
  },
  parts: show,
  ended({ ending, ...html }) {
    status.ended(ending);
    progress.end();
    show(html);
    draw();
  },
  state: ({ paused }) => status.paused(paused),
  connected: () => status.connected(true),
  lost: () => status.connected(false),
  left: () => status.left(),
});

function show(html: Readonly<Record<string, string>>): void {
  for (const [id, part] of Object.entries(html)) element(id).innerHTML = part;
  document.title = document.querySelector("h1")?.textContent ?? document.title;
}

function draw(): void {
  // At most once a frame, and not at all while nobody looks at the page.
  drawing ||= requestAnimationFrame(() => {
    drawing = 0;
    progress.draw();
    for (const chart of charts) chart.draw();
    // Three stand side by side, two or four in pairs.
    element("charts").dataset["count"] = String(charts.filter(({ drawn }) => drawn).length);
  });
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no place for ${id}`);
  return found;
}
