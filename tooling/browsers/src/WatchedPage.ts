// A page in a real browser, with everything noted that it must not do: errors on the console, requests, dialogs.
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

/** What the reader's system prefers. */
export type Theme = "light" | "dark";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Starts browser `name`, the program at `path`, without a window. Both speak WebDriver BiDi. */
export function launchBrowser(name: string, path: string): Promise<Browser> {
  return puppeteer.launch({
    browser: name === "Firefox" ? "firefox" : "chrome",
    executablePath: path,
    protocol: "webDriverBiDi",
    // Containers have no sandbox to offer and little shared memory.
    args: name === "Firefox" ? [] : ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
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

  /** Opens `url` in a new page of `browser`, `width` pixels wide. */
  static async open(browser: Browser, url: string, width: number): Promise<WatchedPage> {
    const watched = new WatchedPage(await browser.newPage());
    await watched.page.setViewport({ width, height: 900 });
    await watched.page.goto(url, { waitUntil: "domcontentloaded" });
    return watched;
  }

  /** What axe-core finds against the page's accessibility as it stands: rule and element, one a line. */
  async violations(): Promise<string[]> {
    // In the page's own world a strict content security policy has no say over what a driver evaluates.
    await this.page.evaluate(await readFile(AXE, "utf8"));
    const found = await this.page.evaluate("axe.run()");
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
