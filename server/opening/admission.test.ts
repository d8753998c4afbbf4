import { expect, test } from 'vitest';
import { LAB_ACT_PATH } from '../../src/companion/lab.ts';
import { EXAMPLE_KEY } from '../../src/protocol/handshake/example-heads.ts';
import { parseRequestHead } from '../../src/protocol/handshake/parse-head.ts';
import { encodeText } from '../../src/protocol/utf8.ts';
import type { Route } from '../paths/routes.ts';
import { upgradeRequestOf } from '../request/upgrade-request.ts';
import { startCompanion } from '../testing/companion.ts';
import { ask } from '../testing/http.ts';
import { type AdmissionRules, admit } from './admission.ts';

/** A route that counts how often its own admission is asked. */
function spiedRoute() {
  const asked = { times: 0 };
  const checkDetails: Route['checkDetails'] = () => {
    asked.times++;
    return undefined;
  };
  const route: Route = { handler: { dispatch: () => {} }, checkDetails };
  const rules: AdmissionRules = {
    routes: new Map([['/here', route]]),
    allowedOrigins: [],
    taps: true,
    listening: () => ({ host: 'localhost', port: 80, loopbackOnly: true }),
  };
  return { asked, rules };
}

function requestOf(...lines: string[]) {
  const parsed = parseRequestHead(encodeText(`${lines.join('\r\n')}\r\n\r\n`));
  if (parsed.kind !== 'complete') throw new Error(parsed.kind);
  return upgradeRequestOf(parsed.head);
}

const UPGRADE = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Key: ${EXAMPLE_KEY}`];

test('the details of a request are looked at only where it asks for an upgrade, and rightly', () => {
  const { asked, rules } = spiedRoute();
  const first = ['GET /here?x=1 HTTP/1.1', 'Host: localhost'];
  for (const lines of [[], UPGRADE.slice(0, 1), UPGRADE]) {
    expect(admit(requestOf(...first, ...lines), rules)).toHaveProperty('refused');
    expect(asked.times).toBe(0);
  }
  expect(admit(requestOf(...first, ...UPGRADE, 'Sec-WebSocket-Version: 13'), rules)).toHaveProperty('route');
  expect(asked.times).toBe(1);
});

test('a page that loads a hostile detail as an image is told of the upgrade alone', async () => {
  const { port } = await startCompanion();
  const response = await ask(port, `${LAB_ACT_PATH}?act=ping&payload=${']'.repeat(15_000)}x`);
  expect(response.status).toBe(426);
  expect(response.body).not.toContain('payload');
});
