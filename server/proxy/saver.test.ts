import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parseRecording } from '../../src/inspector/wire/recording.ts';
import { startCompanion } from '../testing/companion.ts';
import { messagesOf, startProxy } from '../testing/proxy.ts';
import { maskedText, RawPeer } from '../testing/raw-peer.ts';
import { Recording } from './recording.ts';
import { Saver, type SaverOptions } from './saver.ts';

const run = promisify(execFile);
const SECRETS = ['Cookie: session=letmein; theme=dark', 'Authorization: Bearer abc.def.ghi'];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'framelight-saver-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A connection with two short messages and a long one, saved to a file. */
async function save(name: string, options: Partial<SaverOptions> = {}) {
  const path = join(folder(), name);
  const companion = await startCompanion();
  const proxy = await startProxy(companion.port);
  const problems: string[] = [];
  const saver = await Saver.start(path, proxy.recording, {
    ...{ title: 'a test', onProblem: (sentence) => problems.push(sentence) },
    ...options,
  });
  const peer = await RawPeer.open(proxy.port, '/echo?access_token=hunter2', SECRETS);
  peer.send(maskedText('Hello'));
  await peer.frame();
  peer.send(maskedText('x'.repeat(100_000)));
  await peer.frame();
  peer.send(Uint8Array.of(0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8));
  await peer.frame();
  await peer.end();
  await proxy.close();
  await saver.close();
  return { path, proxy, problems, saver, text: readFileSync(path, 'latin1') };
}

describe('a saved recording', () => {
  test('as JSON, is read again as the messages that a tap gets', async () => {
    const { text, proxy } = await save('a.json', { secrets: true });
    const parsed = parseRecording(text);
    expect('recording' in parsed && parsed.recording.messages).toEqual(messagesOf(proxy));
  });

  test('as JSON lines, has one message on each line', async () => {
    const { text, proxy } = await save('a.jsonl', { secrets: true });
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(messagesOf(proxy));
  });

  test('as HAR, has whole messages as DevTools saves them', async () => {
    const { text } = await save('a.har');
    const { entries } = (JSON.parse(text) as { log: { entries: Record<string, unknown>[] } }).log;
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ _resourceType: 'websocket', response: { status: 101 } });
    const messages = entries[0]?.['_webSocketMessages'] as { type: string; opcode: number; data: string }[];
    expect(messages.map(({ type, opcode, data }) => [type, opcode, data.slice(0, 5)])).toEqual([
      ...[
        ['send', 1, 'Hello'],
        ['receive', 1, 'Hello'],
      ],
      ...[
        ['send', 1, 'xxxxx'],
        ['receive', 1, 'xxxxx'],
      ],
    ]);
    expect(entries[0]?.['comment']).toBe('Long messages are cut.');
  });

  test('has no secrets, unless they are asked for, and says what was replaced', async () => {
    const { text, saver } = await save('a.pcapng');
    for (const secret of ['letmein', 'abc.def.ghi', 'hunter2']) expect(text).not.toContain(secret);
    expect(text).toContain('session=xxxxxxx; theme=xxxx');
    expect(saver.redacted).toEqual(['access_token in the URL', 'Cookie', 'Authorization']);
    expect((await save('b.pcapng', { secrets: true })).text).toContain('letmein');
  });

  test('does not grow beyond its limit, and says so', async () => {
    const { text, problems, saver } = await save('a.pcapng', { maxFileBytes: 5_000 });
    expect(problems).toEqual([expect.stringMatching(/has reached its limit of 5000 bytes.*Connections go on/)]);
    expect(text.length).toBe(saver.byteLength);
    expect(text.length).toBeLessThanOrEqual(5_000);
  });
});

test.runIf(existsSync('/dev/full'))('a full disk is reported, and the bytes pass all the same', async () => {
  const companion = await startCompanion();
  const proxy = await startProxy(companion.port);
  const problems: string[] = [];
  const saver = await Saver.start('/dev/full', proxy.recording, {
    ...{ title: 'a test', onProblem: (sentence: string) => problems.push(sentence) },
  });
  const peer = await RawPeer.open(proxy.port, '/echo');
  peer.send(maskedText('Hello'));
  expect((await peer.frame()).payload.toString()).toBe('Hello');
  await saver.close();
  expect(problems).toEqual([expect.stringMatching(/the disk is full.*Connections go on/)]);
});

test('a recording keeps its limit, and says how many records were dropped', () => {
  const recording = new Recording(4 * 1024 * 1024);
  const cursor = recording.start();
  for (let i = 0; i < 200; i++) recording.add('bytes', i, 'in', new Uint8Array(60_000));
  expect(recording.byteLength).toBeLessThanOrEqual(4 * 1024 * 1024);
  const first = recording.next(cursor);
  expect(cursor.lost).toBe(recording.droppedRecords);
  expect(first?.connection).toBe(recording.droppedRecords);
  let left = 1;
  while (recording.next(cursor) !== undefined) left++;
  expect(left + recording.droppedRecords).toBe(200);
});

test('the memory of dropped records is used again only if nobody needs it', () => {
  const recordingOf = (mayReuse: boolean) => {
    const recording = new Recording(2 * 1024 * 1024);
    recording.mayReuse = () => mayReuse;
    const buffers = new Set<ArrayBuffer>();
    for (let i = 0; i < 100; i++) buffers.add(recording.add('bytes', 1, 'in', new Uint8Array(60_000)).buffer);
    return buffers.size;
  };
  expect(recordingOf(true)).toBe(2);
  expect(recordingOf(false)).toBe(6);
});

describe('Wireshark', () => {
  let tshark = false;
  beforeAll(async () => {
    tshark = await run('tshark', ['--version']).then(
      () => true,
      () => false,
    );
  });

  test('dissects the saved packets as WebSocket, with right checksums', async ({ skip }) => {
    skip(!tshark, 'tshark is not installed');
    const { path } = await save('a.pcapng');
    const ask = async (...args: string[]) => {
      const checks = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
      return (await run('tshark', ['-r', path, ...checks, ...args])).stdout.trim().split('\n');
    };
    const fields = ['-T', 'fields', '-e', 'websocket.opcode', '-e', 'websocket.mask'];
    expect(await ask('-Y', 'websocket', ...fields)).toEqual(['1\t1', '1\t0', '1\t1', '1\t0', '8\t1', '8\t0']);
    const wrong = 'tcp.checksum.status != 1 || ip.checksum.status != 1 || tcp.analysis.flags';
    expect(await ask('-Y', wrong)).toEqual(['']);
    expect(await ask('-Y', 'frame.comment', '-T', 'fields', '-e', 'frame.comment')).toEqual(['connection 1: /echo']);
    expect(await ask('-Y', 'tcp.flags.syn == 1', '-T', 'fields', '-e', 'frame.packet_flags_direction')).toEqual([
      ...['0x00000001', '0x00000002'],
    ]);
  });
});
