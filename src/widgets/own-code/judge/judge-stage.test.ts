import { describe, expect, test } from 'vitest';
import { solutionOf } from '../solutions.ts';
import { STAGE_IDS, type StageId } from '../stage-id.ts';
import { directCode, loadDirectly } from '../testing/direct-code.ts';
import { CORE_CASES } from './core-cases.ts';
import { judgeStage } from './judge-stage.ts';
import type { StageVerdict } from './verdict.ts';

/** The cases as the page has them: as data that was fetched. */
const FETCHED: typeof CORE_CASES = JSON.parse(JSON.stringify(CORE_CASES));

async function judged(stage: StageId, code: string): Promise<StageVerdict> {
  return judgeStage(stage, await loadDirectly(stage, code), { loadCases: async () => FETCHED });
}

describe.each(STAGE_IDS)('the solution of %s', (stage) => {
  test('passes its stage', async () => {
    const verdict = await judged(stage, solutionOf(stage));
    expect(verdict.failure).toBeUndefined();
    expect(verdict).toMatchObject({ passed: true, done: verdict.total });
    expect(verdict.total).toBeGreaterThan(3);
  });
});

/** A mistake: what it replaces in the solution, and what the message must name. */
type Mistake = readonly [replaced: string, by: string, message: RegExp];

const MISTAKES: Readonly<Record<StageId, readonly Mistake[]>> = {
  accept: [
    ['base64(sha1(text))', 'base64(new TextEncoder().encode(hex(sha1(text))))', /hex digits of the hash were encoded/],
    ['base64(sha1(text))', 'hex(sha1(text))', /hex/i],
    ['base64(sha1(text))', 'sha1(text)', /must return text.* Uint8Array of 20 bytes.*base64\(bytes\)/],
    ['key + GUID', 'key', /GUID/],
    ['key + GUID', 'GUID + key', /GUID/],
    ['key + GUID', 'atob(key) + GUID', /base64|decoded/],
    ['C5AB0DC85B11', 'C5AB0DC85B12', /GUID/],
    [
      'new TextEncoder().encode(key + GUID)',
      '(key + GUID)',
      /Line 6, column 17: TypeError: sha1\(\) takes a Uint8Array.*TextEncoder/,
    ],
    ['return base64', 'base64', /returned undefined.*return/],
    ['base64(sha1(text))', "'s3pPLMBiTxaQ9kYGzzhZRbK+xOo='", /right answer for another key/],
    ['function accept', 'async function accept', /Promise.*without async/],
  ],
  decodeHeader: [
    ['fin: (bytes[0] & 0x80) !== 0', 'fin: bytes[0] & 0x80', /fin is 128.*true or false/],
    ['fin: (bytes[0] & 0x80) !== 0', 'fin: (bytes[0] & 1) !== 0', /fin is .*top bit of byte 1/],
    ['(bytes[0] & 0x70) >> 4', 'bytes[0] & 0x70', /rsv is 64.*not shifted/],
    ['opcode: bytes[0] & 0x0f', 'opcode: bytes[0]', /opcode is 129.*all of byte 1/],
    ['opcode: bytes[0] & 0x0f', 'opcode: bytes[0] & 0x7f', /opcode is 65.*RSV bits/],
    ['bytes[1] & 0x7f', 'bytes[1]', /length is 130.*all of byte 2/],
    ['short === 126 ? 2 : short === 127 ? 8 : 0', '0', /length is 126.*next two bytes/],
    ['short === 127 ? 8', 'short === 127 ? 4', /length is 0.*8 bytes/],
    ['length * 256 + bytes[2 + i]', 'length + bytes[2 + i] * 256 ** i', /length is .*wrong order/],
    ['length * 256 + bytes[2 + i]', '(length << 8) | bytes[2 + i]', /length is -1073741824.*32 bits/],
    ['(masked ? 4 : 0)', '0', /headerLength is 2.*masking key belongs to the header/],
    ['(masked ? 4 : 0)', '4', /headerLength is 6, and must be 2. MASK is 0/],
    ['bytes.slice(headerLength - 4, headerLength)', 'bytes.slice(2, 6)', /key is .*last four bytes/],
    ['if (bytes.length < headerLength) return undefined;', '', /not complete/],
    ['    masked,\n', '', /masked is undefined.*no property/],
  ],
  unmask: [
    ['byte ^ key[i % 4]', 'byte', /Byte 1: expected 48, got 7f.*mask is still on/],
    ['key[i % 4]', 'key[0]', /first byte of the key/],
    ['key[i % 4]', 'key[i]', /key begins again/],
    ['key[i % 4]', 'key[3 - (i % 4)]', /last to the first/],
    ['key[i % 4]', 'key[(i + 1) % 4]', /began with key\[1\]/],
    ['byte ^', 'byte &', /AND/],
    [
      'return payload.map((byte, i) => byte ^ key[i % 4])',
      'return String.fromCharCode(...payload.map((byte, i) => byte ^ key[i % 4]))',
      /must return a Uint8Array.*Not every payload is text/,
    ],
    ['return payload', 'payload', /returned undefined/],
  ],
  createReader: [
    ['for (;;) {', 'for (let once = true; once; once = false) {', /returned|must return an array/],
    [
      '      buffer = buffer.slice(end);\n',
      '      buffer = buffer.slice(end);\n      return frames;\n',
      /2 frames are complete.*Loop/,
    ],
    ['buffer = concat(buffer, bytes)', 'buffer = bytes', /One frame is complete.*Keep the bytes/],
    ['if (buffer.length < end) return frames;', '', /No frame is complete yet|payload is wrong/],
    ['header.masked ? unmask(payload, header.key) : payload', 'payload', /payload is wrong.*mask is still on/],
    [
      'header.masked ? unmask(payload, header.key) : payload',
      'unmask(payload, header.key)',
      /Line 17.*TypeError|Line \d+, column \d+ of unmask \(stage 3\): TypeError/,
    ],
    ['fin: header.fin', 'fin: true', /fin is true, and must be false/],
    ['buffer = buffer.slice(end)', 'buffer = buffer.slice(end + 1)', /opcode|complete/],
    ['  let buffer = new Uint8Array(0);\n', '', /ReferenceError: buffer is not defined/],
    ['return frames;\n      const end', 'return undefined;\n      const end', /must return an array/],
  ],
  createServer: [
    [
      'out.push(frame(10, payload))',
      'out.push(frame(10, new Uint8Array(0)))',
      /Expected pong "Hello", got pong \(empty\)/,
    ],
    ['frame(message.opcode, whole)', 'frame(1, whole)', /text-not-utf8|got text/],
    [
      'Uint8Array.of(0x80 | opcode, ...length)',
      'Uint8Array.of(0x80 | opcode, length[0] | 0x80, ...length.slice(1))',
      /masked-server-frame/,
    ],
    ['frame(8, code === 1005 ?', 'frame(8, code !== 0 ?', /instead of 1000|close/],
    ['if (rsv !== 0 || !masked)', 'if (!masked)', /must close the connection with 1002/],
    ['return answer(true);\n      }\n    }', 'return answer(false);\n      }\n    }', /did not end TCP/],
    ['return { receive };', 'return receive;', /must return an object with a method receive/],
    [
      'const answer = (end) => ({ send: concat(...out), end });',
      "const answer = () => 'bytes';",
      /receive\(\) returned a string/,
    ],
    [
      'out.push(frame(message.opcode, whole));',
      'out.push(frame(message.opcode, whole), missing);',
      /Line 56, column \d+: ReferenceError: missing is not defined/,
    ],
  ],
};

for (const stage of STAGE_IDS) {
  describe(`a wrong ${stage}`, () => {
    test.each(MISTAKES[stage])('with %j replaced by %j is told so', async (replaced, by, message) => {
      const solution = solutionOf(stage);
      expect(solution).toContain(replaced);
      const { passed, failure } = await judged(
        stage,
        solution.replace(replaced, () => by),
      );
      expect(passed).toBe(false);
      expect(`${failure?.finding} ${failure?.fix}`).toMatch(message);
    });
  });
}

describe('code that is none', () => {
  test.each<[string, RegExp]>([
    ['const x = 1;', /no function with the name accept/],
    ['const accept = 1;', /accept is not a function/],
    ['throw "away";', /away/],
  ])('%s', async (code, message) => {
    const { error } = await directCode().ask({ type: 'load', sources: [{ stage: 'accept', code }] });
    expect(error?.message).toMatch(message);
  });

  test('an error says its line and column', async () => {
    const code = 'function accept(key) {\n  const n = 1;\n  return nothing.at(0);\n}';
    const { failure } = await judged('accept', code);
    expect(failure?.error).toMatchObject({ name: 'ReferenceError', stage: 'accept', line: 3, column: 3 });
  });

  test('a syntax error is one', async () => {
    const { error } = await directCode().ask({
      type: 'load',
      sources: [{ stage: 'accept', code: 'function accept( {' }],
    });
    expect(error?.name).toBe('SyntaxError');
  });
});

test('what the code writes to its console is kept, and only so much', async () => {
  const { lines } = await judged(
    'accept',
    "function accept(key) { for (let i = 0; i < 1e4; i++) console.log('key', new Uint8Array(2), {a: 1}); return '' }",
  );
  expect(lines[0]).toBe('key bytes 0000 {"a":1}');
  expect(lines).toHaveLength(20);
});

test('a wrong byte is shown in its frame', async () => {
  const { failure } = await judged('unmask', 'function unmask(payload) { return payload; }');
  expect(failure?.bytes).toMatchObject({
    at: 0,
    sentence: 'Byte 1: expected 48, got 7f.',
    range: { start: 48, end: 56 },
  });
  expect(failure?.bytes?.dump?.hex).toBe('828537fa213d7f9f4d5158');
  const server = solutionOf('createServer').replace('frame(10, payload)', 'frame(10, payload.slice(1))');
  const { failure: second } = await judged('createServer', server);
  expect(second?.bytes?.sentence).toBe('Byte 2: expected 05, got 04. It lies in the field payload length.');
  expect(second?.bytes?.dump?.hex).toBe('8a0548656c6c6f');
});
