// What a sink threw, as a line. It may be anything: no Error, one that can't be turned into text, or a book.

// Longer than what is shown, so that no secret is cut before it is found.
const LONGEST = 100_000;

/** A line for whatever was thrown. */
export function failureText(thrown: unknown): string {
  let text: string;
  try {
    text = thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    text = "it threw what can't be shown";
  }
  if (typeof text !== "string" || text.trim() === "") text = "it threw without a message";
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
