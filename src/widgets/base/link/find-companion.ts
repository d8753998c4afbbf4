import { parseHealth } from '../../../companion/health.ts';
import { HEALTH_PATH } from '../../../companion/paths.ts';

/** A companion on this machine answers at once; a host that takes longer has none. */
const PATIENCE_MS = 2000;

/** Whether the server that this page came from is the companion; else why not. */
export async function findCompanion(): Promise<{ readonly found: boolean; readonly why: string }> {
  try {
    const response = await fetch(HEALTH_PATH, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return { found: false, why: 'This page came from a web host without the companion.' };
    const health = parseHealth(await response.text());
    return 'health' in health ? { found: true, why: '' } : { found: false, why: `${HEALTH_PATH}: ${health.problem}.` };
  } catch {
    return { found: false, why: 'The server that this page came from does not answer.' };
  }
}
