import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ASKING,
  type Asking,
  INITIAL_STRANGERS,
  presentStrangers,
  requestOf,
  SAME_SITE,
  type SameSite,
  type ServerRow,
  sendsCookie,
} from './model.ts';

const HOST = 'localhost:8080';
const viewOf = (asking: Asking['id'], sameSite: SameSite = 'none', host = HOST) =>
  presentStrangers({ host, asking, sameSite });
const verdictsOf = (...args: Parameters<typeof viewOf>) =>
  Object.fromEntries(viewOf(...args).rows.map(({ id, verdict }) => [id, verdict])) as Record<
    ServerRow['id'],
    ServerRow['verdict']
  >;

describe('what each server makes of who asks', () => {
  test.each<[Asking['id'], SameSite, readonly ServerRow['verdict'][]]>([
    ['own', 'none', ['right', 'right', 'right', 'right']],
    ['own', 'strict', ['right', 'right', 'right', 'right']],
    ['stranger', 'none', ['hijacked', 'refused', 'refused', 'refused']],
    ['stranger', 'lax', ['open', 'refused', 'refused', 'refused']],
    ['sandbox', 'none', ['hijacked', 'refused', 'refused', 'refused']],
    // SameSite does not help against another port.
    ['neighbor', 'strict', ['hijacked', 'refused', 'open', 'refused']],
    ['rebound', 'none', ['reached', 'reached', 'refused', 'refused']],
    ['program', 'none', ['open', 'open', 'open', 'open']],
  ])('%s, SameSite=%s', (asking, sameSite, verdicts) => {
    expect(Object.values(verdictsOf(asking, sameSite))).toEqual(verdicts);
  });

  test('a stranger is never let in by our server with somebody’s login, at whatever address it is', () => {
    const hosts = fc.constantFrom('localhost:8080', 'localhost', '127.0.0.1:9000', '[::1]:8080', 'desk.lan:8080');
    const strangers = fc.constantFrom<Asking['id'][]>('stranger', 'sandbox', 'neighbor');
    fc.assert(
      fc.property(hosts, strangers, fc.constantFrom(...SAME_SITE), (host, asking, sameSite) => {
        expect(verdictsOf(asking, sameSite, host).room).toBe('refused');
      }),
    );
  });

  test('a refusal says why', () => {
    const { rows } = viewOf('stranger');
    expect(rows.find(({ id }) => id === 'room')?.sentence).toContain('Pages from this origin must not connect.');
  });
});

describe('the request', () => {
  test('has the origin of the page, the name that it asked for, and the cookie that goes along', () => {
    expect(viewOf('stranger').lines).toEqual([
      ['Host', HOST],
      ['Origin', 'https://evil.example'],
      ['Cookie', 'session=of-your-user'],
    ]);
    expect(viewOf('rebound').lines).toEqual([
      ['Host', 'evil.example:8080'],
      ['Origin', 'http://evil.example:8080'],
      ['Cookie', ''],
    ]);
    expect(viewOf('program').lines[1]).toEqual(['Origin', '']);
  });

  test('goes to both paths with the same headers', () => {
    for (const { id } of ASKING) {
      const state = { ...INITIAL_STRANGERS, asking: id };
      expect(requestOf(state, 'room').headers).toEqual(requestOf(state, 'echo').headers);
    }
  });

  test('SameSite decides only about pages of another site', () => {
    const sent = (asking: Asking['id']) => SAME_SITE.map((sameSite) => sendsCookie({ host: HOST, asking, sameSite }));
    expect(sent('own')).toEqual([true, true, true]);
    expect(sent('neighbor')).toEqual([true, true, true]);
    expect(sent('stranger')).toEqual([true, false, false]);
    expect(sent('rebound')).toEqual([false, false, false]);
  });
});
