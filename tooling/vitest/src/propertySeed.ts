// Property tests draw the same cases in every build, so that a change fails by what it changed and by nothing else.
// `DOWNHILL_PROPERTY_SEED=7 pnpm test` draws others: what a soak does, and where new counterexamples are found.
import { configureGlobal } from "fast-check";

configureGlobal({ seed: Number(process.env.DOWNHILL_PROPERTY_SEED ?? 1) });
