// Values over the epochs: the cost, the accuracy or the error, of training and, where there is one, of validation.
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import { formatCount } from "../text/quantity.ts";
import { type Curve, type Point, thin } from "./Curve.ts";
import { at, BODY_TOP, COLOUR, figure, label, MARGIN, NARROW_MARGIN, rule, WIDTH } from "./svg.ts";

const HEIGHT = 500;
const BOTTOM = HEIGHT - 72;
const LEGEND_WIDTH = 212;
// Half as wide as high, and a little more: the labels are 13 pixels high.
const DIGIT = 8;
// Below it the legend has a line of its own, under the subtitle.
const WIDE = 640;
// Of the horizontal axis, in pixels, so that seven digits stand apart.
const TICK_PITCH = 68;

// Beyond it the arithmetic of an axis would overflow; no cost worth a curve comes near.
const LARGEST = 1e300;

// A factor between the least and the greatest value beyond which a linear axis shows most of the curve as a line on the ground.
const WIDE_RANGE = 1000;

/**
 * How the values are spread over the height; `"auto"` is logarithmic where all values are positive and the greatest is more than a
 * thousand times the least, else linear; `"fraction"` is a linear axis in percent that ends at 100.
 */
export type ValueAxis = "auto" | "linear" | "log" | "fraction";

/** What a curve figure shows. */
export interface CurveFigure {
  readonly title: string;
  readonly subtitle: string;
  readonly valueLabel: string;
  readonly valueAxis: ValueAxis;
  /** The greatest epoch that the axis has room for. */
  readonly epochs: number;
  readonly training: Curve;
  /** Drawn, and named in a legend, once it has a point. */
  readonly validation: Curve;
  /** In pixels; 800 unless given. */
  readonly width?: number;
}

/** Where the curves are: the edges of the axes. */
interface Field {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

type Scale = ScaleContinuousNumeric<number, number>;

/** Draws `plot` as an SVG document; values that are not finite, or not positive on a logarithmic axis, interrupt their curve. */
export function curveFigure(plot: CurveFigure): string {
  const last = Math.max(2, plot.epochs);
  const { width = WIDTH } = plot;
  const wide = width >= WIDE;
  const [left, right] = wide ? [92, width - MARGIN] : [84, width - NARROW_MARGIN];
  const series = [
    { name: "training", colour: COLOUR.training, dashed: false, points: thin(plot.training, 1, last, right - left) },
    { name: "validation", colour: COLOUR.validation, dashed: true, points: thin(plot.validation, 1, last, right - left) },
  ].filter(({ points }) => points.length > 0);
  const field = { left, right, top: wide || series.length < 2 ? BODY_TOP : BODY_TOP + 24 };
  const finite = series.flatMap(({ points }) => points.map(([, value]) => value).filter((value) => Math.abs(value) <= LARGEST));
  const axis = plot.valueAxis === "auto" ? axisFor(finite) : plot.valueAxis;
  const drawable = (value: number): boolean => Math.abs(value) <= LARGEST && (axis !== "log" || value >= 1 / LARGEST);

  // A single epoch stands in the middle.
  const x = scaleLinear(plot.epochs > 1 ? [1, last] : [0.5, 1.5], [left, right]);
  const y = valueScale(axis, finite.filter(drawable)).range([BOTTOM, field.top]);
  const curves = series.flatMap(({ points, colour, dashed }) => curve(points, x, y, drawable, colour, dashed));
  const legend = wide ? { x: right - LEGEND_WIDTH, y: 65 } : { x: left, y: BODY_TOP + 4 };
  const entries = series.flatMap(({ name, colour, dashed }, index) => legendEntry(name, colour, dashed, legend.x + index * 110, legend.y));
  const body = [...axes(x, y, axis, plot.valueLabel, field), ...curves, ...(series.length > 1 ? entries : [])];
  return figure(plot.title, plot.subtitle, HEIGHT, body, width);
}

function axisFor(values: readonly number[]): ValueAxis {
  const [least, greatest] = extent(values);
  return least > 0 && greatest > WIDE_RANGE * least ? "log" : "linear";
}

// Of no values, Infinity and -Infinity.
function extent(values: readonly number[]): readonly [least: number, greatest: number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [least, greatest] = [Math.min(least, value), Math.max(greatest, value)];
  return [least, greatest];
}

// Values may be anything, so each axis has a domain for none, for one and for equal values.
function valueScale(axis: ValueAxis, values: readonly number[]): Scale {
  const [least, greatest] = extent(values);
  if (axis === "fraction") return scaleLinear([values.length > 0 ? Math.min(0.9, Math.floor(least * 10) / 10) : 0, 1], [0, 1]);
  if (axis === "log") return scaleLog(values.length > 0 ? [least, Math.max(greatest, least * 2)] : [0.1, 1], [0, 1]).nice();
  return scaleLinear([Math.min(0, values.length > 0 ? least : 0), greatest > 1 / LARGEST ? greatest : 1], [0, 1]).nice(6);
}

function axes(x: Scale, y: Scale, axis: ValueAxis, valueLabel: string, { left, right, top }: Field): string[] {
  const drawn: string[] = ['<g class="grid">'];
  const epochs = x.ticks(Math.round((right - left) / TICK_PITCH)).filter(Number.isInteger);
  const values = valueTicks(y, axis);
  for (const epoch of epochs) drawn.push(rule(x(epoch), top, x(epoch), BOTTOM, COLOUR.grid));
  for (const [value] of values) drawn.push(rule(left, y(value), right, y(value), COLOUR.grid));
  drawn.push("</g>", rule(left, BOTTOM, right, BOTTOM, COLOUR.axis), rule(left, top, left, BOTTOM, COLOUR.axis));
  for (const epoch of epochs) drawn.push(epochLabel(epoch, x(epoch), right + NARROW_MARGIN));
  for (const [value, text] of values) drawn.push(label(text, { x: left - 10, y: y(value) + 4.5, colour: COLOUR.muted, anchor: "end" }));
  drawn.push(
    label("Training iterations (epochs)", { x: (left + right) / 2, y: HEIGHT - 24, size: 14, anchor: "middle" }),
    label(valueLabel, { x: left - 68, y: (top + BOTTOM) / 2, size: 14, anchor: "middle", upwards: true }),
  );
  return drawn;
}

// In the middle below its line, or as far to the right of that as the figure goes.
function epochLabel(epoch: number, x: number, edge: number): string {
  const text = formatCount(epoch);
  const fits = x + (DIGIT * text.length) / 2 <= edge;
  return label(text, { x: fits ? x : edge - 1, y: BOTTOM + 21, colour: COLOUR.muted, anchor: fits ? "middle" : "end" });
}

function valueTicks(y: Scale, axis: ValueAxis): (readonly [number, string])[] {
  if (axis === "fraction") return y.ticks(6).map((value) => [value, y.tickFormat(6, "~%")(value)]);
  const [least, greatest] = y.domain();
  if (axis === "log") {
    const powers = Math.log10(greatest / least);
    const ticks = y.ticks(6).filter((value) => powers < 3 || Number.isInteger(Math.round(Math.log10(value) * 1e9) / 1e9));
    return ticks.map((value) => [value, valueText(value)]);
  }
  const size = Math.max(Math.abs(least), Math.abs(greatest));
  const text = size < 1e6 && size >= 1e-3 ? y.tickFormat(6) : exponential;
  return y.ticks(6).map((value) => [value, text(value)]);
}

function valueText(value: number): string {
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(6));
  if (size >= 1e6 || size < 1e-3) return exponential(value);
  return size >= 1000 ? formatCount(rounded) : String(rounded);
}

// With the minus that d3's own labels have.
function exponential(value: number): string {
  const text = Number(value.toPrecision(6)).toExponential().replace("e+", "e");
  return value === 0 ? "0" : text.replaceAll("-", "\u2212");
}

function curve(
  points: readonly Point[],
  x: Scale,
  y: Scale,
  drawable: (value: number) => boolean,
  colour: string,
  dashed: boolean,
): string[] {
  const path = line<Point>(
    ([epoch]) => x(epoch),
    ([, value]) => y(value),
  )
    .defined(([, value]) => drawable(value))
    .digits(2)(points);
  const stroke = `fill="none" stroke="${colour}" stroke-width="2.25" stroke-linejoin="round" stroke-linecap="round"${dashed ? ' stroke-dasharray="7 5"' : ""}`;
  const end = points.findLast(([, value]) => drawable(value));
  if (!path || !end) return [];
  // A ring around a dot: both are seen where they meet.
  const dot = dashed ? `r="5.5" fill="none" stroke="${colour}" stroke-width="2"` : `r="4" fill="${colour}"`;
  return [`<path d="${path}" ${stroke}/>`, `<circle cx="${at(x(end[0]))}" cy="${at(y(end[1]))}" ${dot}/>`];
}

function legendEntry(name: string, colour: string, dashed: boolean, x: number, y: number): string[] {
  const dashes = dashed ? ' stroke-dasharray="7 5"' : "";
  return [
    `<line x1="${x}" y1="${y}" x2="${x + 26}" y2="${y}" stroke="${colour}" stroke-width="2.25"${dashes}/>`,
    label(name, { x: x + 34, y: y + 5, size: 14 }),
  ];
}
