import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../server/commands/command-line.ts';
import { type DecodeState, decodedFile, initialDecodeState, presentDecoded } from '../src/widgets/decode/model.ts';
import { FilesReader } from '../src/widgets/decode/reading/read-files.ts';
import { FileSource } from '../src/widgets/decode/reading/read-source.ts';
import type { SourceItem } from '../src/widgets/decode/reading/source.ts';

// What people paste and drop is read twice: by the page and by the command `open`. Both must find the same.

const FOLDER = fileURLToPath(new URL('samples/', import.meta.url));
const FILES = globSync('**/*.*', { cwd: FOLDER })
  .filter((name) => !name.endsWith('.md'))
  .sort();

/** Pasted as text, these are not decrypted. */
const SEALED = new Set(FILES.filter((name) => /tls/.test(basename(name)) && /\.pcap(?:ng)?$/.test(name)));

interface Found {
  /** A line for each frame, message and gap of each connection. */
  readonly rows: string[];
  readonly endings: string[];
  readonly form?: string | undefined;
  readonly problem?: string;
}

async function byCommand(path: string): Promise<Found> {
  let [out, err] = ['', ''];
  const sink = { out: (text: string) => (out += text), err: (text: string) => (err += text) };
  const status = await runCommandLine(['open', '--json', path], sink as never);
  const form = /^Read as: (.*)\.$/m.exec(err)?.[1];
  if (status !== 0) return { rows: [], endings: [], problem: err };
  const messages = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  return {
    form,
    endings: messages.filter(({ type }) => type === 'ending').map(({ sentence }) => sentence),
    rows: messages
      .filter(({ type }) => type === 'frame' || type === 'message' || type === 'gap')
      .sort((one, other) => one.connection - other.connection)
      .map((message) => {
        const { type, connection, direction, opcode, byteLength, fin, hex, payload } = message;
        const what = type === 'frame' ? `${fin} ${hex}` : type === 'message' ? payload.hex : message.why;
        return `${connection} ${direction} ${type} ${opcode ?? '-'} ${byteLength ?? '?'} ${what}`;
      }),
  };
}

function byPage({ source, problem }: DecodeState): Found {
  if (problem !== undefined) return { rows: [], endings: [], problem: problem.sentence };
  return {
    form: source.form,
    endings: source.connections.flatMap(({ ending }) => ending ?? []),
    rows: source.connections.flatMap(({ number, items }) => Array.from(items, (item) => rowOf(number, item))),
  };
}

function rowOf(number: number, item: SourceItem): string {
  const start = `${number} ${item.from === 'client' ? 'in' : 'out'} ${item.kind}`;
  if (item.kind === 'gap') return `${start} - ${item.byteLength ?? '?'} ${item.why}`;
  if (item.kind === 'message') return `${start} ${item.opcode} ${item.byteLength} ${item.payload.hex}`;
  const { opcode, byteLength, fin, hex } = item.dump;
  return `${start} ${opcode ?? '-'} ${byteLength} ${fin} ${hex}`;
}

function openFile(name: string): DecodeState {
  const bytes = new Uint8Array(readFileSync(`${FOLDER}${name}`));
  const file = new FileSource(name);
  for (let at = 0; at < bytes.length; at += 3000) file.push(bytes.slice(at, at + 3000));
  return decodedFile('either', file.end({ text: '', sender: 'either', limits: {} }));
}

test('there are many forms', () => expect(FILES.length).toBeGreaterThan(100));

describe.each(FILES)('%s', (name) => {
  test.skipIf(SEALED.has(name))('as a file, the page finds what the command finds', async () => {
    const state = openFile(name);
    const [page, command] = [byPage(state), await byCommand(`${FOLDER}${name}`)];
    expect(page.rows).toEqual(command.rows);
    if (command.problem !== undefined) {
      expect(command.problem.replace(/\s+/g, ' ')).toContain(page.problem?.replace(/\s+/g, ' '));
      return;
    }
    expect(page.form).toBe(command.form);
    expect(page.endings).toEqual(command.endings);
    // What is shown of it can be sent from a worker, and opens.
    expect(structuredClone(presentDecoded(state)).form).toBe(command.form);
  });

  const text = readFileSync(`${FOLDER}${name}`, 'utf8');
  test.skipIf(text.includes('\ufffd') || text.includes('\0'))('pasted, it is the same', () => {
    const [pasted, file] = [byPage(initialDecodeState({ text, sender: 'either', limits: {} })), byPage(openFile(name))];
    expect(pasted).toEqual(file);
  });
});

/** As a message or a bug report holds a file. */
const WRITTEN: Readonly<Record<string, (bytes: Buffer) => string>> = {
  hex: (bytes) => bytes.toString('hex'),
  base64: (bytes) => bytes.toString('base64').replace(/.{76}/g, '$&\n'),
  'rows of hex bytes, with hex offsets': (bytes) =>
    Array.from({ length: Math.ceil(bytes.length / 16) }, (_, row) => {
      const start = row * 16;
      const pairs = [...bytes.subarray(start, start + 16)].map((byte) => byte.toString(16).padStart(2, '0'));
      return `${start.toString(16).padStart(8, '0')}: ${pairs.join(' ')}`;
    }).join('\n'),
};

describe.each(Object.entries(WRITTEN))('a whole file written as %s', (form, write) => {
  test.each(FILES.filter((name) => /\.(?:pcap|pcapng|zip)$/.test(name) && !SEALED.has(name)))('%s', (name) => {
    const text = write(readFileSync(`${FOLDER}${name}`));
    const [pasted, file] = [byPage(initialDecodeState({ text, sender: 'either', limits: {} })), byPage(openFile(name))];
    if (file.problem === undefined) expect(pasted).toEqual({ ...file, form: `${file.form}, written as ${form}` });
    else expect(pasted.problem).toBeDefined();
  });
});

test('the command opens a capture that is written as base64, and decrypts what has its secrets', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'written-'));
  const file = join(folder, 'capture.txt');
  const capture = `${FOLDER}captures/editcap-tls-with-secrets.pcapng`;
  writeFileSync(file, readFileSync(capture).toString('base64'));
  const [written, opened] = [await byCommand(file), await byCommand(capture)];
  rmSync(folder, { recursive: true });
  expect(opened.rows.length).toBeGreaterThan(0);
  expect(written).toEqual({ ...opened, form: `${opened.form}, written as base64` });
});

test.each([...SEALED])('%s: the page opens it with the secrets inside it', async (name) => {
  const file = new File([readFileSync(`${FOLDER}${name}`)], name);
  const { result } = await new FilesReader().read([file], 'either');
  const [page, command] = [byPage(decodedFile('either', result)), await byCommand(`${FOLDER}${name}`)];
  expect(command.rows.length).toBeGreaterThan(0);
  expect(page).toEqual(command);
});

test.each([...SEALED])('%s without ciphers: the page says that it is encrypted', (name) => {
  const { problem, notes } = presentDecoded(openFile(name));
  expect(`${problem?.sentence} ${notes.join(' ')}`).toMatch(/TLS|encrypted/);
});
