export { plotSink as default, type PlotOptions } from "./plugin.ts";
export { type FigureName, type FigureSettings, RunFigures } from "./RunFigures.ts";
