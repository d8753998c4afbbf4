import type { TLSSocket } from 'node:tls';
import { quote } from '../../src/protocol/handshake/head/refusal.ts';

const REASONS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'It is signed by itself, so no program trusts it without being told to.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The root of its chain is not one that this machine trusts.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The server does not send the certificate between its own and the root. Configure the full chain.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'Its issuer is unknown here: a private authority, or a chain that is not complete.',
  CERT_HAS_EXPIRED: 'It has expired. Renew it.',
  CERT_NOT_YET_VALID: 'It is not valid yet. Check the clocks.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'It is for another name. Use a name that it lists, or a certificate with this name.',
};

/** The certificate as lines, and why programs refuse it, if they do. */
export function describeCertificate(socket: TLSSocket): {
  readonly problem: string | undefined;
  readonly details: string[];
} {
  const certificate = socket.getPeerCertificate();
  const details = [
    `${socket.getProtocol() ?? 'TLS'}, ${socket.getCipher().name}`,
    `ALPN: ${socket.alpnProtocol === false || socket.alpnProtocol === null ? 'nothing agreed' : socket.alpnProtocol}`,
    ...(certificate.subject === undefined
      ? []
      : [
          `certificate for ${quote(String(certificate.subject.CN ?? ''))}, names ${quote(certificate.subjectaltname ?? 'none')}`,
          `issued by ${quote(String(certificate.issuer?.CN ?? ''))}, valid until ${certificate.valid_to}`,
        ]),
  ];
  if (socket.authorized) return { problem: undefined, details };
  const code = String((socket.authorizationError as { code?: string } | undefined)?.code ?? socket.authorizationError);
  return { problem: REASONS[code] ?? `It is refused with ${code}.`, details: [...details, `refused: ${code}`] };
}
