import { type LookupAddress, type LookupAllOptions, lookup as lookupBySystem } from 'node:dns';
import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { mayDial, notLoopback, type ProxyTarget } from './target.ts';

/** The connection to the target could not be opened. */
export const NOT_LOOPBACK = 'ENOTLOOPBACK';

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

const CERTIFICATE_PROBLEMS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed: nobody that this machine trusts has signed it',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate was signed by an authority that this machine does not trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the authority that signed its certificate is unknown here, or the server does not send the certificates in between',
  UNABLE_TO_GET_ISSUER_CERT: 'the authority that signed its certificate is unknown here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the authority that signed its certificate is unknown here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; is the clock of this machine right?',
  CERT_REVOKED: 'its certificate was revoked',
};
const TLS_REMEDY =
  'Make this machine trust the certificate (NODE_EXTRA_CA_CERTS=file.pem), or add --insecure to accept any certificate.';

/** Explains in one or two sentences why the target could not be reached, and what to do. */
export function explainDialError(error: NodeJS.ErrnoException, target: ProxyTarget): string {
  const { code = '' } = error;
  const place = `${target.hostname} port ${target.port}`;
  const certificate = CERTIFICATE_PROBLEMS[code];
  if (certificate !== undefined) return `${place} cannot be trusted: ${certificate}. ${TLS_REMEDY}`;
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${place}. Start the server, or give the address where it listens.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name ${target.hostname} does not resolve. Check the address.`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${place} does not answer (${code}). Check the address, the network and the firewall.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `${place} has a certificate for another name: ${error.message} ${TLS_REMEDY}`;
    case NOT_LOOPBACK:
      return error.message;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `${place} does not speak TLS as expected (${code}). If it has no TLS, give a ws:// address.`;
    case 'ECONNRESET':
      return `${place} ended the connection before it was open. ${target.isTls ? 'If it has no TLS, give a ws:// address.' : 'Look into its log.'}`;
    default:
      if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS'))
        return `TLS with ${place} failed: ${error.message} (${code}).`;
      return `${place} cannot be reached: ${error.message}`;
  }
}
