import { expect, test } from 'vitest';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { parseRequestHead } from '../../protocol/handshake/head/parse-head.ts';
import { encodeText } from '../../text/utf8.ts';
import { admit, type PathPolicy, type Policy } from './admit.ts';
import { upgradeRequestOf } from './upgrade-request.ts';

/** A path that counts how often its own check is asked. */
function spiedPath() {
  const asked = { times: 0 };
  const checkDetails: PathPolicy['checkDetails'] = () => {
    asked.times++;
    return undefined;
  };
  const policy: Policy = {
    routes: new Map([['/here', { checkDetails }]]),
    allowedOrigins: [],
    taps: true,
    listening: () => ({ host: 'localhost', loopbackOnly: true }),
  };
  return { asked, policy };
}

function requestOf(...lines: string[]) {
  const parsed = parseRequestHead(encodeText(`${lines.join('\r\n')}\r\n\r\n`));
  if (parsed.kind !== 'complete') throw new Error(parsed.kind);
  return upgradeRequestOf(parsed.head);
}

const UPGRADE = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Key: ${EXAMPLE_KEY}`];

test('the details of a request are looked at only if it asks for an upgrade, and rightly', () => {
  const { asked, policy } = spiedPath();
  const first = ['GET /here?x=1 HTTP/1.1', 'Host: localhost'];
  for (const lines of [[], UPGRADE.slice(0, 1), UPGRADE]) {
    expect(admit(requestOf(...first, ...lines), policy)).toHaveProperty('refused');
    expect(asked.times).toBe(0);
  }
  expect(admit(requestOf(...first, ...UPGRADE, 'Sec-WebSocket-Version: 13'), policy)).toHaveProperty('route');
  expect(asked.times).toBe(1);
});

test('a malformed target names no path: the protocol’s own rule refuses it', () => {
  const { policy } = spiedPath();
  const admitted = admit(requestOf('GET /here#part HTTP/1.1', 'Host: localhost', ...UPGRADE), policy);
  expect(admitted).toMatchObject({ refused: { httpStatus: 400, rule: 'malformed-target' } });
});
