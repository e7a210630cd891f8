// The report's look, light and dark. The figures are drawn in the light colours; where the reader wants a dark page, their
// fills and strokes are looked up by those colours and replaced.
import { COLOUR } from "../plot/svg.ts";
import { DARK, recoloured, ROLES } from "../plot/theme.ts";

function variables(colours: Readonly<Record<keyof typeof COLOUR, string>>): string {
  return ROLES.map((role) => `--${role}:${colours[role]}`).join(";");
}

const FIGURES = recoloured((role) => `var(--${role})`);

/** The page's style sheet; it asks for nothing from anywhere. */
export const STYLE: string = `:root{color-scheme:light dark;${variables(COLOUR)}}
@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}
@media print{:root{color-scheme:light;${variables(COLOUR)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 Inter,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:1040px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 8px}
h2{font-size:1.25rem;margin:40px 0 12px;padding-top:12px;border-top:1px solid var(--grid)}
h3{font-size:1rem;margin:24px 0 8px}
p{margin:8px 0}
.muted,figcaption,caption{color:var(--muted)}
.bad{color:var(--wrong);font-weight:600}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:2px solid var(--training)}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:4px 0}
th,td{padding:6px 12px 6px 0;text-align:right;border-bottom:1px solid var(--grid);overflow-wrap:normal}
th{font-weight:600}
th[scope=row],thead th:first-child{text-align:left}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,220px),1fr));gap:12px 24px;margin:12px 0}
dt{color:var(--muted);font-size:.875rem}
dd{margin:0}
pre{margin:0;padding:12px;border:1px solid var(--grid);font:14px/1.45 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap}
.curves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:16px}
.curves svg{display:block;width:100%;height:auto;max-width:560px}
.images{display:grid;grid-template-columns:repeat(auto-fill,minmax(104px,1fr));gap:16px;padding:0;margin:12px 0;list-style:none}
figure{margin:0}
.images img{display:block;width:100%;height:auto;image-rendering:pixelated;background:#fff;border:1px solid var(--axis)}
.images .wrong img{outline:2px solid var(--wrong)}
figcaption{font-size:.875rem;margin-top:4px}
.matrix th,.matrix td{min-width:31px;padding:5px 3px;font-size:.875rem;text-align:center;border:1px solid var(--grid)}
.matrix th[scope=row]{text-align:right}
.matrix .hit{background:color-mix(in srgb,var(--training) calc(100% * var(--share)),transparent);font-weight:600}
.matrix .miss{background:color-mix(in srgb,var(--wrong) calc(100% * var(--share)),transparent)}
${FIGURES}
`;
