import { encodeText } from '../../../src/protocol/index.ts';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** An HTTP response with a body, as bytes. TCP ends after it. */
export function httpAnswer(status: string, contentType: string, body: string): Uint8Array {
  const bytes = encodeText(body);
  const head = [
    `HTTP/1.1 ${status}`,
    `Content-Type: ${contentType}; charset=utf-8`,
    `Content-Length: ${bytes.length}`,
    `Content-Security-Policy: ${CSP}`,
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: no-referrer',
    'Cache-Control: no-store',
    'Connection: close',
  ];
  const all = encodeText(`${head.join('\r\n')}\r\n\r\n`);
  const answer = new Uint8Array(all.length + bytes.length);
  answer.set(all);
  answer.set(bytes, all.length);
  return answer;
}
