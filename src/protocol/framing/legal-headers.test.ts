import { expect, test } from 'vitest';
import { copyHeader, decodeHeader, type FrameHeader } from './header.ts';
import { LENGTH_IN_64_BITS, MAX_HEADER_LENGTH } from './layout.ts';
import { LegalHeaders } from './legal-headers.ts';
import { checkHeader } from './rules.ts';

test.each(['client', 'server'] as const)('knows what the rules say of the headers of a %s', (sender) => {
  const context = { sender };
  const known = new LegalHeaders(context);
  const bytes = new Uint8Array(MAX_HEADER_LENGTH);
  for (const extendedLength of [0, 125, 126, 0xffff]) {
    bytes[2] = extendedLength >>> 8;
    bytes[3] = extendedLength;
    for (let firstTwoBytes = 0; firstTwoBytes <= 0xffff; firstTwoBytes++) {
      bytes[0] = firstTwoBytes >>> 8;
      bytes[1] = firstTwoBytes;
      const header = { ...(decodeHeader(bytes) as FrameHeader), firstTwoBytes };
      const isLegal = header.lengthField !== LENGTH_IN_64_BITS && checkHeader(header, context) === undefined;
      if (known.has(header) !== isLegal) {
        expect.fail(`${firstTwoBytes.toString(16)} with a length of ${header.payloadLength}: not ${isLegal}`);
      }
    }
  }
});

test('knows nothing of a header that somebody made up', () => {
  const header = decodeHeader(Uint8Array.of(0x82, 0)) as FrameHeader;
  const known = new LegalHeaders({ sender: 'server' });
  expect(known.has({ ...header, firstTwoBytes: 0x8200 })).toBe(true);
  expect(known.has(copyHeader(header))).toBe(false);
});
