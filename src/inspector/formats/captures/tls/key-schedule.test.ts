import { expect, test } from 'vitest';
import { bytesOfHex, formatHex } from '../../../../bytes/hex.ts';
import { type CipherSuite, suiteOf } from './cipher-suites.ts';
import { KeyLog } from './key-log.ts';
import { keysOfSecret, nextSecret } from './key-schedule.ts';

const suite = suiteOf(0x1301) as CipherSuite;

test('the keys of a server in RFC 8448 §3', () => {
  const handshake = bytesOfHex('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38');
  const { key, iv } = keysOfSecret(handshake, suite);
  expect(formatHex(key)).toBe('3fce516009c21727d0f2e4e86ee403bc');
  expect(formatHex(iv)).toBe('5d313eb2671276ee13000b30');
});

test('a KeyUpdate gives another secret of the same length, as often as it comes', () => {
  const first = bytesOfHex('a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643');
  const second = nextSecret(first, suite);
  const third = nextSecret(second, suite);
  expect([second.length, third.length]).toEqual([32, 32]);
  expect(new Set([first, second, third].map(formatHex)).size).toBe(3);
});

test('a key log has remarks, empty lines and labels that are of no use here', () => {
  const log = new KeyLog();
  log.add(
    `# a remark\r\n\r\nCLIENT_RANDOM ${'AB'.repeat(32)} ${'0c'.repeat(48)}\r\nEXPORTER_SECRET x y\nCLIENT_RANDOM short 00\n`,
  );
  expect(log.size).toBe(1);
  expect(log.find('CLIENT_RANDOM', 'ab'.repeat(32))).toEqual(new Uint8Array(48).fill(12));
  expect(log.find('CLIENT_RANDOM', 'ac'.repeat(32))).toBeUndefined();
});
