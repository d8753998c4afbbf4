import { type Certificate, selfSignedCertificate } from '../http2/certificate.ts';

/** A certificate for `localhost` and 127.0.0.1 that is signed by itself, made anew for each test. */
export function selfSigned(): Certificate {
  return selfSignedCertificate(['localhost', '127.0.0.1']);
}
