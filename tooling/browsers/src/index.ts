export { BROWSERS, findBrowser } from "./findBrowser.ts";
export { launchBrowser, type Theme, WatchedPage } from "./WatchedPage.ts";
