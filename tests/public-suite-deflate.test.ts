import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCompanion } from '../server/server.ts';
import { DEFLATE } from './public-suite/deflate.ts';
import { runDeflateCase } from './public-suite/deflate-client.ts';

/** The suite sends 1,000 in each case, 11 GB in all. `PUBLIC_SUITE_MESSAGES=1000` does so, too. */
const { PUBLIC_SUITE_MESSAGES = '4' } = process.env;
const MESSAGES = Number(PUBLIC_SUITE_MESSAGES);

const companion = createCompanion({ port: 0, deflate: { everywhere: true, minBytes: 0 } });
beforeAll(() => companion.listen());
afterAll(() => companion.close());

test('the table has all 216 cases of sections 12 and 13', () => {
  expect(new Set(DEFLATE.map(({ number }) => number)).size).toBe(216);
  const bytes = new Map(DEFLATE.map(({ file }) => [file.name, file.bytes()]));
  expect([...bytes].map(([name, contents]) => [name, contents.length])).toEqual([
    ['data1.json', 194_056],
    ['lena512.bmp', 263_222],
    ['pg2229.txt', 222_218],
    ['data1.html', 263_647],
    ['a PDF', 1_042_328],
  ]);
  expect(bytes.get('data1.html')?.toString().length).toBe(263_620);
});

test.each(DEFLATE.map((given) => ({ given, number: given.number })))(
  '$number',
  { timeout: 60_000 + 1000 * MESSAGES },
  async ({ given }) => {
    await runDeflateCase(companion.listening.port, given, MESSAGES);
  },
);

test('a server that does not accept the extension fails', async () => {
  const plain = createCompanion({ port: 0 });
  await plain.listen();
  await expect(runDeflateCase(plain.listening.port, DEFLATE[0] ?? expect.unreachable(), 1)).rejects.toThrow(
    'does not accept',
  );
  await plain.close();
});
