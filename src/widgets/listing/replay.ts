import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { type NaiveEvent, NaiveServer2011 } from '../../specimens/naive-server-2011.ts';
import { encodeText } from '../../text/utf8.ts';
import type { Input, Step, StoryName } from './case.ts';
import { MASKING_KEY } from './frame-inputs.ts';
import { requestText } from './request-inputs.ts';

/** As much as the listing reads at a time. */
export const READ_BYTES = 1024;
/** What a client of the stories sends, in bytes and how often. */
export const STORY_BYTES = 60_000;
export const STORY_MESSAGES = 100;

const ENCODED_ECHO = encodeText(requestText('/echo'));
const ENCODED_BROADCAST = encodeText(requestText('/broadcast'));

/** What happens to a server in a case, step by step; the Python program replays the same. */
export function stepsOf(input: Input): readonly Step[] {
  switch (input.kind) {
    case 'frames':
      return [...opened(ENCODED_ECHO, 0), ...input.reads.map((bytes): Step => reading(0, bytes, READ_BYTES))];
    case 'request':
      return [{ do: 'connect' }, reading(0, encodeText(input.text), READ_BYTES)];
    case 'sending':
      return [...opened(ENCODED_ECHO, 0), { do: 'send', session: 0, bytes: new Uint8Array(input.payloadLength) }];
    case 'story':
      return STORIES[input.name]();
    case 'cost':
      return input.lengths.flatMap((length, session) => [
        ...opened(ENCODED_ECHO, session),
        reading(session, costFrame(length), READ_BYTES),
      ]);
    case 'start':
      return [];
  }
}

const STORIES: Readonly<Record<StoryName, () => readonly Step[]>> = {
  terminated: () => [
    ...opened(ENCODED_BROADCAST, 0),
    ...opened(ENCODED_BROADCAST, 1),
    { do: 'terminate', session: 0 },
    reading(1, encodeFrame({ opcode: OPCODE.text, payload: encodeText('Hello'), maskingKey: MASKING_KEY })),
  ],
  gone: () => [
    ...opened(ENCODED_ECHO, 0),
    { do: 'client', session: 0, client: 'is gone' },
    { do: 'send', session: 0, bytes: encodeText('Hello') },
  ],
  slow: () => [
    ...opened(ENCODED_BROADCAST, 0),
    ...opened(ENCODED_BROADCAST, 1),
    { do: 'client', session: 0, client: 'stops reading' },
    ...Array.from({ length: STORY_MESSAGES }, () => reading(1, storyFrame())),
  ],
};

function opened(request: Uint8Array, session: number): readonly Step[] {
  return [{ do: 'connect' }, reading(session, request)];
}

function reading(session: number, bytes: Uint8Array, size?: number): Step {
  return { do: 'read', session, bytes, ...(size !== undefined && { size }) };
}

/** A message of the story of the slow reader. */
export function storyFrame(): Uint8Array {
  return encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(STORY_BYTES), maskingKey: MASKING_KEY });
}

/** A binary message whose frame arrives in reads of {@link READ_BYTES}. */
export function costFrame(payloadLength: number): Uint8Array {
  return encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(payloadLength), maskingKey: MASKING_KEY });
}

/** What the listing did. */
export interface Replay {
  readonly events: readonly NaiveEvent[];
  /** For each session, how many bytes it copied to read frames. */
  readonly copied: readonly number[];
}

/** Lets the specimen of the listing go through the steps. */
export function replay(steps: readonly Step[]): Replay {
  const server = new NaiveServer2011();
  const events: NaiveEvent[] = [];
  for (const step of steps) {
    if (step.do === 'connect') {
      server.connect(step.client);
      continue;
    }
    const session = server.sessions[step.session];
    if (session === undefined) throw new RangeError(`there is no session ${step.session}`);
    if (step.do === 'read') for (const chunk of cut(step.bytes, step.size)) session.read(chunk);
    else if (step.do === 'client') session.client = step.client;
    else if (step.do === 'send') session.send(step.bytes);
    else session.terminate();
    for (const event of server.takeEvents()) events.push(event);
  }
  return { events, copied: server.sessions.map(({ copiedBytes }) => copiedBytes) };
}

/** Bytes in reads of at most `size`. */
export function cut(bytes: Uint8Array, size = Math.max(1, bytes.length)): Uint8Array[] {
  const reads: Uint8Array[] = [];
  for (let at = 0; at < Math.max(1, bytes.length); at += size) reads.push(bytes.slice(at, at + size));
  return reads;
}
