import { decodeLatin1 } from '../../../../text/latin1.ts';
import type { Cause } from '../../cause.ts';
import { isHttp2, isTls } from '../../first-bytes.ts';
import { sayText } from '../../words.ts';

export const tlsOnPlainPort: Cause = {
  name: 'tls-on-plain-port',
  title: 'wss:// to a port without TLS',
  group: 'never-opened',
  symptom:
    'A wss:// address fails at once. Chromium says ERR_SSL_PROTOCOL_ERROR, and Node says "wrong version number".',
  why: 'The client starts with a TLS handshake, which the server reads as a broken HTTP request.',
  evidence: 'The client’s first bytes are 16 03: the beginning of TLS. What comes back is not TLS.',
  fix: 'Use ws:// for this port, or put TLS on it. In a page from https://, ws:// is blocked except to localhost: there the port needs TLS.',
  find({ opened, request, response }) {
    if (opened || !isTls(request) || isTls(response) || response.kind === 'none') return undefined;
    return {
      evidence: 'The client began with TLS (16 03), and the answer is not TLS.',
      likely: 'The address begins with wss://, but the port speaks plain HTTP.',
    };
  },
};

export const plainOnTlsPort: Cause = {
  name: 'plain-on-tls-port',
  title: 'ws:// to a port with TLS',
  group: 'never-opened',
  symptom: 'A ws:// address fails: no answer, an empty answer, or a 400.',
  why: 'The client sends plain HTTP to a server that expects TLS. nginx and Go answer with a 400 that says so. Others send a TLS alert, or end TCP.',
  evidence: 'A plain request, then a TLS alert (15 03); or a 400 whose body names HTTPS.',
  fix: 'Use wss:// for this port.',
  find({ opened, request, response }) {
    if (opened || request.kind !== 'head') return undefined;
    if (!isTls(response)) return undefined;
    return {
      evidence: 'The client sent a plain request, and the answer is a TLS record (15 03 or 16 03).',
      likely: 'The address begins with ws://, but the port speaks TLS.',
    };
  },
};

export const http2Spoken: Cause = {
  name: 'http2-spoken',
  title: 'HTTP/2 where HTTP/1.1 was meant',
  group: 'never-opened',
  symptom: 'The handshake fails with a parse error, and a proxy or a load balancer with HTTP/2 is in between.',
  why: 'Upgrade exists only in HTTP/1.1. In HTTP/2, a client opens a WebSocket with the extended CONNECT of RFC 8441, which the server must offer. So it fails if a client or a proxy chooses h2 with ALPN and the server does not expect that.',
  evidence: 'The bytes begin with PRI * HTTP/2.0, or with a SETTINGS or GOAWAY frame of HTTP/2.',
  fix: 'Let the client offer only http/1.1 in ALPN, and let the proxy speak HTTP/1.1 to the server (proxy_http_version 1.1).',
  find({ opened, request, response }) {
    if (opened) return undefined;
    if (isHttp2(response)) {
      return {
        evidence: 'The server answered with a frame of HTTP/2.',
        likely: 'The port speaks HTTP/2 only, and the request was HTTP/1.1.',
      };
    }
    if (!isHttp2(request)) return undefined;
    return {
      evidence: 'The client began with the preface of HTTP/2, PRI * HTTP/2.0.',
      likely: 'The client speaks HTTP/2 to a port whose server expects HTTP/1.1.',
    };
  },
};

export const otherProtocol: Cause = {
  name: 'other-protocol',
  title: 'The port speaks another protocol',
  group: 'never-opened',
  symptom: 'The handshake fails with a parse error, and the answer looks like a greeting.',
  why: 'The address has the port of another service, such as SSH, SMTP, Redis or a database. Many of them send a greeting before they get a request.',
  evidence: 'The answer does not begin with HTTP/.',
  fix: 'Check the port, and which program listens on it.',
  find({ opened, request, response, client, server }) {
    if (opened || request.kind !== 'head' || response.kind !== 'other' || isTls(response) || isHttp2(response))
      return undefined;
    const text = decodeLatin1(response.bytes.subarray(0, 60));
    if (/^HTTP\/\d/.test(text)) return undefined;
    const first =
      server.firstByteMs !== undefined && client.firstByteMs !== undefined && server.firstByteMs < client.firstByteMs;
    return {
      evidence: `The server ${first ? 'sent bytes before the request' : 'answered with bytes'} that are not HTTP: ${sayText(text)}.`,
      likely: 'Another service listens on this port.',
    };
  },
};
