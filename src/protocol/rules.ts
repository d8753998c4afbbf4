import { CLOSING_RULES } from './closing/rules.ts';
import { FRAMING_RULES } from './framing/rules.ts';
import { MESSAGE_RULES } from './messages/rules.ts';
import type { Rule } from './violation.ts';

/** Every rule about what a peer sends once the connection is open: one header, one message, one close body. */
export const RULES: readonly Rule[] = [FRAMING_RULES, MESSAGE_RULES, CLOSING_RULES].flatMap((table) =>
  Object.values<Rule>(table),
);

const byName = new Map(RULES.map((rule) => [rule.name, rule]));

/** The rule that a violation names; undefined for a name that no rule has. */
export function ruleNamed(name: string): Rule | undefined {
  return byName.get(name);
}
