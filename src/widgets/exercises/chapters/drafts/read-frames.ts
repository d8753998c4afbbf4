import { formatHex } from '../../../../bytes/hex.ts';
import { joinBytes } from '../../../../bytes/join-bytes.ts';
import { encodeHixieText, HIXIE_CLOSE } from '../../../../drafts/hixie-frames.ts';
import { encodeText } from '../../../../text/utf8.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const WORDS = ['hi', 'ok', 'yes', 'no', 'go', 'one', 'two', 'ten', 'sun', 'sea'];
/** A frame of a type that nobody defined: a length, and as many bytes. */
const unknown = (bytes: Uint8Array) => joinBytes([Uint8Array.of(0x80, bytes.length), bytes]);

/** Texts in a stream of hixie-76, one of them inside a frame that must be skipped. draft-hixie-thewebsocketprotocol-76 §5.3. */
export const READ_FRAMES: Exercise = {
  id: 'read-frames',
  title: 'Read a stream of hixie-76',
  generate(seed) {
    const random = new SeededRandom(seed);
    const [first = '', second = '', skipped = ''] = random.shuffle(WORDS);
    const stream = joinBytes([
      encodeHixieText(encodeText(first)),
      unknown(encodeText(skipped)),
      encodeHixieText(encodeText(second)),
      HIXIE_CLOSE,
    ]);
    const right = `${first} ${second}`;
    return {
      question: {
        task: 'A client of hixie-76 sends these bytes. Which two texts arrive? Write them with a space between.',
        given: [{ kind: 'bytes', label: 'The bytes', hex: formatHex(stream) }],
        form: { kind: 'line', label: 'The two texts' },
        hint: 'A byte below `80` begins a frame that ends with `ff`. After any other byte comes a length: skip that many bytes.',
        solution: {
          steps: [
            `\`00\` begins a text, and \`ff\` ends it: ${first}.`,
            `\`80\` begins a frame of an unknown type with ${skipped.length} bytes. Skip them, although they look like text.`,
            `The next text is ${second}. \`ff 00\` closes.`,
          ],
          answer: [right],
        },
      },
      verify([text = '']) {
        const given = text.trim().replace(/\s+/g, ' ');
        if (given === right)
          return {
            right: true,
            sentence: `${first} and ${second} arrive. ${skipped} is in a frame that a receiver skips.`,
          };
        if (given.split(' ').includes(skipped))
          return { right: false, sentence: `${skipped} is in a frame of type 80, which has a length and is skipped.` };
        if (given === first) return { right: false, sentence: 'That is the first text. The stream goes on after it.' };
        return { right: false, sentence: 'Read each byte between 00 and ff as a letter.' };
      },
    };
  },
};
