import { CLOSING_RULES, type FramePart, OPCODE } from '../src/protocol/index.ts';
import { decodeText, encodeText } from '../src/text/utf8.ts';
import { byId, byRule, closings, type Fault, failures, withHeader } from './conformance-fault.ts';

/** What the RFC says of codes ends before these. */
const beyondCodes = byRule(CLOSING_RULES.codeFrom5000.name);
const closesTooEarly = byId('4.2.2-opens-close-behind');
const never = () => false;
const asBinary = (part: FramePart) =>
  part.opcode === OPCODE.text ? withHeader(part, { opcode: OPCODE.binary }) : part;
const NON_CHARACTER = /[\ufffe\uffff]|[\ud83f-\udbff][\udffe\udfff]/;

/** What a server does wrong when it closes. RFC 6455 §7. */
export const CLOSING_FAULTS: readonly Fault[] = [
  {
    name: 'does not answer a close frame',
    breaks: (given) => closings(given) && !closesTooEarly(given),
    bends: closesTooEarly,
    closeAnswer: () => undefined,
  },
  {
    name: 'answers every close frame with 1001',
    breaks: (given) => closings(given) && given.id !== '7.4-close-1001',
    closeAnswer: () => Uint8Array.of(0x03, 0xe9),
  },
  {
    name: 'takes any close body',
    breaks: (given) => byRule(...Object.values(CLOSING_RULES).map(({ name }) => name))(given) && !beyondCodes(given),
    bends: beyondCodes,
    takesCloseBody: () => true,
  },
  ...Object.values(CLOSING_RULES).map(
    ({ name }): Fault => ({
      name: `takes ${name}`,
      breaks: (given) => byRule(name)(given) && !beyondCodes(given),
      bends: (given) => byRule(name)(given) && beyondCodes(given),
      takesCloseBody: (rule) => rule === name,
    }),
  ),
  {
    name: 'goes on after a close frame',
    breaks: byId('5.5.1-text-after', '5.5.1-binary-after', '5.5.1-ping-after-close'),
    // The second answer is as good as the first.
    bends: byId('5.5.1-close-after', '5.5.1-nonsense-after'),
    checks: (part) => (part.rsv1 ? part : undefined),
    goesOnAfterClose: true,
  },
  {
    name: 'echoes what comes behind a close frame',
    breaks: ({ rule }) => rule === 'data-frame-after-close',
    checks: (part) => (part.rsv1 ? part : undefined),
    goesOnAfterClose: true,
  },
  { name: 'does not end TCP', breaks: byId('7.', '5.5.1-'), keepsTcp: true },
  { name: 'fails with 1011', breaks: failures, failureCode: () => 1011 },
  { name: 'fails without a close frame', breaks: never, bends: failures, failureCode: () => undefined },
];

/** What a server does wrong with messages. RFC 6455 §6, §8.1, §10.4. */
export const MESSAGE_FAULTS: readonly Fault[] = [
  { name: 'checks no UTF-8', breaks: byRule('text-not-utf8', 'text-cut-inside-character'), checks: asBinary },
  {
    name: 'skips texts that are not UTF-8',
    breaks: (given) => byRule('text-not-utf8')(given) && given.id.startsWith('8.1-utf8'),
    ignores: ['text-not-utf8'],
  },
  {
    name: 'skips the end of a text that ends inside a character',
    breaks: byRule('text-cut-inside-character'),
    ignores: ['text-cut-inside-character'],
  },
  {
    name: 'checks UTF-8 at the end of a message',
    breaks: never,
    bends: byId('8.1-early'),
    checks: asBinary,
    failsMessage: (opcode, payload) => (opcode === OPCODE.text && decodeText(payload) === undefined ? 1007 : undefined),
  },
  {
    name: 'drops byte order marks',
    breaks: byId('8.1-byte-order-mark-1', '8.1-byte-order-mark-2'),
    echo: (opcode, payload) => [
      { opcode, payload: opcode === OPCODE.text ? encodeText(new TextDecoder().decode(payload)) : payload },
    ],
  },
  {
    name: 'takes non-characters for invalid',
    breaks: byId('8.1-utf8-6.22', '8.1-utf8-6.23.6', '8.1-utf8-6.23.7'),
    failsMessage: (opcode, payload) =>
      opcode === OPCODE.text && NON_CHARACTER.test(decodeText(payload) ?? '') ? 1007 : undefined,
  },
  {
    name: 'answers text as binary',
    breaks: (given) => byId('8.1-text', '8.1-utf8-6.5', '5.2-length-text')(given),
    echo: (_opcode, payload) => [{ opcode: OPCODE.binary, payload }],
  },
  {
    name: 'ends a message at a byte 0',
    breaks: byId('8.1-utf8-6.7.1', '5.6-binary-any-byte'),
    echo: (opcode, payload) => [{ opcode, payload: payload.subarray(0, Math.max(payload.indexOf(0), 0)) }],
  },
  {
    name: 'echoes twice',
    breaks: byId('6.2-thousand', '5.2-length', '5.2-2-frames'),
    echo: (opcode, payload) => [
      { opcode, payload },
      { opcode, payload },
    ],
  },
  { name: 'has no limit', breaks: byRule('message-too-long'), ignores: ['message-too-long'] },
];
