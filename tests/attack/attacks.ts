import type { Attack } from './attack.ts';
import { LAB_ATTACKS } from './lab-attacks.ts';
import { MEMORY_ATTACKS } from './memory-attacks.ts';
import { REQUEST_ATTACKS } from './request-attacks.ts';

/** All that was tried on the server. A row is added where it belongs; the test and the table have it then. */
export const ATTACKS: readonly Attack[] = [...REQUEST_ATTACKS, ...MEMORY_ATTACKS, ...LAB_ATTACKS];
