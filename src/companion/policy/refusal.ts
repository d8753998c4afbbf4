import type { Refusal } from '../../protocol/handshake/head/refusal.ts';

/** An answer other than 101. */
export interface HttpRefusal extends Pick<Refusal, 'httpStatus' | 'sentence' | 'headers'> {
  /** The name of the broken rule, of the protocol or of the companion. The log counts by it. */
  readonly rule: string;
}

/**
 * @param sentence the problem, and how to fix it
 * @param rule the name of the broken rule
 */
export function refusal(httpStatus: number, sentence: string, rule = `refused-${httpStatus}`): HttpRefusal {
  return { httpStatus, sentence, headers: [], rule };
}
