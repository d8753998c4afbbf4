import { expect, test } from 'vitest';
import { isExactMatch, isSimilarMatch } from './exact-match.ts';

const TEXT = 'The client masks every frame: Sec-WebSocket-Key, payload length, the wire.';

test.each(['mask', 'masking', 'Masked frames', 'sec-websocket-key', 'length payload', ' wire '])(
  '%s is there',
  (words) => {
    expect(isExactMatch(words, TEXT)).toBe(true);
  },
);

test.each(['wireshark', 'maskng', 'frame proxy', 'keys2'])('%s is not', (words) => {
  expect(isExactMatch(words, TEXT)).toBe(false);
});

test('what begins alike is similar, and nothing else', () => {
  for (const words of ['maskng', 'wireshark', 'qqqqqq payload']) expect(isSimilarMatch(words, TEXT), words).toBe(true);
  for (const words of ['qqqqqq', 'proxy', '']) expect(isSimilarMatch(words, TEXT), words).toBe(false);
});
