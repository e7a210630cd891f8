// The line that says what the run does, read out when it changes, which is seldom; and the buttons, which depend on it.
import { Controls } from "./controls.ts";

/** The state of run and connection, in words. */
export class Status {
  readonly #place: HTMLElement;
  readonly #controls: Controls;
  #paused = false;
  #connected = false;
  #ended = false;

  constructor(place: HTMLElement, session: string) {
    this.#place = place;
    this.#controls = new Controls(session, () => this.#say("Stopping after the batch under way", "paused"));
  }

  /** The run rests, or goes on. */
  paused(paused: boolean): void {
    this.#paused = paused;
    this.#tell();
  }

  /** The connection is there, or not. */
  connected(connected: boolean): void {
    this.#connected = connected;
    this.#tell();
  }

  /** The run has ended, as `html` says. */
  ended(html: string): void {
    this.#ended = true;
    this.#controls.show({ paused: false, usable: false });
    this.#place.innerHTML = html;
    this.#place.dataset["mood"] = this.#place.querySelector(".bad") ? "bad" : "done";
  }

  /** Nobody will say any more. */
  left(): void {
    this.#controls.show({ paused: false, usable: false });
    if (!this.#ended) this.#say("The page's server has closed; what is shown stays as it is", "lost");
    this.#ended = true;
  }

  #tell(): void {
    if (this.#ended) return;
    this.#controls.show({ paused: this.#paused, usable: this.#connected });
    if (!this.#connected) this.#say("Connection lost, trying again", "lost");
    else if (this.#paused) this.#say("Paused", "paused");
    else this.#say("Training", "training");
  }

  #say(text: string, mood: string): void {
    this.#place.dataset["mood"] = mood;
    // The same words again would be read out again.
    if (this.#place.textContent === text) return;
    const line = document.createElement("p");
    line.textContent = text;
    this.#place.replaceChildren(line);
  }
}
