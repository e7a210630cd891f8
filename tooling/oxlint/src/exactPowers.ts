// The rule `exact-powers`: no `**` but powers of two and of bigints. Engines may round any other power differently,
// and the same seed must give the same bits in all of them.

/** A node of ESTree, as far as the rule looks at it. */
interface Node {
  readonly type: string;
  readonly operator?: string;
  readonly left?: Node;
  readonly right?: Node;
  readonly argument?: Node;
  readonly value?: unknown;
}

/** What oxlint calls a rule's visitors with. */
interface Context {
  report(problem: { readonly node: Node; readonly message: string }): void;
}

/** A rule as oxlint takes it. */
export interface Rule {
  create(context: Context): Readonly<Record<string, (node: Node) => void>>;
}

const message = "engines differ in `**`: write a product, or a literal power of two";

/** Allows `2 ** n` with a literal integer n and `10n ** n`; reports every other `**` and `**=`. */
export const exactPowers: Rule = {
  create: (context) => ({
    BinaryExpression(node) {
      if (node.operator === "**" && !isExact(node)) context.report({ node, message });
    },
    AssignmentExpression(node) {
      if (node.operator === "**=") context.report({ node, message });
    },
  }),
};

function isExact({ left, right }: Node): boolean {
  if (typeof left?.value === "bigint") return true;
  const exponent = right?.type === "UnaryExpression" ? right.argument : right;
  return left?.value === 2 && Number.isInteger(exponent?.value);
}
