import { CLOSING_RULES } from './closing/rules.ts';
import { FRAMING_RULES } from './framing/rules.ts';
import { MESSAGE_RULES } from './messages/rules.ts';
import type { FrameRule } from './rule.ts';

/** Every rule about the bytes on an open connection: in one header, between frames, and in a close body. */
export const FRAME_RULES: readonly FrameRule[] = [FRAMING_RULES, MESSAGE_RULES, CLOSING_RULES].flatMap((table) =>
  Object.values<FrameRule>(table),
);

const byName = new Map(FRAME_RULES.map((rule) => [rule.name, rule]));

/** The rule that a violation names; undefined if no rule has that name. */
export function ruleNamed(name: string): FrameRule | undefined {
  return byName.get(name);
}
