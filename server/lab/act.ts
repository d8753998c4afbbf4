import { ActingEndpoint } from '../../src/companion/lab/acting-endpoint.ts';
import { findAct, type LabAct } from '../../src/companion/lab/acts.ts';
import { ACT_PARAMETER, DETAIL_PARAMETERS } from '../../src/companion/lab.ts';
import type { ServerOptions } from '../../src/protocol/endpoint/endpoint.ts';
import type { RequestHead } from '../../src/protocol/handshake/head.ts';
import { parseTarget } from '../../src/protocol/handshake/request-line-checks.ts';
import { type HttpRefusal, refusal } from '../opening/admission.ts';
import type { UpgradeRequest } from '../request/upgrade-request.ts';

export { ACT_CLOSING_TIMEOUT_MS } from '../../src/companion/lab.ts';

/** Why a request for an act cannot be granted: there is none of that name. */
export function admitAct({ head }: UpgradeRequest): HttpRefusal | undefined {
  const asked = actOf(head);
  return asked !== undefined && 'problem' in asked ? refusal(400, asked.problem, 'no-such-act') : undefined;
}

/** The server's end of a connection to the lab. */
export function createActingEndpoint(request: RequestHead, options: ServerOptions): ActingEndpoint {
  const asked = actOf(request);
  return new ActingEndpoint(options, asked !== undefined && 'act' in asked ? asked.act : undefined);
}

/** @returns undefined where the request names no act */
function actOf({ target }: RequestHead): { readonly act: LabAct } | { readonly problem: string } | undefined {
  const query = new URLSearchParams(parseTarget(target)?.query ?? '');
  const name = query.get(ACT_PARAMETER);
  if (name === null) return undefined;
  const details = DETAIL_PARAMETERS.flatMap((parameter) => query.get(parameter) ?? []);
  return findAct(name, details.join(''));
}
