// The report as one HTML document. Nothing in it can run, and nothing is fetched: it has no script, its style and images are
// inside, and its content security policy refuses everything else, should a text ever get past the escaping.
import { CURVE_NAMES } from "../plot/runCurves.ts";
import { confusionSection } from "./confusionSection.ts";
import { escaped, section } from "./html.ts";
import { configSection, dataSection, environmentSection, warningsSection } from "./origin.ts";
import { ending, heading, resultsSection } from "./outcome.ts";
import { mistakesSection, predictionsSection, samplesSection, weightsSection } from "./pictures.ts";
import type { RunRecord } from "./RunRecord.ts";
import { STYLE } from "./style.ts";

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
// The curves' letters are then of 11 pixels on a screen of 400, and two of them stand side by side on a wide one.
const CURVE_WIDTH = 440;

/** The page that tells what `run` holds so far. */
export function page(run: RunRecord): string {
  const curves = CURVE_NAMES.filter((name) => run.drawable.has(name)).map((name) => run.figures.draw(name, CURVE_WIDTH).trimEnd());
  const parts = [
    `<header>\n${heading(run)}\n${ending(run)}\n</header>`,
    resultsSection(run),
    section("Curves", curves.length > 0 ? [`<div class="curves">\n${curves.join("\n")}\n</div>`] : []),
    confusionSection(run),
    mistakesSection(run),
    predictionsSection(run),
    weightsSection(run),
    samplesSection(run),
    warningsSection(run),
    dataSection(run),
    configSection(run),
    environmentSection(run),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(run.started?.name ?? "Training run")}: training report</title>
<style>
${STYLE}</style>
</head>
<body>
<main>
${parts.filter((part) => part !== "").join("\n")}
</main>
</body>
</html>
`;
}
