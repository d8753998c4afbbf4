import { type LookupAddress, type LookupAllOptions, lookup as lookupBySystem } from 'node:dns';
import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { NOT_LOOPBACK } from '../socket/dial-error.ts';
import { mayDial, notLoopback, type ProxyTarget } from './target.ts';

/** Resolves a name to all of its addresses. */
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
  answer: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Starts a connection to the target. It emits `connect`, or with TLS `secureConnect`, when bytes can pass, or `error`.
 *
 * @param insecure whether to accept any certificate
 * @param lookup resolves names; by default the system does
 */
export function dial(target: ProxyTarget, insecure: boolean, lookup?: Lookup): Socket {
  const { hostname, port, isTls } = target;
  const to = { host: hostname, port, noDelay: true, allowHalfOpen: true, lookup: guardedLookup(target, lookup) };
  if (!isTls) return connectTcp(to);
  const isName = !/^[\d.]+$|:/.test(hostname);
  return connectTls({
    ...to,
    ...(isName && { servername: hostname }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !insecure,
  });
}

/** Resolves a name at each connection, and only to addresses that may be dialed: a name can change its meaning. */
function guardedLookup(target: ProxyTarget, lookup: Lookup = lookupBySystem): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 4);
        return;
      }
      const allowed = addresses.filter(({ address }) => mayDial(address, target));
      const [first] = allowed;
      if (first === undefined) {
        const name = `${hostname} resolves to ${addresses[0]?.address ?? 'nothing'}, which`;
        callback(Object.assign(new Error(notLoopback(name)), { code: NOT_LOOPBACK }), '', 4);
      } else if (options.all) (callback as (error: null, all: typeof allowed) => void)(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
