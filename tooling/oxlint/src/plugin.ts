// oxlint's plugin `downhill`, named in the root's .oxlintrc.json.
import { exactPowers, type Rule } from "./exactPowers.ts";

interface Plugin {
  readonly meta: { readonly name: string };
  readonly rules: Readonly<Record<string, Rule>>;
}

const plugin: Plugin = { meta: { name: "downhill" }, rules: { "exact-powers": exactPowers } };

export default plugin;
