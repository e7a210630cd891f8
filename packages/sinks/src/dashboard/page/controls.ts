// The buttons that let training rest, go on and end. They are on the page only where the run can be controlled.

/** Pause, which is "Go on" while training rests, and Stop. */
export class Controls {
  readonly #session: string;
  readonly #pause = document.querySelector<HTMLButtonElement>("#pause");
  readonly #stop = document.querySelector<HTMLButtonElement>("#stop");
  #paused = false;
  #stopping = false;

  /** `stopping` is called once a stop was asked for and granted. */
  constructor(session: string, stopping: () => void) {
    this.#session = session;
    this.#pause?.addEventListener("click", () => void this.#ask(this.#paused ? "resume" : "pause"));
    this.#stop?.addEventListener("click", () => void this.#askToStop(stopping));
  }

  /** Shows what can be asked for. */
  show({ paused, usable }: { readonly paused: boolean; readonly usable: boolean }): void {
    this.#paused = paused;
    if (!this.#pause || !this.#stop) return;
    this.#pause.textContent = paused ? "Go on" : "Pause";
    this.#pause.disabled = this.#stop.disabled = !usable || this.#stopping;
  }

  async #askToStop(stopping: () => void): Promise<void> {
    if (!(await this.#ask("stop"))) return;
    this.#stopping = true;
    this.show({ paused: false, usable: false });
    stopping();
  }

  async #ask(action: "pause" | "resume" | "stop"): Promise<boolean> {
    try {
      return (await fetch(`/${action}`, { method: "POST", headers: { "x-dashboard-session": this.#session } })).ok;
    } catch {
      // The stream of events has broken too, and says so.
      return false;
    }
  }
}
