import { formatHexByte } from '../../../../bytes/hex.ts';
import { encodeKey, NONCE_LENGTH } from '../../../../protocol/handshake/accept/accept-key.ts';
import { EXAMPLE_REQUEST } from '../../../../protocol/handshake/head/example-heads.ts';
import { headerValues } from '../../../../protocol/handshake/head/head.ts';
import { parseRequestHead } from '../../../../protocol/handshake/head/parse-head.ts';
import type { Answer, Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const NAMES = ['Sec-WebSocket-Key', 'sec-websocket-key', 'SEC-WEBSOCKET-KEY'];
const GAPS = ['', ' ', '  ', '\t', ' \t'];
const SHORT_NAMES: Readonly<Record<string, string>> = { '\r': 'CR', '\n': 'LF', '\t': 'TAB', ' ': 'SP' };

/** Which bytes of the header line go into the hash? RFC 6455 §4.2.2. */
export const WHAT_IS_HASHED: Exercise = {
  id: 'what-is-hashed',
  title: 'Cut out the key',
  generate(seed) {
    const random = new SeededRandom(seed);
    const key = encodeKey(random.bytes(NONCE_LENGTH));
    const line = `${random.pick(NAMES)}:${random.pick(GAPS)}${key}${random.pick(GAPS)}\r\n`;
    const [start, end] = keyWithin(line);
    return {
      question: {
        task: 'This is a header line of a request. Pick the first and the last byte that go into the hash.',
        given: [],
        form: {
          kind: 'cells',
          legend: 'Bytes of the line',
          unit: 'byte',
          cells: [...line].map((character) => ({
            text: formatHexByte(character.charCodeAt(0)),
            below: SHORT_NAMES[character] ?? character,
          })),
          picks: 2,
        },
        hint: 'The key is the value of the header: its 24 characters, and nothing around them.',
        solution: {
          steps: [
            'The name and the colon are not part of the value, and neither is the white space around it.',
            `The value is \`${key}\`, with its \`==\`.`,
          ],
          answer: [String(start), String(end - 1)],
        },
      },
      verify: (answer) => judge(answer, line, start, end),
    };
  },
};

/** Where our own parser finds the key. */
function keyWithin(line: string): [start: number, end: number] {
  const request = EXAMPLE_REQUEST.replace(/Sec-WebSocket-Key:.*\r\n/, line);
  const parsed = parseRequestHead(new TextEncoder().encode(request));
  const [key = ''] = parsed.kind === 'complete' ? headerValues(parsed.head, 'Sec-WebSocket-Key') : [];
  const start = line.indexOf(key);
  return [start, start + key.length];
}

function judge(answer: Answer, line: string, start: number, end: number): Verdict {
  const [first = 0, last = 0] = answer.map(Number);
  const name = (at: number) => `Byte ${at + 1}, ${formatHexByte(line.charCodeAt(at))},`;
  const wrong = (at: number, why: string) => ({
    right: false,
    sentence: `${name(at)} ${why}`,
    range: { start: at, end: at + 1 },
  });
  if (first < line.indexOf(':') + 1)
    return wrong(first, 'belongs to the name, or is the colon. Only the value is hashed.');
  if (first < start) return wrong(first, 'is white space before the value. A server removes it.');
  if (first > start) return wrong(first, 'is not the first character of the value.');
  if (last >= end) return wrong(last, 'comes after the value. White space and the line end are not hashed.');
  if (last < end - 1) return wrong(last, 'is not the last character of the value. The == is part of the key.');
  return { right: true, sentence: `Right: ${end - start} bytes. The 36 bytes of the GUID follow.` };
}
