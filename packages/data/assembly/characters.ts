// The bytes that a plain number and a record of them are written with, beside the digits and the delimiter.

export const TAB: u32 = 9;
export const SPACE: u32 = 32;
export const PLUS: u32 = 43;
export const MINUS: u32 = 45;
export const DOT: u32 = 46;
export const ZERO: u32 = 48;
export const E: u32 = 101;
