import { encodeKey, NONCE_LENGTH } from '../../../../protocol/handshake/accept/accept-key.ts';
import { joinLines } from '../../../../protocol/handshake/head/example-heads.ts';
import { readNaiveRequest } from '../../../../specimens/naive-handshake-2011.ts';
import { encodeText } from '../../../../text/utf8.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

/** A line of a request, and what becomes of it where the listing stumbles over it. */
interface Trap {
  readonly line: string;
  readonly why: string;
}

const HARMLESS = ['Pragma: no-cache', 'Accept-Encoding: gzip', 'User-Agent: test/1.0', 'Cookie: a=b'];
const UPGRADE = 'Upgrade: websocket';

/** Because of which line does the listing raise an exception? RFC 9110 §5.1. */
export const WHICH_LINE_RAISES: Exercise = {
  id: 'which-line-raises',
  title: 'Which line brings it down?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const key = encodeKey(random.bytes(NONCE_LENGTH));
    const port = random.between(8000, 8999);
    const usual = { host: `Host: localhost:${port}`, key: `Sec-WebSocket-Key: ${key}` };
    const [harmless = ''] = random.shuffle(HARMLESS);
    const traps: readonly Trap[] = [
      { line: `host: localhost:${port}`, why: 'It looks for `Host`, and a name in lower case is another name to it.' },
      {
        line: `sec-websocket-key: ${key}`,
        why: 'It looks for `Sec-WebSocket-Key`, and a name in lower case is another name to it.',
      },
      { line: 'X-Time: it is: late', why: 'It splits at every colon and space, and this line has two of them.' },
      { line: 'X-Note:none', why: 'There is no space after the colon, so it cannot split the line.' },
    ];
    const trap = random.pick(traps);
    const lines = random.shuffle([
      trap.line.startsWith('host') ? trap.line : usual.host,
      trap.line.startsWith('sec') ? trap.line : usual.key,
      trap.line.startsWith('X-') ? trap.line : harmless,
      UPGRADE,
    ]);
    const outcome = readNaiveRequest(encodeText(joinLines('GET /echo HTTP/1.1', ...lines)));
    if (outcome.kind !== 'raises') throw new Error('the listing reads this request: it is no question');
    return {
      question: {
        task: 'A client sends this request. Because of which line does the listing raise an exception?',
        given: [{ kind: 'lines', label: 'the request', lines: ['GET /echo HTTP/1.1', ...lines] }],
        form: { kind: 'choice', legend: 'The line', options: lines },
        hint: 'It splits each line at every “: ” and needs exactly two parts. Then it looks for `Host` and `Sec-WebSocket-Key`, letter by letter.',
        solution: { steps: [trap.why, `Python calls it ${outcome.error}.`], answer: [trap.line] },
      },
      verify([chosen = '']) {
        if (chosen === trap.line) return { right: true, sentence: `Right. ${trap.why}` };
        if (chosen === UPGRADE) return { right: false, sentence: 'The listing does not look at Upgrade at all.' };
        return {
          right: false,
          sentence: 'Not that line: it has a name, a colon, a space and a value, all as it likes them.',
        };
      },
    };
  },
};
