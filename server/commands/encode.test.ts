import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readPasted } from '../../src/inspector/formats/read-pasted.ts';
import { COMMANDS, runCommandLine } from './command-line.ts';

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const output = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const status = await runCommandLine(['encode', ...args], output, COMMANDS);
  return { status, out: out.join(''), err: err.join('') };
}

test('prints the frame, and that it breaks no rule', async () => {
  expect(await run('text', 'mask=37fa213d', 'Hello')).toEqual({
    ...{ status: 0, out: '818537fa213d7f9f4d5158\n', err: 'Breaks no rule.\n' },
  });
});

test('prints a wrong frame all the same, and names the rule', async () => {
  const { status, out, err } = await run('frame opcode=3 mask=0 hex:00', '--from', 'client');
  expect([status, out]).toEqual([0, '830100\n']);
  expect(err).toMatch(/^Breaks a rule\. Byte 1, opcode: Opcodes 3 to 7 are reserved/);
});

test('says that the receiver waits where the stated length is too long', async () => {
  expect((await run('text length=9 "Hi"')).err).toMatch(/waits for more bytes/);
});

test('a text with spaces in one argument of the shell stays one text', async () => {
  expect((await run('text', 'two  spaces', '--from', 'server')).out).toBe('810b74776f2020737061636573\n');
});

test('a wrong order ends with 2, and nothing on standard output', async () => {
  expect(await run('ping', 'hi')).toMatchObject({ status: 2, out: '', err: expect.stringContaining('is not hex') });
  expect(await run('text', '--as', 'cobol')).toMatchObject({ status: 2, out: '' });
});

describe('what --as prints is read back by decode', () => {
  test.each(['hex', 'base64', 'c', 'go', 'rust', 'javascript'])('%s', async (form) => {
    const { out } = await run('text', 'mask=37fa213d', '"Hello, you"*3', '--as', form);
    const hex = (await run('text', 'mask=37fa213d', '"Hello, you"*3')).out.trim();
    const pasted = readPasted(out);
    expect('parts' in pasted && Buffer.concat(pasted.parts.map(({ bytes }) => bytes)).toString('hex')).toBe(hex);
  });
});

test('the command for nc sends exactly these bytes after the handshake', async () => {
  const { out } = await run('binary 00ff0a25275c', '--as', 'nc', '--from', 'server');
  const script = out
    .trimEnd()
    .replace(/sleep 1; /g, '')
    .replace(/; sleep 1\)/, ')')
    .replace(/\| nc .*$/, '');
  const sent = execFileSync('sh', ['-c', script]);
  expect(sent.subarray(sent.indexOf('\r\n\r\n') + 4).toString('hex')).toBe('820600ff0a25275c');
});
