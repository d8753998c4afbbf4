import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SERVER_LIMITS } from '../server/bounds/limits.ts';
import { bytesOfHex } from '../src/bytes/hex.ts';
import { ACT_CLOSING_TIMEOUT_MS } from '../src/companion/lab/addresses.ts';
import { decodeFrames } from '../src/inspector/index.ts';
import { decodeCloseBody, OPCODE } from '../src/protocol/index.ts';
import { type BreakRecording, parseBreakRecording } from '../src/widgets/break-rules/recording.ts';

/** What the chapters say in figures of their own of our server, and of browsers: held against the code and the recordings. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8');

function saysOf(chapter: string): string {
  return read(`content/chapters/${chapter}.mdx`).replace(/\s+/g, ' ');
}

describe('what our server does', () => {
  const { idleTimeoutMs, closingTimeoutMs, maxUnsentBytes, maxBroadcastUnsentBytes } = DEFAULT_SERVER_LIMITS;
  const { maxHeaderBytes, maxConnections, handshakeTimeoutMs } = DEFAULT_SERVER_LIMITS;
  test.each([
    ['ping-pong-close', `Our server sends a ping after ${idleTimeoutMs / 2000} seconds of silence.`],
    ['ping-pong-close', `After ${idleTimeoutMs / 1000} seconds it closes with 1008`],
    ['ping-pong-close', `Ours waits ${closingTimeoutMs / 1000} seconds and then ends TCP.`],
    ['ping-pong-close', `waits at most ${closingTimeoutMs / 1000} seconds, as above`],
    ['ping-pong-close', `the companion gives up after about ${ACT_CLOSING_TIMEOUT_MS / 1000} seconds`],
    ['messages-fragments-text', `more than ${maxUnsentBytes / 2 ** 20} MiB is waiting to be sent to a peer`],
    ['messages-fragments-text', `more than ${maxBroadcastUnsentBytes / 2 ** 20} MiB behind`],
    ['safe-in-the-open', `length of a request’s head | ${maxHeaderBytes / 1024} KiB |`],
    ['safe-in-the-open', `time for the head | ${handshakeTimeoutMs / 1000} seconds |`],
    ['safe-in-the-open', `open connections | ${maxConnections.toLocaleString('en')} |`],
    ['safe-in-the-open', `wait for a slow reader | ${maxUnsentBytes / 2 ** 20} MiB |`],
    ['safe-in-the-open', `a receiver of a broadcast | ${maxBroadcastUnsentBytes / 2 ** 20} MiB |`],
    ['safe-in-the-open', `silence | ${idleTimeoutMs / 1000} seconds, with a ping after half of it |`],
    ['safe-in-the-open', `time to close | ${closingTimeoutMs / 1000} seconds |`],
  ])('%s: %s', (chapter, sentence) => {
    expect(saysOf(chapter)).toContain(sentence);
  });
});

describe('what browsers do', () => {
  type Browser = 'chromium' | 'firefox';
  const recorded = (browser: Browser): BreakRecording => {
    const parsed = parseBreakRecording(read(`content/recordings/break-rules-${browser}.json`));
    if ('problem' in parsed) throw new Error(parsed.problem);
    return parsed.recording;
  };
  const outcomeOf = (browser: Browser, act: string) => {
    const outcome = recorded(browser).outcomes.find((each) => each.act === act);
    if (outcome === undefined) throw new Error(`no recording of ${act} with ${browser}`);
    const frames = outcome.wire.flatMap(({ kind, from, hex }) =>
      kind === 'frame' && from === 'client' ? decodeFrames(bytesOfHex(hex), 'client').frames : [],
    );
    const closes = frames.filter(({ dump }) => dump.opcode === OPCODE.close);
    return {
      told: outcome.told,
      frames,
      sentCodes: closes.map(({ dump }) => decodeCloseBody(bytesOfHex(dump.payload.hex)).closeCode),
      code: outcome.told.findLast((each) => each.event === 'close')?.code,
    };
  };

  test.each([
    [
      'the-frame',
      'length-16-for-5',
      'Our server fails the connection. So does Chromium 153, while Firefox 153 just ends TCP.',
    ],
    ['messages-fragments-text', 'text-not-utf8', 'Chromium 153 closes with 1002, and Firefox 153 just ends TCP.'],
    [
      'ping-pong-close',
      'rsv1',
      'In Chromium 153 you see a close frame with 1002 and a few words. Firefox 153 ends TCP',
    ],
  ])('%s, %s: Chromium closes with 1002, Firefox ends TCP without a word', (chapter, act, sentence) => {
    expect(saysOf(chapter)).toContain(sentence);
    expect(outcomeOf('chromium', act)).toMatchObject({ sentCodes: [1002], code: 1006 });
    expect(outcomeOf('firefox', act)).toMatchObject({ sentCodes: [], code: 1006 });
  });

  test('a masked frame: Chromium closes with 1002, Firefox delivers it', () => {
    expect(saysOf('masking')).toContain('Chromium 153 does, with 1002');
    expect(saysOf('masking')).toContain('Firefox 153 breaks the rule: it unmasks the frame and delivers it.');
    expect(outcomeOf('chromium', 'masked-frame')).toMatchObject({ sentCodes: [1002], code: 1006 });
    expect(outcomeOf('firefox', 'masked-frame').told).toContainEqual({ event: 'message', data: 'Hello' });
  });

  test('1005 and 1006 on the wire: Chromium fails, Firefox passes them on as clean', () => {
    expect(saysOf('ping-pong-close')).toContain(
      'Chromium 153 fails the connection and gives the page 1006. Firefox 153 reports a clean close with the very code',
    );
    for (const code of [1005, 1006]) {
      expect(outcomeOf('chromium', `close-${code}`).code).toBe(1006);
      expect(outcomeOf('firefox', `close-${code}`).told).toContainEqual(
        expect.objectContaining({ event: 'close', code, wasClean: true }),
      );
    }
  });

  test('999, 1004, 1016 and 5000 are taken by both, and sent back', () => {
    expect(saysOf('ping-pong-close')).toContain(
      'Chromium 153 and Firefox 153 accept them, send them back, and tell the page.',
    );
    for (const browser of ['chromium', 'firefox'] as const) {
      for (const code of [999, 1004, 1016, 5000]) {
        expect(outcomeOf(browser, `close-${code}`)).toMatchObject({ sentCodes: [code], code });
      }
    }
  });

  test('no browser pings, in any of the recordings', () => {
    expect(saysOf('ping-pong-close')).toContain('no browser that we recorded does');
    for (const browser of ['chromium', 'firefox'] as const) {
      const frames = recorded(browser).outcomes.flatMap(({ act }) => outcomeOf(browser, act).frames);
      expect(frames.length).toBeGreaterThan(10);
      expect(frames.filter(({ dump }) => dump.opcode === OPCODE.ping)).toEqual([]);
    }
  });

  test('a failed connection is an error first, and then 1006 without a reason', () => {
    expect(saysOf('ping-pong-close')).toContain('Your script gets only `onerror`, and then `onclose` with 1006');
    for (const browser of ['chromium', 'firefox'] as const) {
      const last = outcomeOf(browser, 'rsv1').told.slice(-2);
      expect(last).toMatchObject([{ event: 'error' }, { event: 'close', code: 1006, reason: '', wasClean: false }]);
    }
  });
});

describe('what Chromium does where browsers differ', () => {
  const { browser, habits } = JSON.parse(read('content/recordings/browser-habits-chromium.json')) as {
    browser: string;
    habits: Readonly<Record<string, unknown>>;
  };

  test('both recordings are of the version that the pages name, and no page names another', () => {
    const breaking = JSON.parse(read('content/recordings/break-rules-chromium.json')) as { browser: string };
    expect(breaking.browser).toBe(browser);
    const texts = globSync('{content,src}/**/*.{md,mdx,yaml,ts,tsx,astro}', { cwd: ROOT }).map(read);
    const named = new Set(texts.flatMap((text) => text.match(/Chromium\s+\d{3}/g) ?? []).map((name) => name.slice(9)));
    expect([...named]).toEqual([browser.slice(9)]);
  });

  test.each([
    [
      'what-a-websocket-is',
      'deliver no message that arrives after you called',
      'eventsAfterCloseAndMessage',
      ['open', 'close'],
    ],
    ['what-a-websocket-is', 'close its WebSockets with the code 1001', 'codeWhenThePageIsLeft', 1001],
    ['opening-handshake', 'A receiver may accept it: Chromium 153 and Firefox 153 do', 'opensWithLineFeeds', true],
    [
      'opening-handshake',
      'Chromium 153 fails the connection, as the browsers’ standard says',
      'opensWithoutSubprotocol',
      false,
    ],
    ['opening-handshake', 'Chromium 153 then fails the connection', 'opensWithCopiedExtensions', false],
    ['opening-handshake', 'On a 401, Chromium 153 and Firefox 153 try again', 'authorizesAfter401', true],
    ['opening-handshake', 'They follow no redirect', 'requestsAfterRedirect', 1],
    ['opening-handshake', 'Chromium 153 opens the connection after a 101 with HTTP/1.0', 'opensWithHttp10', true],
    [
      'messages-fragments-text',
      'three frames, of 131,000, 131,000 and 38,000 bytes',
      'fragmentsOf300000',
      [131_000, 131_000, 38_000],
    ],
    [
      'ping-pong-close',
      'Our server and Firefox 153 do. Chromium 153 does not.',
      'opcodesAfterCloseAndPing',
      [OPCODE.close],
    ],
    ['ping-pong-close', 'Chromium 153 follows that standard.', 'secondsUntilCloseEventWhileTcpIsHeld', 2],
    ['ping-pong-close', 'Chromium 153 after 2', 'secondsUntilItEndsTcp', 2],
    ['ping-pong-close', 'Chromium 153 waits 60', 'secondsWithoutCloseFrame', 60],
    [
      'compression',
      'Chromium 153 sends it as the one compressed byte',
      'emptyMessageWithDeflate',
      { rsv1: true, payloadLength: 1 },
    ],
  ])('%s: %s', (chapter, sentence, habit, recorded) => {
    expect(saysOf(chapter)).toContain(sentence);
    expect(habits[habit]).toEqual(recorded);
  });
});

describe('what is recorded of the interfaces that come next', () => {
  const recorded = JSON.parse(read('content/recordings/next-chromium.json'));
  const netty = JSON.parse(read('content/recordings/peers/netty.json')) as {
    failed: { id: string; cameBack: string }[];
  };

  test('a page can send without end with WebSocket, and a stream waits', () => {
    const { browser, interfaces, withWebSocket, withStream } = recorded;
    expect(browser).toBe('Chromium 153');
    expect(interfaces).toEqual({ WebSocketStream: true, WebTransport: true, EventSource: true });
    expect(withWebSocket).toEqual({ sentBytes: 64 * 2 ** 20, bufferedAmount: 64 * 2 ** 20, isOpen: true });
    expect(saysOf('today-and-next')).toContain('64 MiB, all that we tried');
    expect(withStream).toEqual({ writtenBytes: 4.25 * 2 ** 20, waits: true });
    expect(saysOf('today-and-next')).toContain('| `WebSocketStream` | 4.25 MiB |');
  });

  test('Chromium opens a stream of HTTP/2 with the fields that the chapter explains', () => {
    const { protocol, http2 } = recorded;
    expect(protocol).toBe('h2');
    const names = http2.request.map(([name]: [string]) => name);
    expect(names).toEqual(expect.arrayContaining([':protocol', 'origin', 'sec-websocket-version']));
    expect(names).not.toEqual(expect.arrayContaining(['sec-websocket-key']));
    expect(http2.request).toContainEqual([':method', 'CONNECT']);
    expect(http2.response).toEqual([[':status', '200']]);
  });

  test('Netty closes with 1000 if text is not UTF-8', () => {
    expect(saysOf('today-and-next')).toContain('If text is not UTF-8, it closes with 1000, *normal closure*.');
    const wrong = netty.failed.filter(({ id }) => id.startsWith('8.1-'));
    expect(wrong.length).toBeGreaterThan(50);
    for (const { cameBack } of wrong) expect(cameBack).toContain('close 1000 "Bye"');
  });
});
