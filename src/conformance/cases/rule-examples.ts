import { FRAME_RULES } from '../../protocol/rules.ts';
import type { ConformanceCase } from '../case.ts';
import { failureCase } from './forms.ts';

/**
 * The example of every rule that a client can break and whose breach a server can tell by itself.
 *
 * Those of the length forms are left out: some are headers without the payload, which a server may wait for.
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
