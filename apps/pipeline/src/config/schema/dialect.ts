// How CSV files are written, where that is not to be found out.
import { z } from "zod";

/** The character between fields. */
export const delimiterSchema: z.ZodType<string> = z.string().regex(/^[^"\r\n\0\w.+\u0080-\uffff-]$/, "expected one character such as ;");

/** The character that makes a line a comment. */
export const commentSchema: z.ZodType<string> = z.string().regex(/^[^"\0\s\w.+\u0080-\uffff-]$/, "expected one character such as #");
