/** The code of an error: the name belongs to another machine, and that is not allowed. */
export const NOT_LOOPBACK = 'ENOTLOOPBACK';

/** What a connection was to be opened to. */
export interface Dialed {
  readonly hostname: string;
  readonly port: number;
  readonly isTls: boolean;
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
export function explainDialError(error: NodeJS.ErrnoException, target: Dialed): string {
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
