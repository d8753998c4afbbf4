import { checkRequest } from '../../protocol/handshake/check-request.ts';
import { REQUEST_RULES } from '../../protocol/handshake/request-rules.ts';
import { refuseRequest } from '../../protocol/handshake/respond.ts';
import { HANDSHAKE_EXAMPLES } from '../../protocol/handshake/rule-examples.ts';
import { HANDSHAKE_REQUIREMENTS } from '../../protocol/handshake/rule-requirements.ts';
import { readRequest } from './example-handshake.ts';

/** A requirement on the request, and the answer to a request that does not keep it. */
export interface RefusalRow {
  readonly requirement: string;
  readonly section: string;
  /** `426 Upgrade Required` */
  readonly status: string;
  /** The header lines that the answer must have. */
  readonly headerLines: readonly string[];
}

/**
 * Every rule about a request, with the answer that our server gives to the rule's example, in the order in which the
 * server checks them.
 */
export const REFUSALS: readonly RefusalRow[] = REQUEST_RULES.map(({ name, section }) => {
  const checked = checkRequest(readRequest(HANDSHAKE_EXAMPLES[name]));
  if (!('refusal' in checked)) throw new Error(`The example of the rule ${name} is accepted.`);
  const { refusal } = checked;
  const { httpStatus, reasonPhrase } = refuseRequest(refusal).head;
  return {
    requirement: HANDSHAKE_REQUIREMENTS[name],
    section,
    status: `${httpStatus} ${reasonPhrase}`,
    headerLines: refusal.headers.map((header) => `${header.name}: ${header.value}`),
  };
});
