// What many parts of the config's schema are made of.
import { z } from "zod";

/** A path, or another text that is not empty. */
export const path: z.ZodString = z.string().min(1);
/** A whole number of at least `minimum`. */
export const integer = (minimum: number): z.ZodInt => z.int({ error: "expected an integer" }).min(minimum);
/** A column by its name, or its index from 0. */
export const column: z.ZodType<string | number> = z.union([z.string().min(1), integer(0)]);
/** A number above 0. */
export const positive: z.ZodNumber = z.number().positive();
