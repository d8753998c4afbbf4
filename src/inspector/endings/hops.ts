import { headerValues, type ResponseHead } from '../../protocol/handshake/head/head.ts';
import { quote } from '../../protocol/handshake/head/refusal.ts';

/** Headers that a known program or service adds to what passes through it. */
const MARKS: readonly (readonly [header: string, hop: string])[] = [
  ['CF-Ray', 'Cloudflare'],
  ['X-Amz-Cf-Id', 'Amazon CloudFront'],
  ['X-Amzn-Trace-Id', 'an AWS load balancer'],
  ['X-Amzn-RequestId', 'AWS API Gateway'],
  ['X-Azure-Ref', 'Azure Front Door'],
  ['Fly-Request-Id', 'Fly.io'],
  ['X-Vercel-Id', 'Vercel'],
  ['X-Envoy-Upstream-Service-Time', 'Envoy'],
  ['X-Varnish', 'Varnish'],
  ['X-Served-By', 'a cache, such as Fastly'],
];

/**
 * Names the programs between, as far as the head names them. Each can copy, change or invent these headers, so the
 * sentences say only what the head says.
 */
export function nameHops(head: ResponseHead): string[] {
  const [server] = headerValues(head, 'Server');
  const via = headerValues(head, 'Via').join(', ');
  const marks = MARKS.filter(([header]) => headerValues(head, header).length > 0);
  return [
    ...(server === undefined ? [] : [`Its Server header is ${quote(server)}.`]),
    ...(via === '' ? [] : [`It came through a proxy: Via is ${quote(via)}.`]),
    ...marks.map(([header, hop]) => `The header ${header} is one that ${hop} adds.`),
  ];
}
