import { parseConformanceAnswer, parseConformanceOrder } from '../../src/companion/conformance.ts';
import { parseHealth } from '../../src/companion/health.ts';
import { parseRawAnswer, parseRawRequest } from '../../src/companion/lab.ts';
import { parseWireMessage } from '../../src/companion/parse-wire-message.ts';
import { companionAt, foreseeRefusal } from '../../src/companion/policy/foresee.ts';
import { findAct } from '../../src/lab/acts.ts';
import { actLoopback } from '../../src/lab/simulate-act.ts';
import { EXAMPLE_KEY, OPCODE } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { HEAD, LONG, LONGER, type Row, row } from './row.ts';

const options = { host: 'localhost', key: EXAMPLE_KEY, nextMaskingKey: () => 0, now: () => 0 };

/** A message to the lab's server, which obeys those that name an act. */
function order(text: string): void {
  const loopback = actLoopback(undefined, options);
  loopback.connect();
  loopback.send(OPCODE.text, encodeText(text));
}

const headFrom = (headers: readonly { name: string; value: string }[], target = '/echo') =>
  ({ method: 'GET', target, httpVersion: '1.1', headers }) as const;

const POLICY = companionAt('localhost');

export const COMPANION_ROWS: readonly Row[] = [
  row('the hex of a raw run', LONGER, (text) => parseRawRequest(JSON.stringify({ hex: text }))),
  row('a raw run', LONG, parseRawRequest),
  row('an answer to a raw run', LONG, parseRawAnswer),
  row('an order to check', LONG, parseConformanceOrder),
  row('the address in an order to check', LONG, (text) =>
    parseConformanceOrder(JSON.stringify({ url: text, only: text })),
  ),
  row('an answer to a check', LONG, parseConformanceAnswer),
  row('a message of a tap', LONG, parseWireMessage),
  row('what the companion says of itself', LONG, parseHealth),
  row('the name of an act', HEAD, (text) => findAct(text)),
  row('the code of an act', HEAD, (text) => findAct(`close-${text}`)),
  row('the payload of a ping', HEAD, (text) => findAct('ping', text)),
  row('a reason', HEAD, (text) => findAct('close-4000', text)),
  row('an order to the lab', LONG, order),
  row('an order to ping', LONG, (text) => order(`ping ${text}`)),
  row('an Origin, foreseen', HEAD, (text) => foreseeRefusal(headFrom([{ name: 'Origin', value: text }]), POLICY)),
  row('a Host, foreseen', HEAD, (text) =>
    foreseeRefusal(
      headFrom([
        { name: 'Origin', value: 'http://x' },
        { name: 'Host', value: text },
      ]),
      POLICY,
    ),
  ),
  row('a target, foreseen', HEAD, (text) => foreseeRefusal(headFrom([], `/${text}`), POLICY)),
];
