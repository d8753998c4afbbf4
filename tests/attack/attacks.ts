import type { Attack } from './attack.ts';
import { MEMORY_ATTACKS } from './memory-attacks.ts';

/** All that was tried on the server. A row is added where it belongs; the test and the table have it then. */
export const ATTACKS: readonly Attack[] = [...MEMORY_ATTACKS];
