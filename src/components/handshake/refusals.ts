import type { Refusal } from '../../protocol/handshake/head/refusal.ts';
import { checkRequest } from '../../protocol/handshake/request/check-request.ts';
import { REQUEST_RULES } from '../../protocol/handshake/request/rules.ts';
import { refuseRequest } from '../../protocol/handshake/response/respond.ts';
import type { HandshakeRule } from '../../protocol/rule.ts';
import { readRequest } from './example-handshake.ts';

/** A requirement on the request, and the answer to a request that breaks it. */
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
export const REFUSALS: readonly RefusalRow[] = Object.values<HandshakeRule>(REQUEST_RULES).map((rule) => {
  const checked = checkRequest(readRequest(rule.example));
  if (!('refusal' in checked)) throw new Error(`The example of the rule ${rule.name} is accepted.`);
  return rowOf(rule, checked.refusal);
});

function rowOf({ requirement, section }: HandshakeRule, refusal: Refusal): RefusalRow {
  const { httpStatus, reasonPhrase } = refuseRequest(refusal).head;
  return {
    requirement,
    section,
    status: `${httpStatus} ${reasonPhrase}`,
    headerLines: refusal.headers.map((header) => `${header.name}: ${header.value}`),
  };
}
