import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer, type SecureVersion, type TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../server/testing/self-signed.ts';
import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE, encodeFrame } from '../src/protocol/index.ts';
import { encodeText } from '../src/text/utf8.ts';
import { type FilesRead, FilesReader } from '../src/widgets/decode/reading/read-files.ts';
import { packetOf, pcapOf, type Said, segmentsOf } from './captures/build-capture.ts';
import { framesOf, lineOf, openCapture } from './captures/open-capture.ts';

interface Recorded {
  readonly script: readonly Said[];
  readonly keyLog: string;
}

/** A WebSocket over Node's TLS: what both sides put on the wire, and the secrets. */
async function record(version: SecureVersion, ciphers: string): Promise<Recorded> {
  const long = encodeText('x'.repeat(40_000));
  const script: Said[] = [];
  const lines: string[] = [];
  const server = createTlsServer({ ...selfSigned(), minVersion: version, maxVersion: version, ciphers });
  server.on('secureConnection', (socket: TLSSocket) => {
    socket.once('data', () => {
      socket.write(EXAMPLE_RESPONSE);
      socket.write(encodeFrame({ opcode: 1, payload: encodeText('Hello over TLS') }));
      socket.write(encodeFrame({ opcode: 2, payload: long }));
      socket.once('data', () => {
        socket.write(encodeFrame({ opcode: 1, payload: encodeText('after') }));
        socket.end(encodeFrame({ opcode: 8, payload: new Uint8Array([3, 232]) }));
      });
    });
    socket.on('error', () => {});
  });
  server.on('keylog', (line: Buffer) => lines.push(line.toString()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A pipe between both notes what passes.
  const between = createServer((near: Socket) => {
    const far = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const note = (side: 0 | 1, to: Socket) => (bytes: Buffer) => {
      script.push({ side, bytes: new Uint8Array(bytes) });
      to.write(bytes);
    };
    near.on('data', note(0, far)).on('end', () => far.end());
    far.on('data', note(1, near)).on('end', () => near.end());
    for (const socket of [near, far]) socket.on('error', () => {});
  });
  between.listen(0, '127.0.0.1');
  await once(between, 'listening');
  onTestFinished(() => {
    server.close();
    between.close();
  });
  const client = connectTls({ port: (between.address() as AddressInfo).port, rejectUnauthorized: false });
  await once(client, 'secureConnect');
  client.write(EXAMPLE_REQUEST);
  let received = 0;
  client.on('data', (bytes: Buffer) => {
    received += bytes.length;
    if (received < long.length || received - bytes.length >= long.length) return;
    client.write(encodeFrame({ opcode: 1, payload: encodeText('Hello'), maskingKey: 0x37fa213d }));
  });
  await once(client, 'close');
  return { script, keyLog: lines.join('') };
}

const linesOf = (messages: ReturnType<typeof openCapture>) =>
  messages.flatMap((message) => lineOf(message)?.slice(0, 60) ?? []);
const captureOf = (script: readonly Said[], cut?: (left: number) => number) =>
  pcapOf(segmentsOf(script, [1, 1], cut).map((segment) => packetOf(segment)));

/** The frames that the page finds, with its own ciphers. */
async function inPage(capture: Uint8Array<ArrayBuffer>, keyLog: string): Promise<string[]> {
  const files = [new File([capture], 'capture.pcap'), new File([keyLog], 'keys.log')];
  return pageRows(await new FilesReader().read(files, 'either'));
}

const pageRows = ({ result }: FilesRead): string[] =>
  'problem' in result
    ? [result.problem.sentence]
    : result.connections.flatMap(({ items }) =>
        Array.from(items).flatMap((item) => (item.kind === 'frame' ? [`${item.from} ${item.dump.hex}`] : [])),
      );
const openedRows = (messages: ReturnType<typeof openCapture>): string[] =>
  framesOf(messages).map(({ direction, hex }) => `${direction === 'in' ? 'client' : 'server'} ${hex}`);

const EXPECTED = [
  'open /chat',
  'out 1 Hello over TLS',
  expect.stringMatching(/^out 2 7878787878/),
  'in 1 Hello',
  'out 1 after',
  'out 8 03e8',
  'close 1006',
];

describe('TLS with its key log', () => {
  test.each<[SecureVersion, string]>([
    ['TLSv1.3', 'TLS_AES_128_GCM_SHA256'],
    ['TLSv1.3', 'TLS_AES_256_GCM_SHA384'],
    ['TLSv1.3', 'TLS_CHACHA20_POLY1305_SHA256'],
    ['TLSv1.2', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
    ['TLSv1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
    ['TLSv1.2', 'ECDHE-ECDSA-CHACHA20-POLY1305'],
  ])('%s, %s', async (version, ciphers) => {
    const { script, keyLog } = await record(version, ciphers);
    expect(linesOf(openCapture(captureOf(script), keyLog))).toEqual(EXPECTED);
    expect(await inPage(captureOf(script), keyLog)).toEqual(openedRows(openCapture(captureOf(script), keyLog)));
    // The same in segments that end anywhere.
    let i = 0;
    const cut = () => [1, 3, 700, 5, 1460][i++ % 5] ?? 1;
    expect(linesOf(openCapture(captureOf(script, cut), keyLog))).toEqual(EXPECTED);
    // Without the secrets, or with those of another connection, it is only TLS.
    for (const wrong of ['', keyLog.replaceAll(/ [0-9a-f]{64} /g, ` ${'00'.repeat(32)} `)]) {
      const messages = openCapture(captureOf(script), wrong);
      expect(framesOf(messages)).toEqual([]);
      expect(messages).toEqual([{ type: 'note', sentence: expect.stringContaining('1 connection of TLS: encrypted') }]);
    }
  });

  test('in the page, the key log can come with the capture, before it or after it', async () => {
    const { script, keyLog } = await record('TLSv1.3', 'TLS_AES_128_GCM_SHA256');
    const capture = new File([captureOf(script)], 'capture.pcap');
    const keys = new File(['# SSL/TLS secrets log file, generated by NSS\n\n', keyLog], 'keys.log');
    const expected = openedRows(openCapture(captureOf(script), keyLog));
    expect(expected).toHaveLength(5);

    const together = new FilesReader();
    expect(pageRows(await together.read([keys, capture], 'either'))).toEqual(expected);

    const after = new FilesReader();
    const [sealed] = pageRows(await after.read([capture], 'either'));
    expect(sealed).toContain('1 connection of TLS: encrypted');
    expect(sealed).toContain('If you have the key log of this capture, choose or drop it here too.');
    const opened = await after.read([keys], 'either');
    expect(opened.file).toBe(capture);
    expect(pageRows(opened)).toEqual(expected);

    const before = new FilesReader();
    const [alone] = pageRows(await before.read([keys], 'either'));
    expect(alone).toMatch(/^This is a TLS key log with \d+ secrets, and no traffic is in it\./);
    expect(pageRows(await before.read([capture], 'either'))).toEqual(expected);
  });

  test('a wrong secret opens nothing', async () => {
    const { script, keyLog } = await record('TLSv1.3', 'TLS_AES_128_GCM_SHA256');
    const wrong = keyLog.replaceAll(/[0-9a-f](?=\n)/g, (digit) => (digit === '0' ? '1' : '0'));
    expect(wrong).not.toBe(keyLog);
    expect(framesOf(openCapture(captureOf(script), wrong))).toEqual([]);
  });

  test('after missing bytes, the tag of a record proves where the next one begins', async () => {
    const { script, keyLog } = await record('TLSv1.3', 'TLS_AES_128_GCM_SHA256');
    const segments = segmentsOf(script, [1, 1], (left) => Math.min(left, 1460));
    // The middle of the long message: 20,000 bytes before the last that the server sent.
    const server = segments.filter(({ side, payload }) => side === 1 && payload.length > 0);
    const end = server.at(-1)?.sequence ?? 0;
    const lost = server.find(({ sequence, payload }) => sequence + payload.length > end - 20_000);
    const lines = linesOf(
      openCapture(pcapOf(segments.filter((each) => each !== lost).map((each) => packetOf(each))), keyLog),
    );
    expect(lines.filter((line) => !line.includes('out 2'))).toEqual([
      'open /chat',
      'out 1 Hello over TLS',
      'out gap ?',
      'in 1 Hello',
      'out 1 after',
      'out 8 03e8',
      'close 1006',
    ]);
  });
});
