// Images as the report shows them: lists that fit any width, each image with its words.
import type { Picture, PredictedPicture, SamplesPredicted, SampleSet } from "../contract/TrainingEvent.ts";
import { imageName } from "../plot/imageName.ts";
import { type Palette, pictureUri } from "../plot/pictureUri.ts";
import { className } from "../text/plainText.ts";
import { formatCount, formatPercent } from "../text/quantity.ts";
import { escaped, section } from "./html.ts";
import type { RunRecord } from "./RunRecord.ts";

type Classes = SamplesPredicted["classes"];

/** An image, the lines below it, and what is read out in its place. */
interface Shown {
  readonly picture: Picture;
  readonly caption: readonly string[];
  readonly alternative: string;
  readonly wrong?: boolean;
}

/** The mistakes that the model was surest of. */
export function mistakesSection({ predicted }: RunRecord): string {
  if (!predicted?.worstMistakes?.length) return "";
  const { set, classes, worstMistakes } = predicted;
  return section("Worst mistakes", [
    `<p class="muted">What the model is most wrongly sure of, the surest first</p>`,
    list(worstMistakes.map((sample) => predictedImage(sample, set, classes))),
  ]);
}

/** What the model says of some images. */
export function predictionsSection({ predicted }: RunRecord): string {
  if (!predicted?.samples.length) return "";
  const { epoch, set, classes, samples } = predicted;
  return section("Predictions", [
    epoch === undefined ? "" : `<p class="muted">${escaped(sayEpoch(epoch))}: ${escaped(rightOf(samples))}</p>`,
    list(samples.map((sample) => predictedImage(sample, set, classes))),
  ]);
}

/** What the model was shown. */
export function samplesSection({ samples }: RunRecord): string {
  const shown = [...samples.values()].filter((event) => event.samples.length > 0);
  return section(
    "Samples",
    shown.flatMap(({ set, classes, samples: pictures }) => [
      `<h3>${escaped(set)}</h3>`,
      list(pictures.map((one) => sampleImage(one, set, classes))),
    ]),
  );
}

/** What the units of a layer look for. */
export function weightsSection({ weights }: RunRecord): string {
  if (!weights?.images.length) return "";
  const limit = Number(weights.limit.toPrecision(3));
  const shown = weights.images.map((picture) => ({
    picture,
    caption: [`unit ${picture.index}`],
    alternative: `weights into unit ${picture.index} of ${weights.layer}`,
  }));
  return section(`Weights of ${weights.layer}`, [
    `<p class="muted">One a pixel: blue adds to the unit's sum, orange takes away, white is 0; full colour is ±${limit}</p>`,
    list(shown, "signed"),
  ]);
}

function sayEpoch(epoch: number): string {
  return `After epoch ${formatCount(epoch)}`;
}

function rightOf(samples: readonly PredictedPicture[]): string {
  const labelled = samples.filter(({ label }) => label !== undefined);
  return `${labelled.filter(({ label, predicted }) => label === predicted).length} of ${labelled.length} right`;
}

function sampleImage(picture: Picture, set: SampleSet["name"], classes: Classes): Shown {
  const name = imageName(set, picture.index);
  const label = picture.label === undefined ? [] : [className(picture.label, classes)];
  return { picture, caption: label.length > 0 ? label : [name], alternative: [name, ...label].join(": ") };
}

function predictedImage(picture: PredictedPicture, set: SampleSet["name"], classes: Classes): Shown {
  const truth = picture.label === undefined ? [] : [`true ${className(picture.label, classes)}`];
  const probability = formatPercent(picture.probabilities[picture.predicted] ?? Number.NaN, 1);
  const caption = [...truth, `predicted ${className(picture.predicted, classes)}`, `with ${probability}`];
  const wrong = picture.label !== undefined && picture.label !== picture.predicted;
  return {
    picture,
    caption: wrong ? [...caption, "wrong"] : caption,
    alternative: [imageName(set, picture.index), ...caption].join(", "),
    wrong,
  };
}

function list(images: readonly Shown[], palette: Palette = "ink"): string {
  const items = images.map(({ picture, caption, alternative, wrong = false }) => {
    const image = `<img src="${pictureUri(picture, palette)}" width="${picture.width}" height="${picture.height}" alt="${escaped(alternative)}">`;
    return `<li${wrong ? ' class="wrong"' : ""}><figure>${image}<figcaption>${caption.map(escaped).join("<br>")}</figcaption></figure></li>`;
  });
  return `<ul class="images">${items.join("\n")}</ul>`;
}
