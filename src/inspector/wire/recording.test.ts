import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Loopback } from '../../lab/loopback.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../../text/utf8.ts';
import { formatRecording, parseRecording, type Recording } from './recording.ts';

function record(text: string) {
  const options = { path: '/echo', host: 'localhost', key: EXAMPLE_KEY, nextMaskingKey: () => 7, now: () => 0.25 };
  const loopback = new Loopback(options);
  return [...loopback.connect(), ...loopback.send(OPCODE.text, encodeText(text)), ...loopback.close(1000, 'bye')];
}

describe('a recording', () => {
  it('is the same after it was written and read', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.option(fc.string(), { nil: undefined }), (title, text, browser) => {
        const recording: Recording = { title, messages: record(text), ...(browser !== undefined && { browser }) };
        const formatted = formatRecording(recording);
        expect(parseRecording(formatted)).toEqual({ recording });
        expect(formatRecording(recording)).toBe(formatted);
      }),
    );
  });

  it('has a line for each message', () => {
    const messages = record('Hello');
    const lines = formatRecording({ title: 'Hello', messages }).split('\n');
    expect(lines.filter((line) => line.startsWith('  {'))).toHaveLength(messages.length);
  });

  it('may be empty', () => {
    const recording = { title: 'nothing', messages: [] };
    expect(parseRecording(formatRecording(recording))).toEqual({ recording });
  });

  it.each([
    ['{', 'the recording is not JSON'],
    ['null', 'the recording is not an object'],
    ['{}', 'title must be a text'],
    ['{"title":"x","browser":1,"messages":[]}', 'browser must be a text'],
    ['{"title":"x"}', 'messages must be a list'],
    [
      '{"title":"x","messages":[{"type":"dropped","connection":1}]}',
      'messages[0].messages is missing: it must be an integer from 0 on',
    ],
  ])('says why %s is none', (text, problem) => {
    expect(parseRecording(text)).toEqual({ problem });
  });
});
