// The page's look: the report's, light and dark, and what only a live page has: its head, tiles, charts.
import { STYLE as REPORT } from "../report/style.ts";

/** The page's style sheet. */
export const STYLE: string = `${REPORT}
main{max-width:1320px;padding-top:20px}
header{display:grid;grid-template-columns:1fr auto;gap:4px 16px;align-items:start}
header h1{margin:0 0 2px}
header p{margin:0}
#status{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:2px 10px;align-items:baseline;font-weight:600}
#status p+p{flex-basis:100%}
#status::before{content:"";flex:none;width:.625rem;height:.625rem;border-radius:50%;background:var(--mood)}
#status{--mood:var(--axis)}
#status[data-mood=training]{--mood:var(--training)}
#status[data-mood=paused],#status[data-mood=lost]{--mood:var(--validation)}
#status[data-mood=bad]{--mood:var(--wrong)}
.controls{display:flex;gap:8px}
button{font:inherit;font-size:.875rem;font-weight:600;color:var(--ink);background:transparent;border:1px solid var(--axis);border-radius:6px;padding:5px 14px;cursor:pointer}
button:hover:enabled{border-color:var(--ink)}
button:disabled{color:var(--muted);border-style:dashed;cursor:default}
button:focus-visible{outline:2px solid var(--training);outline-offset:2px}
button[aria-pressed=true]{background:var(--ink);border-color:var(--ink);color:var(--page)}
.progress{margin:20px 0 16px}
.progress p{margin:6px 0 0;color:var(--muted);font-variant-numeric:tabular-nums}
progress{appearance:none;display:block;width:100%;height:6px;border:0;border-radius:3px;overflow:hidden;background:var(--grid);color:var(--training)}
progress::-webkit-progress-bar{background:var(--grid)}
progress::-webkit-progress-value{background:var(--training)}
progress::-moz-progress-bar{background:var(--training)}
.tiles{display:flex;flex-wrap:wrap;gap:1px;margin:0;background:var(--grid);border:1px solid var(--grid);border-radius:8px;overflow:hidden}
.tiles div{flex:1 1 144px;padding:12px 16px;background:var(--page)}
.tiles dd{font-variant-numeric:tabular-nums;overflow-wrap:normal}
.tiles .value{font-size:1.5rem;line-height:1.25;font-weight:600}
.tiles .beside{color:var(--muted);font-size:.875rem;min-height:1.5em}
.charts{display:grid;gap:28px 40px;margin-top:28px}
.chart{min-width:0;overflow:hidden}
.chart:not(:has(.plot)){display:none}
.chart .head{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;min-height:36px}
.chart .head .muted{font-size:.875rem;font-variant-numeric:tabular-nums}
.chart h2{font-size:1.0625rem;margin:0;padding:0;border:0}
.chart button{margin-left:auto;padding:2px 10px;font-size:.8125rem}
.legend{display:flex;flex-wrap:wrap;gap:0 18px;margin:0;padding:0;list-style:none;font-size:.875rem;color:var(--muted);font-variant-numeric:tabular-nums}
.legend b{color:var(--ink);font-weight:600}
.legend li::before{content:"";display:inline-block;width:22px;margin-right:8px;vertical-align:middle;border-top:2.5px solid var(--training)}
.legend .validation::before{border-top:2.5px dashed var(--validation)}
.plot{margin-top:4px}
.uplot,.uplot .u-over{font:12px Inter,"Helvetica Neue",Arial,sans-serif}
.u-hz .u-cursor-x,.u-vt .u-cursor-y{border-color:var(--muted)}
.parts{display:grid;grid-template-columns:minmax(0,1fr);gap:0 40px}
.parts>div:empty{display:none}
.parts .images{grid-template-columns:repeat(auto-fill,minmax(84px,1fr));gap:14px}
@media(min-width:760px){.charts{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media(min-width:1080px){.charts[data-count="3"]{grid-template-columns:repeat(3,minmax(0,1fr))}}
@media(min-width:900px){.parts{grid-template-columns:repeat(2,minmax(0,1fr))}.parts>#predictions,.parts>#warnings{grid-column:1/-1}#predictions .images{grid-template-columns:repeat(auto-fill,minmax(92px,1fr))}}
@media(max-width:480px){.tiles div{padding:10px 12px}.tiles .value{font-size:1.25rem}header{grid-template-columns:1fr}}
`;
