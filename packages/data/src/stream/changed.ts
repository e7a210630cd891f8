import { DataError } from "../DataError.ts";

/** That a file is another than it was when it was first read. */
export function changed(file: string, how = ""): DataError {
  return new DataError(`has changed since it was first read${how}; streamed files must stay as they are until training ends`, { file });
}
