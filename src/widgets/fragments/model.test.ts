import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dumpFrame } from '../../inspector/frame/frame-dump.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { FrameReader } from '../../protocol/framing/frame-reader.ts';
import { MessageAssembler } from '../../protocol/messages/assembler.ts';
import { decodeText } from '../../text/utf8.ts';
import { initialFragments, parametersOfPlan, planOfParameters, reduceFragments, stripOf, summarize } from './model.ts';
import {
  bytesOf,
  changePlan,
  cutEvenly,
  EXAMPLE_PLAN,
  framesOf,
  MAX_FRAGMENTS,
  MAX_TEXT_BYTES,
  type Plan,
  toggleCut,
  WRONGS,
  type WrongName,
} from './plan.ts';
import { simulatePlan } from './simulate-plan.ts';

const rowsOf = (plan: Plan) => simulatePlan(plan, () => 0x37fa213d);
const plan = (change: Partial<Plan>) => changePlan(EXAMPLE_PLAN, change);
const arbitraryPlan = fc
  .record({
    text: fc.string({ unit: 'grapheme', maxLength: 20 }),
    cuts: fc.array(fc.nat(40)),
    pingAfter: fc.nat(9),
    wrong: fc.constantFrom(...(Object.keys(WRONGS) as WrongName[])),
  })
  .map(plan);

test('a plan is put right: whole characters, cuts inside the text, a ping between two fragments', () => {
  fc.assert(
    fc.property(arbitraryPlan, (each) => {
      const { length } = bytesOf(each);
      expect(length).toBeLessThanOrEqual(MAX_TEXT_BYTES);
      expect(each.cuts.length).toBeLessThan(MAX_FRAGMENTS);
      expect(each.cuts.every((cut, i) => cut > (each.cuts[i - 1] ?? 0) && cut < length)).toBe(true);
      expect(each.pingAfter).toBeLessThanOrEqual(each.cuts.length);
      expect(changePlan(each, {})).toEqual(each);
    }),
  );
});

test('frames that keep the rules make the text again, however it is cut', () => {
  fc.assert(
    fc.property(arbitraryPlan, (each) => {
      const assembler = new MessageAssembler();
      const wire = framesOf({ ...each, wrong: 'nothing' }).flatMap((frame) => [...encodeFrame(frame)]);
      const whole = new FrameReader().push(Uint8Array.from(wire)).flatMap((part) => assembler.push(part) ?? []);
      const texts = whole.filter(({ opcode }) => opcode === 1).map(({ payload }) => decodeText(payload));
      expect(texts).toEqual([each.text]);
    }),
  );
});

test('the slider cuts evenly, and a toggle sets one cut and takes it away', () => {
  expect(cutEvenly(plan({ text: 'abcdefgh' }), 4).cuts).toEqual([2, 4, 6]);
  expect(cutEvenly(plan({ text: 'abcdefgh' }), 1).cuts).toEqual([]);
  expect(toggleCut(plan({ cuts: [3] }), 5).cuts).toEqual([3, 5]);
  expect(toggleCut(plan({ cuts: [3, 5] }), 3).cuts).toEqual([5]);
});

test('the worked example: three fragments, a ping, one event', () => {
  const rows = rowsOf(EXAMPLE_PLAN);
  expect(rows.map(({ fromClient, opcodeName, fin, payload }) => [fromClient, opcodeName, fin, payload])).toEqual([
    [true, 'text', false, { before: '', text: '“Gr”', after: 'c3' }],
    [true, 'ping', true, { before: '', text: '“?”', after: '' }],
    [false, 'pong', true, { before: '', text: '“?”', after: '' }],
    [true, 'continuation', false, { before: 'bc', text: '', after: 'c3' }],
    [true, 'continuation', true, { before: '9f', text: '“e”', after: '' }],
    [false, 'text', true, { before: '', text: '“Grüße”', after: '' }],
  ]);
  expect(rows[0]?.message).toBe(
    '3 bytes so far, with an incomplete character at the end. FIN is 0, so the server waits for more.',
  );
  expect(rows[1]?.message).toContain('Not part of the message');
  expect(rows[4]?.message).toBe('Complete: “Grüße”, 7 bytes. The handler is called once.');
  expect(rows.map(({ told }) => told)).toEqual([...Array(5).fill(undefined), 'onmessage: "Grüße"']);
  expect(summarize(rows)).toEqual({ sentence: '3 data frames, one message, one event.', tone: 'ok' });
  expect(dumpFrame(Uint8Array.from(Buffer.from(rows[0]?.hex ?? '', 'hex'))).byteLength).toBe(rows[0]?.byteLength);
});

describe('what is wrong has its verdict, and the server answers it', () => {
  test.each([
    ['text-again', 'message-inside-message'],
    ['text-inside', 'message-inside-message'],
    ['lone-continuation', 'continuation-without-message'],
    ['fragmented-ping', 'fragmented-control-frame'],
  ] as const)('%s: %s', (wrong, rule) => {
    const rows = rowsOf(plan({ wrong }));
    expect(rows.find(({ tone }) => tone === 'danger')?.message).toMatch(new RegExp(`^1002, ${rule}\\. \\S`));
    expect(rows.filter(({ fromClient }) => !fromClient).map(({ opcodeName }) => opcodeName)).toContain('close');
    expect(rows.every(({ told }) => told === undefined)).toBe(true);
    expect(summarize(rows).tone).toBe('danger');
  });

  test('a message that never ends is no fault, and no message either', () => {
    const rows = rowsOf(plan({ wrong: 'no-end', pingAfter: 0 }));
    expect(rows.map(({ opcodeName }) => opcodeName)).toEqual(['text', 'continuation', 'continuation']);
    expect(summarize(rows).tone).toBe('info');
  });
});

test('any plan can be run, and no rows are left without a word', () => {
  fc.assert(
    fc.property(arbitraryPlan, (each) => {
      const rows = rowsOf(each);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every(({ message }) => message.length > 5)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('the strip shows characters over their bytes', () => {
  expect(stripOf(plan({ text: 'aü', cuts: [2] }))).toEqual([
    { index: 0, hex: '61', character: 'a', insideCharacter: false, cutBefore: false },
    { index: 1, hex: 'c3', character: 'ü', insideCharacter: false, cutBefore: false },
    { index: 2, hex: 'bc', character: '…', insideCharacter: true, cutBefore: true },
  ]);
});

test('the plan goes through the address and comes back', () => {
  fc.assert(
    fc.property(arbitraryPlan, (each) => {
      expect(planOfParameters(new URLSearchParams(parametersOfPlan(each)))).toEqual(each);
    }),
  );
  expect(planOfParameters(new URLSearchParams('check=1'))).toBeUndefined();
  const odd = planOfParameters(new URLSearchParams('frag=ab&frag-cuts=x.9.1&frag-ping=z&frag-wrong=valueOf'));
  expect(odd).toEqual({ text: 'ab', cuts: [1], pingAfter: 0, wrong: 'nothing' });
});

test('a live run that fails is simulated and says why; another plan closes the frame', () => {
  const rows = simulatePlan(EXAMPLE_PLAN, () => 0);
  const shown = reduceFragments(initialFragments([]), { type: 'open', row: 0 });
  const failed = reduceFragments({ ...shown, sending: true }, { type: 'problem', problem: 'gone', rows });
  expect(failed).toMatchObject({ sending: false, problem: 'gone', shown: 'simulated', rows, opened: 0 });
  expect(reduceFragments(failed, { type: 'plan', plan: EXAMPLE_PLAN })).toMatchObject({ problem: undefined });
  expect(reduceFragments(failed, { type: 'rows', rows: [], shown: 'live' }).opened).toBeUndefined();
  expect(reduceFragments(failed, { type: 'open', row: 0 }).opened).toBeUndefined();
});
