import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openRecording } from '../../open-recording.ts';
import { explainPasted } from '../../traffic/pasted-traffic.ts';
import { TrafficExplainer, type TrafficMessage } from '../../traffic/traffic-explainer.ts';
import { readRawBytes } from '../raw-bytes.ts';
import { readPasted } from '../read-pasted.ts';

const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../../tests/samples/${name}`, import.meta.url)));

/** What a recording shows, as `open` prints it: `→` from the client; or the sentence that refuses it. */
function open(bytes: Uint8Array<ArrayBuffer>, name?: string): { lines: string[]; refusal?: string; form?: string } {
  const lines: string[] = [];
  const take = (message: TrafficMessage) => {
    const line = lineOf(message);
    if (line !== undefined) lines.push(line);
  };
  const reader = openRecording(bytes, name);
  if (reader === undefined) {
    const text = new TextDecoder().decode(bytes);
    const pasted = (/[\0\ufffd]/.test(text) ? readRawBytes(bytes) : undefined) ?? readPasted(text);
    if ('problem' in pasted) return { lines, refusal: pasted.problem.sentence };
    for (const message of explainPasted(pasted)) take(message);
    return { lines, form: pasted.form };
  }
  if ('refusal' in reader) return { lines, refusal: reader.refusal };
  const explainer = new TrafficExplainer();
  // In pieces, as a file is read.
  for (let at = 0; at < bytes.length; at += 1000)
    for (const event of reader.push(bytes.subarray(at, at + 1000))) for (const m of explainer.take(event)) take(m);
  for (const event of reader.end()) {
    if (event.kind === 'refused') return { lines, refusal: event.sentence };
    for (const message of explainer.take(event)) take(message);
  }
  for (const message of explainer.end()) take(message);
  return { lines, form: reader.form };
}

function lineOf(message: TrafficMessage): string | undefined {
  if (message.type !== 'frame' && message.type !== 'message' && message.type !== 'gap') return undefined;
  const way = message.direction === 'in' ? '→' : '←';
  if (message.type === 'gap') return `${way} gap ${message.byteLength ?? '?'}`;
  const { text, hex } = message.payload;
  const inflated = message.type === 'frame' ? message.inflated : undefined;
  return `${way} ${message.opcode} ${inflated?.text ?? inflated?.hex ?? text ?? hex}`;
}

/** The client that curl, ncat and strace recorded says nothing after its request. */
const SERVER_ONLY = ['← 1 Hello from the server', '← 2 0001020a0dfdfeff', '← 8 03e8'];
const WITH_PING = [
  '← 1 Hello from the server',
  '← 9 6862',
  '← 2 0001020a0dfdfeff',
  '← 1 first',
  '← 1 second line\nwith newline',
  '← 8 03e8',
];
const HELLO = [
  '→ 1 Hello',
  '← 1 Hello from the server',
  '← 9 6862',
  '→ 10 6862',
  '→ 2 000102fdfeff',
  '← 1 first',
  '← 1 second',
  '← 8 03e8',
];
const PLAYWRIGHT = [
  '→ 1 client Grüße 😀',
  '→ 2 090807',
  `→ 1 ${'z'.repeat(60)}`,
  '← 1 Hello Grüße 😀',
  '← 2 000102fdfeff',
  '← 1 frag one two three',
  '← 1 compressed: the fox and the fox and the fox',
  `← 2 ${'41'.repeat(50)}`,
];
const DEVTOOLS = [
  ...PLAYWRIGHT.slice(0, 2),
  '→ 2 ',
  '→ 1 ',
  ...PLAYWRIGHT.slice(2, 6),
  '← 1 ',
  '← 2 ',
  ...PLAYWRIGHT.slice(6),
];

test.each([
  ['devtools-156.har', 'a HAR file', DEVTOOLS],
  ['playwright-1.65.1-embed.har', 'a HAR file', PLAYWRIGHT],
  ['playwright-1.65.1-attach.har.zip', 'a zip file with a recording', PLAYWRIGHT],
  ['playwright-1.65.1.trace.zip', 'a zip file with a recording', PLAYWRIGHT],
  ['chromedriver-performance-log.json', "chromedriver's performance log", DEVTOOLS],
  ['curl-trace.txt', 'a curl trace', WITH_PING],
  ['curl-i-output.bin', 'the raw bytes of a connection', WITH_PING],
  ['strace-xx.txt', 'the output of strace', WITH_PING],
  ['strace-write-all.txt', 'the output of strace', WITH_PING],
  ['strace-default.txt', 'the output of strace', SERVER_ONLY],
  ['ncat-x.txt', '5 hex dumps of what either side sent', ['→ 1 Hello', ...SERVER_ONLY]],
  ['ngrep-x.txt', 'the packets that ngrep -x prints', HELLO],
  ['tcpflow-C-D.txt', 'the dumps of tcpflow -D', HELLO],
  ['follow-raw.txt', 'a followed stream of tshark, raw', HELLO],
  ['tshark-follow-tcp-hex.txt', 'a followed stream, with one side indented', HELLO],
  ['tshark-follow-tcp-yaml.txt', 'a followed stream of tshark, as YAML', HELLO],
  ['tcpdump-X.txt', 'rows of tcpdump', HELLO],
  ['tcpdump-X-tttt-vv.txt', 'rows of tcpdump', HELLO],
])('%s is read as %s', (name, form, lines) => {
  const opened = open(bytesOf(name), name);
  expect(opened.refusal).toBeUndefined();
  expect(opened.form).toBe(form);
  expect(opened.lines).toEqual(lines);
});

test("the log of Python's websockets gives messages, with fragments joined and cut payloads marked", () => {
  const { lines, form } = open(bytesOf('python-websockets-10.4-debug.txt'));
  expect(form).toBe("the log of Python's websockets");
  expect(lines).toEqual([
    '→ 1 Hello',
    '→ 2 000102fdfeff',
    `→ 1 ${'x'.repeat(47)}`,
    '→ 1 Grüße\nline two',
    '→ 2 000102030405060708090a0b0c0d0e0f',
    '→ 1 one two three',
    '→ 1 ',
    '→ 2 ',
    '← 1 Hello from the server',
    '← 9 6862',
    '→ 10 6862',
    '← 2 0001020a0dfdfeff',
    '← 1 first',
    '← 1 second line\nwith newline',
    '← 8 03e8',
    '→ 8 03e8',
  ]);
});

test('mitmproxy flows give messages and the close code that was recorded', () => {
  expect(open(bytesOf('mitmproxy-8.1.1.flow')).lines).toEqual([
    '→ 1 Hello',
    '← 1 Hello from the server',
    '← 2 0001020a0dfdfeff',
    '← 1 first',
    '← 1 second line\nwith newline',
    '← 8 03e8',
  ]);
});

test('a NetLog with bytes gives frames, with compressed messages inflated; so does one that is cut off', () => {
  const bytes = bytesOf('chromium-netlog-everything-trimmed.json');
  const { lines } = open(bytes);
  expect(lines).toContain('→ 2 blob');
  expect(lines).toContain('← 8 so long');
  const text = new TextDecoder().decode(bytes);
  const killed = text.slice(0, text.lastIndexOf('},') + 2);
  const cut = open(new TextEncoder().encode(killed));
  expect(cut.lines.slice(0, 8)).toEqual(lines.slice(0, 8));
});

test('a NetLog without bytes is refused, and the option that keeps them is named', () => {
  const text = new TextDecoder()
    .decode(bytesOf('chromium-netlog-everything-trimmed.json'))
    .replace(/"bytes": ?"[^"]*",?/g, '');
  const bare = text.replace(/,\s*\}/g, '}');
  expect(open(new TextEncoder().encode(bare)).refusal).toMatch(/capture-mode=Everything/);
});

test.each([
  ['firefox-153-autoexport-no-socket.har', /no WebSocket in it/],
  ['firefox-153-bidi-network.ndjson', /WebDriver BiDi/],
  ['curl-v.txt', /curl --trace FILE/],
  ['curl-trace-ascii.txt', /--trace-ascii/],
  ['tcpdump-A.txt', /tcpdump -X/],
  ['tshark-follow-tcp-ascii.txt', /follow,tcp,raw/],
  ['follow-http2-hex.txt', /HTTP\/2/],
  ['mitmdump-flow-detail-4.txt', /-w FILE/],
  ['tshark-summary.txt', /no bytes/],
  ['tshark-O-websocket.txt', /no bytes/],
])('%s is refused by name', (name, sentence) => {
  const { refusal, lines } = open(bytesOf(name), name);
  expect(lines).toEqual([]);
  expect(refusal).toMatch(sentence);
});

test('the words that Wireshark writes in place of a gap are no bytes', () => {
  const { lines } = open(bytesOf('tshark-follow-tcp-hex-with-gap.txt'));
  expect(lines).toContain('← gap 4');
  expect(lines.filter((line) => !line.includes('gap'))).toEqual(HELLO.filter((line) => line !== '← 9 6862'));
});

test('a string that strace cut is a gap, and nothing is made of it', () => {
  const { lines } = open(bytesOf('strace-x.txt'));
  expect(lines.slice(0, 2)).toEqual(['→ gap 159', '← gap 97']);
  expect(lines).toContain('← gap 1');
});

test.each([
  ['tshark-T-json.json', ['→ 1 Hello', '← 1 first', '← 1 second']],
  ['tshark-T-jsonraw.json', ['→ 1 Hello']],
  ['tshark-T-fields.tsv', HELLO],
])('%s: the bytes of TCP are read, not what tshark made of them', (name, frames) => {
  expect(open(bytesOf(name)).lines.filter((line) => !line.includes('gap'))).toEqual(frames);
});

test('a zip, a HAR and a NetLog that are cut anywhere never throw', () => {
  for (const name of ['playwright-1.65.1.trace.zip', 'devtools-156.har', 'mitmproxy-8.1.1.flow', 'strace-xx.txt']) {
    const bytes = bytesOf(name);
    for (let end = 1; end < bytes.length; end += Math.ceil(bytes.length / 40)) {
      expect(() => open(bytes.slice(0, end)), `${name} to ${end}`).not.toThrow();
      const changed = bytes.slice();
      changed[end] = (changed[end] ?? 0) ^ 0x21;
      expect(() => open(changed), `${name} with byte ${end} changed`).not.toThrow();
    }
  }
});
