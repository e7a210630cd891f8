// A chart that grows: its head with title and legend, whose numbers are those under the pointer, else the newest; below it
// the curves, drawn by uPlot in the page's colours.
import type UPlot from "uplot";
import { Curve, thin } from "../../plot/Curve.ts";
import { formatCount } from "../../text/quantity.ts";
import type { ChartKind } from "./charts.ts";
import type { EpochNumbers } from "./epochRow.ts";

/** uPlot's class; the page imports it by its address, for browsers know no package names. */
export type Plotter = typeof UPlot;

const HEIGHT = 240;
// Beyond it the arithmetic of an axis would overflow.
const LARGEST = 1e300;

// How uPlot numbers the distributions of a scale.
const [LINEAR, LOGARITHMIC] = [1, 3];

type Values = (number | null | undefined)[];

/** A chart of one kind, in an element of its own. */
export class LiveChart {
  readonly element: HTMLElement = document.createElement("section");
  readonly #kind: ChartKind;
  readonly #Plot: Plotter;
  readonly #curves: readonly Curve[];
  readonly #legend = document.createElement("ul");
  readonly #epoch = document.createElement("span");
  readonly #place = document.createElement("div");
  #logarithmic = false;
  #changes = false;
  #plot: UPlot | undefined;

  constructor(Plot: Plotter, kind: ChartKind) {
    this.#Plot = Plot;
    this.#kind = kind;
    this.#curves = kind.validation ? [new Curve(), new Curve()] : [new Curve()];
    const [head, title] = [document.createElement("div"), document.createElement("h2")];
    [this.element.className, head.className, this.#legend.className, this.#place.className] = ["chart", "head", "legend", "plot"];
    title.textContent = kind.title;
    this.#epoch.className = "muted";
    head.append(title, this.#epoch, ...(kind.axis === "switchable" ? [this.#scaleButton()] : []));
    this.element.append(head, this.#legend);
    this.#place.setAttribute("role", "img");
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(this.#place);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#plot?.redraw());
  }

  /** Whether there is something to see. */
  get drawn(): boolean {
    return this.#plot !== undefined;
  }

  /** Takes the next epoch. */
  add(numbers: EpochNumbers): void {
    const { field, validation } = this.#kind;
    for (const [place, name] of [field, ...(validation ? [validation] : [])].entries()) {
      const value = numbers[name];
      if (value === undefined) continue;
      this.#changes ||= value !== (this.#curves[place].values.at(-1) ?? value);
      this.#curves[place].push(numbers.epoch ?? 0, value);
    }
  }

  /** Draws what there is. */
  draw(): void {
    if (this.#curves[0].epochs.length === 0 || (this.#kind.whenChanging && !this.#changes)) return;
    if (!this.#place.isConnected) this.element.append(this.#place);
    const data = this.#data();
    if (this.#plot) this.#plot.setData(data);
    else this.#plot = new this.#Plot(this.#options(), data, this.#place);
    this.#describe();
  }

  #scaleButton(): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Log scale";
    button.setAttribute("aria-label", `Log scale of ${this.#kind.title.toLowerCase()}`);
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      this.#logarithmic = !this.#logarithmic;
      button.setAttribute("aria-pressed", String(this.#logarithmic));
      this.#plot?.destroy();
      this.#plot = undefined;
      this.draw();
    });
    return button;
  }

  // The curves on common epochs: null interrupts a curve, and where one has no value of its own it is undefined.
  #data(): UPlot.AlignedData {
    const [least, most] = this.#epochs();
    const drawn = (value: number): boolean => Math.abs(value) <= LARGEST && (!this.#logarithmic || value >= 1 / LARGEST);
    const tables = this.#curves.map((curve) => {
      const points = thin(curve, least, most, 2 * this.#size().width);
      return [points.map(([epoch]) => epoch), points.map(([, value]) => (drawn(value) ? value : null))] as UPlot.AlignedData;
    });
    return this.#Plot.join(tables);
  }

  #options(): UPlot.Options {
    const axis: UPlot.Axis = {
      stroke: () => colour("muted"),
      grid: { stroke: () => colour("grid"), width: 1 },
      ticks: { show: false },
      font: '12px Inter, "Helvetica Neue", Arial, sans-serif',
    };
    const whole = [1, 2, 5].flatMap((step) => Array.from({ length: 8 }, (_, power) => step * 10 ** power)).toSorted((a, b) => a - b);
    return {
      ...this.#size(),
      padding: [8, 24, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 }, sync: { key: "epochs", scales: ["x", null] } },
      scales: {
        x: { time: false, range: () => this.#epochs() },
        // The types call it an enum, which nothing can be imported of at run time.
        // oxlint-disable-next-line typescript/no-unsafe-enum-assignment
        y: { distr: this.#logarithmic ? LOGARITHMIC : LINEAR, range: (_, least, most) => this.#range(least, most) },
      },
      axes: [
        { ...axis, size: 28, space: 64, incrs: whole, values: (_, ticks) => ticks.map(formatCount) },
        {
          ...axis,
          grid: { ...axis.grid, filter: (_, ticks) => this.#ruled(ticks) },
          size: 60,
          space: 36,
          values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : this.#kind.tick(tick))),
        },
      ],
      series: [
        {},
        ...["training", "validation"].slice(0, this.#curves.length).map((role): UPlot.Series => ({
          stroke: () => colour(role),
          width: 2,
          pxAlign: 0,
          dash: role === "validation" ? [7, 5] : undefined,
          // A line needs two points.
          points: { show: (plot) => plot.data[0].length === 1, fill: () => colour(role) },
        })),
      ],
      hooks: { setCursor: [(plot) => this.#describe(plot.cursor.idx ?? undefined)] },
    };
  }

  // On a logarithmic axis only the powers of ten have a line, unless there are fewer than two.
  #ruled(ticks: readonly number[]): (number | null)[] {
    const powers = ticks.filter((tick) => Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9));
    return this.#logarithmic && powers.length > 1 ? ticks.map((tick) => (powers.includes(tick) ? tick : null)) : [...ticks];
  }

  #range(least: number | null, most: number | null): UPlot.Range.MinMax {
    if (least === null || most === null) return this.#logarithmic ? [0.1, 1] : [0, 1];
    if (this.#kind.axis === "fraction") return [Math.min(0.9, Math.floor(least * 10) / 10), 1];
    if (this.#logarithmic) return this.#Plot.rangeLog(least, Math.max(most, 2 * least), 10, false);
    return this.#Plot.rangeNum(Math.min(0, least), most === 0 && least === 0 ? 1 : Math.max(0, most), {
      min: { pad: 0, soft: 0, mode: 1 },
      max: { pad: 0.08 },
    });
  }

  // The legend's numbers at the point `index` of the data, or the newest.
  #describe(index?: number): void {
    const data = this.#plot?.data;
    if (!data) return;
    const named = this.#curves.length > 1 && this.#curves[1].epochs.length > 0;
    const shown = this.#curves.flatMap((curve, place) => {
      if (curve.values.length === 0) return [];
      const value = index === undefined ? curve.values.at(-1) : valueAt(data[place + 1] as Values, index);
      const text = value === undefined || value === null ? "–" : this.#kind.format(value);
      return [{ name: place === 0 ? (named ? "training" : "") : "validation", text }];
    });
    const epoch = index === undefined ? this.#curves[0].epochs.at(-1) : data[0][index];
    this.#legend.replaceChildren(...shown.map(({ name, text }) => legendItem(name, text)));
    this.#epoch.textContent = `epoch ${formatCount(epoch ?? 0)}`;
    if (index !== undefined) return;
    const words = shown.map(({ name, text }) => `${name} ${text}`.trim()).join(", ");
    this.#place.setAttribute("aria-label", `${this.#kind.title} over the epochs; ${words} at epoch ${formatCount(epoch ?? 0)}`);
  }

  #epochs(): [number, number] {
    const { epochs } = this.#curves[0];
    const first = epochs[0] ?? 1;
    return [first, Math.max(first + 1, epochs.at(-1) ?? 0)];
  }

  #size(): { width: number; height: number } {
    return { width: Math.max(200, this.#place.clientWidth || this.element.clientWidth), height: HEIGHT };
  }
}

// A thinned curve has no value of its own at some epochs: there it is drawn straight on from the last.
function valueAt(values: Values, index: number): number | null | undefined {
  return values.slice(0, index + 1).findLast((value) => value !== undefined);
}

function legendItem(name: string, text: string): HTMLElement {
  const [item, value] = [document.createElement("li"), document.createElement("b")];
  item.className = name;
  value.textContent = text;
  item.append(...(name === "" ? [] : [`${name} `]), value);
  return item;
}

function colour(role: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${role}`);
}
