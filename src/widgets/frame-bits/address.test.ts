import { expect, test } from 'vitest';
import { linkedBytes, linkOf } from './address.ts';

const read = (hash: string) => linkedBytes(new URLSearchParams(hash));

test('a frame in the address is read, and its MASK bit tells who sent it', () => {
  expect(read('f=818537fa213d7f9f4d5158')).toMatchObject({ sender: 'client' });
  expect(read('f=81024869')).toEqual({ bytes: Uint8Array.of(0x81, 0x02, 0x48, 0x69), sender: 'server' });
  expect(read('length=5')).toBeUndefined();
});

test.each([
  ['f=', 'has 0 bytes. This figure reads 1 to 512'],
  ['f=8', 'half a byte'],
  ['f=xyz', 'not a hex digit'],
  ['f=00000000%20%2081%2002%2048%2069', 'looks like the offset'],
  [`f=${'00'.repeat(513)}`, 'has 513 bytes. This figure reads 1 to 512'],
])('%s: why it is no frame is said', (hash, why) => {
  const linked = read(hash);
  expect(linked !== undefined && 'problem' in linked ? linked.problem : '').toContain(why);
});

test('a frame that is too long stays out of the address', () => {
  expect(linkOf('8100')).toEqual({ f: '8100' });
  expect(linkOf('00'.repeat(513))).toBeUndefined();
});
