import { expect, test } from 'vitest';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { describeTranscript } from './describe-transcript.ts';
import { openingRequest } from './opening-request.ts';
import { ReceivedPayload } from './received-payload.ts';
import { TranscriptWriter } from './transcript-writer.ts';

test('a server that sends more messages than a call can have arguments is described', () => {
  const { transcript } = new TranscriptWriter(openingRequest());
  const messages = [OPCODE.text, OPCODE.binary].map((opcode) => ({
    timeMs: 0,
    step: 0,
    opcode,
    payload: ReceivedPayload.of(new Uint8Array(0)),
  }));
  const received = Array.from({ length: 200_000 }, (_, i) => messages[i % 2] as (typeof messages)[number]);
  expect(describeTranscript({ ...transcript, received }).split('; ').length).toBeGreaterThan(200_000);
});
