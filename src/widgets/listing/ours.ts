import type { Memory } from '../../bytes/memory/memory.ts';
import { admit, type Policy } from '../../companion/policy/admit.ts';
import { upgradeRequestOf } from '../../companion/policy/upgrade-request.ts';
import type { Effect } from '../../protocol/endpoint/effects.ts';
import { Endpoint } from '../../protocol/endpoint/endpoint.ts';
import { encodeFrameHeader } from '../../protocol/framing/frame.ts';
import { layoutOf } from '../../protocol/framing/layout.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { EXAMPLE_REQUEST } from '../../protocol/handshake/head/example-heads.ts';
import { formatResponseHead } from '../../protocol/handshake/head/format-head.ts';
import { parseRequestHead } from '../../protocol/handshake/head/parse-head.ts';
import { refuseRequest } from '../../protocol/handshake/response/respond.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import { countBytes } from '../../text/count.ts';
import { decodeText, encodeText } from '../../text/utf8.ts';
import type { StoryName } from './case.ts';
import { cut, READ_BYTES, STORY_BYTES } from './replay.ts';
import { showData, showHex } from './say.ts';

/** How much our server keeps for one receiver of a broadcast, in bytes: that of server/bounds/limits.ts. */
export const MAX_BROADCAST_UNSENT_BYTES = 4 * 1024 * 1024;

const ENDS_TCP = 'ends TCP';

/** What our server does with bytes after the opening handshake, in sentences. */
export function feedOurs(reads: readonly Uint8Array[]): string[] {
  const server = openEndpoint();
  const said: string[] = [];
  for (const read of reads.flatMap((each) => cut(each, READ_BYTES))) {
    for (const effect of server.receive(read.slice())) said.push(...sayEffect(effect));
  }
  // Our server has ended TCP: the client ends it too.
  if (said.includes(ENDS_TCP)) said.push(...server.receiveEnd().flatMap(sayEffect));
  return said.length > 0 ? said : ['waits for the rest'];
}

function openEndpoint(memory?: Memory): Endpoint {
  const server = new Endpoint({ role: 'server', ...(memory !== undefined && { memory }) });
  perform(server.receive(encodeText(EXAMPLE_REQUEST)));
  return server;
}

/** Takes all effects: a generator that nobody iterates does nothing. */
function perform(effects: Iterable<Effect>): Effect[] {
  return [...effects];
}

function sayEffect(effect: Effect): string[] {
  if (effect.type === 'closeTcp') return [ENDS_TCP];
  if (effect.type === 'write') return [`sends ${kindOf(effect.bytes)}: ${showHex(effect.bytes)}`];
  const { event } = effect;
  switch (event.type) {
    case 'message':
      return [
        `hands its handler ${showData(event.opcode === OPCODE.text ? (decodeText(event.payload) ?? '') : event.payload)}`,
      ];
    case 'ping':
    case 'pong':
      return [`tells its handler of a ${event.type}`];
    case 'close':
      return [
        event.violation === undefined
          ? `tells its handler that the connection has ended, with ${event.closeCode}`
          : `tells its handler which rule was broken: ${ruleNamed(event.violation.rule)?.requirement}`,
      ];
    case 'open':
      return [];
  }
}

function kindOf(bytes: Uint8Array): string {
  const opcode = (bytes[0] ?? 0) & 0x0f;
  if (opcode === OPCODE.close) return `a close frame with ${((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)}`;
  return opcode === OPCODE.pong ? 'a pong' : countBytes(bytes.length);
}

/** The rules of our server, with the two paths that the listing has too. */
const POLICY: Policy = {
  routes: new Map([
    ['/echo', {}],
    ['/broadcast', {}],
  ]),
  allowedOrigins: [],
  taps: true,
  listening: () => ({ host: 'localhost', loopbackOnly: true }),
};

/** Our answer to a request, in bytes, and why. */
export function answerOurs(request: Uint8Array): { readonly answer: Uint8Array; readonly said: string[] } {
  const parsed = parseRequestHead(request);
  if (parsed.kind === 'incomplete') return { answer: new Uint8Array(0), said: ['waits for the end of the head'] };
  const admitted = parsed.kind === 'refused' ? undefined : admit(upgradeRequestOf(parsed.head), POLICY);
  const refusal = parsed.kind === 'refused' ? parsed.refusal : admitted && 'refused' in admitted && admitted.refused;
  if (refusal) {
    const { head } = refuseRequest(refusal);
    return { answer: formatResponseHead(head), said: [`answers ${refusal.httpStatus}: ${refusal.sentence}`] };
  }
  const server = new Endpoint({ role: 'server', subprotocols: ['chat', 'superchat'] });
  const answer = perform(server.receive(request.slice())).find((effect) => effect.type === 'write');
  return { answer: answer?.bytes ?? new Uint8Array(0), said: ['answers 101, and is open once that is written'] };
}

/** The header that our server writes for a binary message. */
export function headerOurs(payloadLength: number): { readonly header: Uint8Array; readonly said: string[] } {
  const header = encodeFrameHeader({ opcode: OPCODE.binary, payload: new Uint8Array(payloadLength) });
  return { header, said: [`writes the ${layoutOf(header[1] ?? 0).lengthForm}-bit form: ${countBytes(header.length)}`] };
}

/** The stories of several connections, with our endpoint in the place of each. */
export function tellOurs(name: StoryName): string[] {
  const a = openEndpoint();
  if (name === 'terminated') {
    const ended = a.abandon(1008, 'refused').flatMap(sayEffect);
    const later = a.sendText('Hello');
    return [...ended.map((line) => `${line} (to A)`), `sends A nothing more: ${countBytes(lengthOf(later))} for Hello`];
  }
  if (name === 'gone') {
    const told = a.receiveEnd().flatMap(sayEffect);
    return [...told, `writes ${countBytes(lengthOf(a.sendText('Hello')))} to a connection that has ended`];
  }
  let [unsent, messages] = [0, 0];
  while (unsent <= MAX_BROADCAST_UNSENT_BYTES) {
    unsent += lengthOf(a.sendBinary(new Uint8Array(STORY_BYTES)));
    messages++;
  }
  return [
    `keeps at most ${countBytes(MAX_BROADCAST_UNSENT_BYTES)} for A: passed at message ${messages}`,
    ...a
      .abandon(1008, 'too slow')
      .flatMap(sayEffect)
      .map((line) => `${line} (to A)`),
    'goes on with B and everybody else',
  ];
}

function lengthOf(effects: readonly Effect[]): number {
  return effects.reduce((sum, effect) => sum + (effect.type === 'write' ? effect.bytes.length : 0), 0);
}

/** How many bytes our code copies at most for a message in reads of {@link READ_BYTES}: counted in its memory. */
export function copiesOurs(frame: Uint8Array): number {
  const memory = new CountingMemory();
  const server = openEndpoint(memory);
  for (const read of cut(frame, READ_BYTES)) perform(server.receive(read));
  return memory.replacedBytes + frame.length;
}

/** Counts what may be copied when one array takes the place of a shorter one. */
class CountingMemory implements Memory {
  replacedBytes = 0;
  #current = 0;

  take(byteLength: number): Uint8Array<ArrayBuffer> {
    this.replacedBytes += this.#current;
    this.#current = byteLength;
    return new Uint8Array(byteLength);
  }

  keep(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    return new Uint8Array(bytes);
  }

  done(): void {}
}
