// The page before anything has happened: places for what the stream of events brings, in the order to read them.
import { PARTS } from "./parts.ts";

/** What every response says; nothing runs, loads or connects but what comes from this server. */
export const SECURITY: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // The shares of a confusion matrix's cells are custom properties in attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
};

const CONTROLS = `<div class="controls">
<button type="button" id="pause" disabled>Pause</button>
<button type="button" id="stop" disabled>Stop</button>
</div>`;

const BELOW = Object.keys(PARTS).filter((name) => name !== "heading" && name !== "ending");

/** The page of the session `session`; with buttons where the run can be controlled. */
export function shell(session: string, controllable: boolean): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Training run</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<script type="module" src="/dashboard/page/main.js"></script>
</head>
<body data-session="${session}">
<main>
<header>
<div id="heading"><h1>Training run</h1></div>
${controllable ? CONTROLS : ""}
<div id="status" role="status" data-mood="waiting"><p>Connecting</p></div>
</header>
<noscript><p>This page draws a training run while it goes on, and needs JavaScript for it.</p></noscript>
<section aria-label="Progress">
<div class="progress"><progress id="progress" max="1" value="0" aria-label="Epochs"></progress><p id="place"></p></div>
<dl id="tiles" class="tiles"></dl>
</section>
<div id="charts" class="charts"></div>
<div class="parts">
${BELOW.map((name) => `<div id="${name}"></div>`).join("\n")}
</div>
</main>
</body>
</html>
`;
}
