import { chooseSubprotocol } from '../../../../protocol/handshake/response/respond.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { nameOfLine } from './draw-request.ts';

const NAMES = ['chat', 'Chat', 'superchat', 'mqtt', 'soap', 'wamp.2.json', 'graphql-transport-ws', 'dump.json'];
const NONE = 'none';
const HEADER = 'Sec-WebSocket-Protocol';

/** Which subprotocol does the server choose? RFC 6455 §4.2.2. */
export const CHOOSE_THE_SUBPROTOCOL: Exercise = {
  id: 'choose-the-subprotocol',
  title: 'Choose the subprotocol',
  generate(seed) {
    const random = new SeededRandom(seed);
    const offered = random.shuffle(NAMES).slice(0, random.between(1, 4));
    const supported = random.shuffle(NAMES).slice(0, random.between(1, 4));
    const chosen = chooseSubprotocol(offered, supported);
    const answer = chosen === undefined ? NONE : `${HEADER}: ${chosen}`;
    return {
      question: {
        task: `Write the ${HEADER} line of your server’s answer, or \`${NONE}\` if there is no such line. Your server picks the first name in the client’s order that it supports.`,
        given: [
          { kind: 'lines', label: 'in the request', lines: [`${HEADER}: ${offered.join(', ')}`] },
          { kind: 'value', label: 'your server supports', text: supported.join(', ') },
        ],
        form: { kind: 'line', label: 'Line of the response' },
        hint: 'One name at most, spelled as the client spelled it. Upper and lower case are different here.',
        solution: {
          steps: [
            chosen === undefined
              ? 'No name is in both lists.'
              : `\`${chosen}\` is the client’s first name that you support.`,
          ],
          answer: [answer],
        },
      },
      verify: ([given = '']) => judge(given.trim(), offered, supported, chosen),
    };
  },
};

function judge(
  given: string,
  offered: readonly string[],
  supported: readonly string[],
  chosen: string | undefined,
): Verdict {
  const wrong = (sentence: string): Verdict => ({ right: false, sentence });
  if (given.toLowerCase() === NONE) {
    if (chosen === undefined)
      return { right: true, sentence: 'Right. The lists have no name in common, so the header must be left out.' };
    return wrong('The two lists have a name in common.');
  }
  if (nameOfLine(given) !== HEADER.toLowerCase())
    return wrong(`Begin the line with the header’s name, ${HEADER}, and a colon.`);
  const value = given.slice(given.indexOf(':') + 1).trim();
  if (value === chosen) return { right: true, sentence: 'Right.' };
  if (value.includes(','))
    return wrong('The server chooses only one name. If there are two, the client fails the connection.');
  if (!offered.includes(value)) return wrong(`The client did not offer “${value}”, so it would fail the connection.`);
  if (!supported.includes(value)) return wrong(`Your server does not support “${value}”.`);
  return wrong(`You support “${value}”, but also a name that the client put before it.`);
}
