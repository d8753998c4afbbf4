import { diagnose } from '../../../../inspector/accept-doctor/diagnose.ts';
import { waysWith } from '../../../../inspector/accept-doctor/ways.ts';
import { encodeKey, NONCE_LENGTH } from '../../../../protocol/handshake/accept/accept-key.ts';
import { decodeLatin1 } from '../../../../text/latin1.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

/** The most common mistakes. */
const COMMON = [
  'hex-digest',
  'key-decoded',
  'key-without-padding',
  'key-with-crlf',
  'key-with-space-before',
  'guid-in-lower-case',
  'guid-in-front',
  'no-guid',
  'sha-256',
  'md5',
  'not-hashed',
];
const OPTIONS = 5;

/** What did this server do wrong? RFC 6455 §4.2.2. */
export const NAME_THE_MISTAKE: Exercise = {
  id: 'name-the-mistake',
  title: 'Find the mistake in the answer',
  generate(seed) {
    const random = new SeededRandom(seed);
    const key = encodeKey(random.bytes(NONCE_LENGTH));
    const answers = new Map(
      [...waysWith(1, key)].flatMap(({ computation, wrongSteps: [wrong] }) =>
        wrong !== undefined && COMMON.includes(wrong.mistake.name)
          ? [[wrong.mistake.title, decodeLatin1(computation.answer)] as const]
          : [],
      ),
    );
    const options = random.shuffle([...answers.keys()]).slice(0, OPTIONS);
    const made = random.pick(options);
    const answer = answers.get(made) ?? '';
    const [finding] = diagnose(key, answer).findings;
    return {
      question: {
        task: 'A new server answered this key with this accept. What did it do wrong? Decode the accept and count its bytes. If the length does not tell you, make each mistake in your own code and compare.',
        given: [
          { kind: 'value', label: 'Sec-WebSocket-Key', text: key },
          { kind: 'value', label: 'Sec-WebSocket-Accept', text: answer },
        ],
        form: { kind: 'choice', legend: 'The mistake', options },
        hint: 'A SHA-1 hash has 20 bytes, an MD5 hash 16, a SHA-256 hash 32. A text has one byte for each character.',
        solution: { steps: [finding?.evidence ?? '', finding?.fix ?? ''], answer: [made] },
      },
      verify: ([chosen = '']) =>
        diagnose(key, answer).findings[0]?.title === chosen
          ? { right: true, sentence: `Right. ${finding?.evidence}` }
          : { right: false, sentence: `With that mistake, the accept would be ${answers.get(chosen)}` },
    };
  },
};
