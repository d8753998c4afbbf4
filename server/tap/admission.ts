import { type HttpRefusal, refusal } from '../opening/admission.ts';
import type { Listening } from '../request/listening.ts';
import { hostName, isLoopbackName } from '../request/origin.ts';
import type { UpgradeRequest } from '../request/upgrade-request.ts';

/**
 * Who may open a tap. A page whose own name was made to lead to this machine has the right Origin in
 * a browser's eyes, but it cannot hide that name from the Host header; and without a token a tap
 * shows everybody's traffic, so it is for this machine alone.
 */
export function admitTap(request: UpgradeRequest, listening: Listening): HttpRefusal | undefined {
  const refused = refuseOtherName(request, listening);
  if (refused !== undefined) return refused;
  if (request.watchToken === undefined && !listening.loopbackOnly) {
    return refusal(
      403,
      'A tap of all connections is open only while the server listens on loopback. Send a watch token.',
      'tap-without-token',
    );
  }
  return undefined;
}

/** What shows traffic, or makes some, is opened under the server's own name only. */
export function refuseOtherName(request: UpgradeRequest, { host }: Listening): HttpRefusal | undefined {
  const name = hostName(request.host);
  if (isLoopbackName(name) || name === host) return undefined;
  return refusal(
    403,
    `A tap is opened under the server's own name, such as localhost, and the Host header has another; so is the lab.`,
    'other-name',
  );
}
