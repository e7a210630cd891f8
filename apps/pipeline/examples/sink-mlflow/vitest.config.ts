export { default } from "@downhill/vitest";
