// A page in a real browser, with everything noted that it must not do: errors on the console, requests, dialogs.
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer, { type Browser, type LaunchOptions, type Page } from "puppeteer-core";

/** What the reader's system prefers. */
export type Theme = "light" | "dark";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Starts browser `name`, the program at `path`, without a window, for a reader who prefers `theme`. */
export function launchBrowser(name: string, path: string, theme: Theme = "light"): Promise<Browser> {
  const dark = theme === "dark";
  const own: LaunchOptions =
    name === "Firefox"
      ? { browser: "firefox", extraPrefsFirefox: { "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1 } }
      : {
          browser: "chrome",
          // Containers have no sandbox to offer and little shared memory.
          args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", `--blink-settings=preferredColorScheme=${dark ? 0 : 1}`],
        };
  return puppeteer.launch({ ...own, executablePath: path, protocol: "webDriverBiDi", defaultViewport: null });
}

/** A page and what it did. */
export class WatchedPage {
  readonly page: Page;
  /** Errors on the console and uncaught ones, in the browser's words. */
  readonly errors: string[] = [];
  /** The address of every request, without those of `data:`. */
  readonly requests: string[] = [];
  /** What dialogs said: a page that runs foreign script shows one. */
  readonly dialogs: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("console", (message) => void (message.type() === "error" && this.errors.push(message.text())));
    page.on("pageerror", (error) => void this.errors.push(String(error)));
    page.on("request", (request) => void (request.url().startsWith("data:") || this.requests.push(request.url())));
    page.on("dialog", (dialog) => {
      this.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }

  /** Opens `url` in a new page of `browser`, `width` pixels wide; `script` runs in it before its own. */
  static async open(browser: Browser, url: string, width: number, script?: string): Promise<WatchedPage> {
    const watched = new WatchedPage(await browser.newPage());
    await watched.resize(width);
    if (script !== undefined) await watched.page.evaluateOnNewDocument(script);
    await watched.page.goto(url, { waitUntil: "domcontentloaded" });
    return watched;
  }

  /** Makes the window `width` pixels wide, and lets the page follow. */
  async resize(width: number): Promise<void> {
    await this.page.setViewport({ width, height: 900 }).catch((error: Error) => {
      // The width is set even so: this command comes beside it, and Firefox 140 doesn't have it.
      if (!error.message.includes("setScreenOrientationOverride")) throw error;
    });
    // Two frames: one for the layout to follow, one for what is drawn after it.
    await this.page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
  }

  /** The text of the element that `selector` finds first, empty where there is none. */
  async text(selector: string): Promise<string> {
    return (await this.page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent.trim() ?? ""`)) as string;
  }

  /** Resolves once the element that `selector` finds holds `text`; rejects with what it held after 10 s. */
  async waitFor(selector: string, text: string): Promise<void> {
    const until = performance.now() + 10_000;
    for (let held = await this.text(selector); !held.includes(text); held = await this.text(selector)) {
      if (performance.now() > until) throw new Error(`${selector} does not say "${text}" but "${held}"`);
      await sleep(20);
    }
  }

  /** What axe-core finds against the page's accessibility as it stands: rule and element, one a line. */
  async violations(): Promise<string[]> {
    // In the page's own world a strict content security policy has no say over what a driver evaluates.
    await this.page.evaluate(await readFile(AXE, "utf8"));
    const found = await this.page.evaluate("axe.run({ resultTypes: ['violations'] })");
    const { violations } = found as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  }

  /** Writes a picture of the whole page to `path`. */
  async picture(path: `${string}.png`): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path, fullPage: true });
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
