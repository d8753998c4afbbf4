import { expect, onTestFinished, test } from 'vitest';
import { COMMANDS, runCommandLine } from '../server/commands/command-line.ts';
import { startCompanion } from '../server/testing/companion.ts';
import { masked, maskedText, RawPeer } from '../server/testing/raw-peer.ts';
import { encodeCloseBody } from '../src/protocol/index.ts';
import { encodeText } from '../src/text/utf8.ts';
import { startHostileServer } from './hostile-server.ts';

/** What clears a terminal, names its window, turns the direction of reading, hides, or begins a line of its own. */
const HOSTILE = '\u001b[2J\u001b]0;evil\u0007\u009b31m\u202e\u2066\u200b\ufeff\u00ad\u2028\u007f\b\rforged';
const UNSEEN = /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{DI}]/u;

async function run(...args: string[]) {
  let [out, err] = ['', ''];
  const status = await runCommandLine(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

const FRAMES = [
  maskedText(HOSTILE),
  masked({ opcode: 9, payload: encodeText(HOSTILE) }),
  masked({ opcode: 8, payload: encodeCloseBody(4000, HOSTILE) }),
];
const HEX = Buffer.concat(FRAMES).toString('hex');

test('/dump shows a hostile text as escapes', async () => {
  const { port } = await startCompanion();
  const peer = await RawPeer.open(port, '/dump');
  peer.send(maskedText(HOSTILE));
  const text = (await peer.frame()).payload.toString();
  expect(text).not.toMatch(UNSEEN);
  expect(text).toContain('"\\u{1b}[2J\\u{1b}]0;evil\\u{7}\\u{9b}31m\\u{202e}');
  peer.socket.destroy();
});

test('/dump cuts 10 MB to a page or two of text, and says so', async () => {
  const { port } = await startCompanion();
  const peer = await RawPeer.open(port, '/dump');
  peer.send(maskedText(HOSTILE.repeat(300_000)));
  const text = (await peer.frame()).payload.toString();
  expect(text).toContain('cut after 65,536 of ');
  expect(text).not.toMatch(UNSEEN);
  expect(text.length).toBeLessThan(10_000);
  peer.socket.destroy();
});

test.each([[[]], [['--json']]])('framelight decode %j prints nothing that cannot be seen', async (options) => {
  const { out, status } = await run('decode', ...options, HEX);
  expect(status).toBe(0);
  expect(out).not.toMatch(UNSEEN);
  expect(out).toContain('evil');
  if (options.length > 0) {
    const [first = ''] = out.split('\n');
    expect((JSON.parse(first) as { payload: { text: string } }).payload.text).toBe(HOSTILE);
  }
});

test.each([[[]], [['--json']]])(
  'framelight check %j prints nothing of a server that cannot be seen',
  async (options) => {
    const server = await startHostileServer(HOSTILE);
    onTestFinished(server.stop);
    const { out, err, status } = await run('check', `${server.url}\u202e`, '--only', '5.5.2', ...options);
    expect(status).toBe(1);
    expect(out + err).not.toMatch(UNSEEN);
    expect(out).toContain('<script>evil()</script>\\');
    if (options.length > 0) expect(() => JSON.parse(out)).not.toThrow();
  },
);

test.each([
  [[`\u001b[2J\u202e\u009b`]],
  [['decode', '81\u202e\u009b']],
  [['accept', '\u009b\u202e']],
  [['check', 'ws://\u202elocalhost/\u009b']],
  [['--port', '\u009b\u202e']],
])('what is no good in %j is named without being printed as it is', async (args) => {
  const { out, err, status } = await run(...args);
  expect({ out, status }).toEqual({ out: '', status: 2 });
  expect(err).not.toMatch(UNSEEN);
});

/** What each command needs to get as far as its options. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  serve: [],
  accept: ['dGhlIHNhbXBsZSBub25jZQ=='],
  decode: ['8a00'],
  check: ['ws://127.0.0.1:1/'],
};

test.each(Object.keys(COMMANDS))(
  '%s: whatever stands in place of an argument is not printed as it is',
  async (name) => {
    const command = await COMMANDS[name]?.();
    const options = command?.help.flatMap((line) => line.match(/^ *(--[a-z-]+)/)?.[1] ?? []) ?? [];
    expect(options.length).toBeGreaterThan(0);
    const needed = NEEDED[name] ?? [];
    const given = options.flatMap((option) => [
      [...needed, option, HOSTILE],
      [...needed, `${option}=${HOSTILE}`],
    ]);
    for (const args of [[HOSTILE], [...needed, HOSTILE], [`--${HOSTILE}`], [`-${HOSTILE}`], ...given]) {
      const { out, err, status } = await run(name, ...args);
      expect({ args, unseen: (out + err).match(UNSEEN) }).toEqual({ args, unseen: null });
      expect({ args, status }).not.toEqual({ args, status: 0 });
    }
  },
);
