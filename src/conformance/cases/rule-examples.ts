import { FRAME_RULES } from '../../protocol/rules.ts';
import type { ConformanceCase } from '../case.ts';
import { failureCase } from './forms.ts';

/**
 * The example of every rule that a client can break and that a server can check by itself.
 *
 * The rules about length forms are left out: some of their examples are headers without a payload, for which a server
 * may wait.
 */
export const RULE_EXAMPLES: readonly ConformanceCase[] = FRAME_RULES.filter(
  ({ brokenBy, limits, name }) =>
    brokenBy !== 'server' &&
    limits === undefined &&
    name !== 'data-frame-after-close' &&
    name !== 'close-code-from-5000' &&
    !name.startsWith('length-'),
).map(({ name, section, statusCode, example }) =>
  failureCase(
    { id: `${section}-example-${name}`, title: `The example of the rule ${name}`, rule: name },
    { items: [{ type: 'bytes', hex: example, meaning: 'bytes that break the rule' }] },
    { allowedCodes: statusCode === 1007 && section === '5.5.1' ? [1002] : [] },
  ),
);
