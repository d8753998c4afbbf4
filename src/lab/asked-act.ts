import { ACT_PARAMETER, DETAIL_PARAMETERS } from '../companion/lab/addresses.ts';
import { type HttpRefusal, refusal } from '../companion/policy/refusal.ts';
import type { ServerOptions } from '../protocol/endpoint/endpoint.ts';
import type { LabAct } from './act.ts';
import { ActingServer } from './acting-server.ts';
import { findAct } from './acts.ts';

/** A request to the lab. Only its query matters here. */
interface LabRequest {
  readonly query: string;
}

/** Refuses a request for an act that does not exist. */
export function checkAct({ query }: LabRequest): HttpRefusal | undefined {
  const asked = askedAct(query);
  return asked !== undefined && 'problem' in asked ? refusal(400, asked.problem, 'no-such-act') : undefined;
}

/** Creates the server's end of a connection to the lab. It does the act in the query, or waits for orders. */
export function createActingServer({ query }: LabRequest, options: ServerOptions): ActingServer {
  const asked = askedAct(query);
  return new ActingServer(options, asked !== undefined && 'act' in asked ? asked.act : undefined);
}

/** @returns undefined if the query names no act */
function askedAct(query: string): { readonly act: LabAct } | { readonly problem: string } | undefined {
  const parameters = new URLSearchParams(query);
  const name = parameters.get(ACT_PARAMETER);
  if (name === null) return undefined;
  const details = DETAIL_PARAMETERS.flatMap((parameter) => parameters.get(parameter) ?? []);
  return findAct(name, details.join(''));
}
