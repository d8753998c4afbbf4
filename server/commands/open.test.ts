import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCommandLine } from './command-line.ts';

const sample = (name: string) => fileURLToPath(new URL(`../../tests/samples/captures/${name}`, import.meta.url));

async function run(...args: string[]) {
  let [out, err] = ['', ''];
  const status = await runCommandLine(['open', ...args], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

test('--list prints a short line for each frame', async () => {
  const { status, out, err } = await run('--list', sample('tcpdump-lo-en10mb.pcap'));
  expect(status).toBe(0);
  expect(err).toBe('Read as: a pcap capture.\n');
  const rows = out.trimEnd().split('\n');
  expect(rows).toHaveLength(8);
  expect(rows[0]).toMatch(/^1\tin\t[\d.]+\t\d+\t1\t1\t5$/);
});

test('--list of one connection', async () => {
  const { out } = await run('--list', '--connection', '2', sample('mergecap-two-linktypes.pcapng'));
  expect(
    out
      .trimEnd()
      .split('\n')
      .every((row) => row.startsWith('2\t')),
  ).toBe(true);
  expect(out.trimEnd().split('\n')).toHaveLength(8);
});

test('TLS in a capture is decrypted with the secrets inside it', async () => {
  const { status, out } = await run(sample('editcap-tls-with-secrets.pcapng'));
  expect(status).toBe(0);
  expect(out).toContain('"Hello over TLS"');
});

test('a stream of HTTP/2 is a connection', async () => {
  const { status, out } = await run(sample('tcpdump-h2c-rfc8441.pcap'));
  expect(status).toBe(0);
  expect(out).toContain('→ CONNECT /chat, websocket in HTTP/2');
  expect(out).toContain('"hello over h2"');
});

test.each([
  ['a list has no content to print', ['--list', '--json', 'x.pcap'], '--list prints no content'],
  ['a filter with a wrong word', ['--filter', 'in $.a[x]', 'x.pcap'], '--filter, character 4: '],
  ['a key log that is missing', ['--keylog', '/no/such/file', 'x.pcap'], '/no/such/file does not exist'],
  ['a key log without a name', ['--keylog=', 'x.pcap'], '--keylog needs a file'],
  ['a key log that is another file', ['--keylog', sample('README.md'), 'x.pcap'], 'has no TLS secrets'],
])('%s: exit status 2', async (_, args, message) => {
  const { status, out, err } = await run(...args);
  expect(status).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(message);
});
