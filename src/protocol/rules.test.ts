import { describe, expect, test } from 'vitest';
import { bytesOf, cutAt, cutEverywhere, hexOf } from '../../tests/bytes.ts';
import { checkCloseBody } from './closing/close-body.ts';
import { FIELD_NAMES, type FieldName } from './field-name.ts';
import { FrameReader } from './framing/frame-reader.ts';
import { copyHeader, type FrameHeader } from './framing/header.ts';
import { layoutOf } from './framing/layout.ts';
import { OPCODE } from './framing/opcode.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { MessageAssembler } from './messages/assembler.ts';
import { MessageChecker } from './messages/checker.ts';
import type { FrameRule } from './rule.ts';
import { FRAME_RULES, ruleNamed } from './rules.ts';
import { moveViolation, type Violation } from './violation.ts';

interface Found extends Violation {
  /** The header of the frame that the range counts from. */
  readonly header: FrameHeader;
  /** The index of that frame in the example, from 0. */
  readonly frame: number;
}

/** The first violation in the bytes that `sender` sends. */
function judge(
  chunks: readonly Uint8Array[],
  sender: 'client' | 'server',
  limits: FrameRule['limits'],
): Found | undefined {
  const reader = new FrameReader();
  const checker = new MessageChecker(sender, { ...DEFAULT_LIMITS, ...limits });
  const assembler = new MessageAssembler();
  let frame = -1;
  for (const chunk of chunks) {
    for (const part of reader.push(chunk)) {
      if (part.begins) frame++;
      let violation = checker.check(part);
      const whole = violation ? undefined : assembler.push(part);
      if (whole?.opcode === OPCODE.close) {
        violation = checkCloseBody(whole.payload);
        violation &&= moveViolation(violation, part.headerLength);
      }
      if (violation) return { ...violation, header: copyHeader(part), frame };
    }
  }
  return undefined;
}

/** The byte range of a field; empty for an empty payload. */
function rangeOf(
  field: FieldName,
  { lengthField, masked, headerLength, payloadLength }: FrameHeader,
): [number, number] {
  const layout = layoutOf(lengthField + (masked ? 128 : 0));
  if (['FIN', 'RSV1', 'RSV2', 'RSV3', 'opcode'].includes(field)) return [0, 1];
  if (field === 'MASK' || field === 'payload length') return [1, 2];
  if (field === 'extended payload length')
    return [layout.extendedPayloadLength.start, layout.extendedPayloadLength.end];
  if (field === 'masking-key') return [layout.maskingKey.start, layout.maskingKey.end];
  return [headerLength, headerLength + payloadLength];
}

const senderOf = (rule: FrameRule) => (rule.brokenBy === 'server' ? 'server' : 'client');
const judgeExample = (rule: FrameRule, cut: (bytes: Uint8Array) => Uint8Array[] = (bytes) => [bytes]) =>
  judge(cut(bytesOf(rule.example)), senderOf(rule), rule.limits);

describe('the table', () => {
  test('has at least 25 rules, each with a name of its own', () => {
    expect(FRAME_RULES.length).toBeGreaterThanOrEqual(25);
    expect(new Set(FRAME_RULES.map(({ name }) => name)).size).toBe(FRAME_RULES.length);
  });

  test('has no two rules with the same requirement or example', () => {
    expect(new Set(FRAME_RULES.map(({ requirement }) => requirement)).size).toBe(FRAME_RULES.length);
    expect(
      new Set(FRAME_RULES.map((rule) => `${senderOf(rule)} ${rule.example}${JSON.stringify(rule.limits)}`)).size,
    ).toBe(FRAME_RULES.length);
  });

  test('finds a rule by its name, and nothing by another', () => {
    for (const rule of FRAME_RULES) expect(ruleNamed(rule.name)).toBe(rule);
    expect(ruleNamed('toString')).toBeUndefined();
  });
});

describe.each(FRAME_RULES)('$name', (rule) => {
  const { name, section, statusCode, field, requirement, example } = rule;

  test('is written like all other rules', () => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(section).toMatch(/^(5|7|8|10|11)(\.\d+){1,2}$/);
    expect(requirement).toMatch(/^[A-Z].*[^.]\.$/);
    expect(FIELD_NAMES).toContain(field);
    expect(hexOf(bytesOf(example))).toBe(example);
  });

  test('is broken by its example, which breaks no other rule before', () => {
    expect(judgeExample(rule)).toMatchObject({ rule: name, section, statusCode });
  });

  test('is broken in the last frame of its example', () => {
    const found = judgeExample(rule) ?? expect.unreachable();
    const frames = new FrameReader().push(bytesOf(example)).filter(({ begins }) => begins);
    expect(found.frame).toBe(frames.length - 1);
  });

  test('is broken by the same bytes wherever the example is cut', () => {
    const whole = judgeExample(rule);
    expect(judgeExample(rule, cutEverywhere)).toEqual(whole);
    for (let cut = 0; cut <= example.length / 2; cut++)
      expect(judgeExample(rule, (bytes) => cutAt(bytes, [cut]))).toEqual(whole);
  });

  test('is broken within the frame, by bytes that share some with the field it names', () => {
    const { start, end, header } = judgeExample(rule) ?? expect.unreachable();
    const [fieldStart, fieldEnd] = rangeOf(field, header);
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(header.headerLength + header.payloadLength);
    expect(Math.max(start, fieldStart)).toBeLessThan(Math.min(end, fieldEnd));
  });
});

/** The example, corrected by the smallest change that keeps the rule. */
const MENDED: Record<string, string> = {
  'rsv1-set': '818537fa213d7f9f4d5158',
  'rsv2-set': '818537fa213d7f9f4d5158',
  'rsv3-set': '818537fa213d7f9f4d5158',
  'reserved-data-opcode': '828037fa213d',
  'reserved-control-opcode': '8a8037fa213d',
  'unmasked-client-frame': '818548656c6c480d09000d27',
  'masked-server-frame': '810548656c6c6f',
  'length-not-minimal-7': '818537fa213d7f9f4d5158',
  'length-not-minimal-16': `82fe008037fa213d${'00'.repeat(128)}`,
  'length-top-bit-set': '828037fa213d',
  'fragmented-control-frame': '898537fa213d7f9f4d5158',
  'control-frame-too-long': `89fd00000000${'00'.repeat(125)}`,
  'continuation-without-message': '818537fa213d7f9f4d5158',
  'message-inside-message': '018537fa213d7f9f4d5158808537fa213d7f9f4d5158',
  'text-not-utf8': '818300000000486969',
  'text-cut-inside-character': '818300000000e28293',
  'message-too-long': '818437fa213d7f9f4d51',
  'too-many-fragments': '0181000000004880810000000069',
  'data-frame-after-close': '888000000000898537fa213d7f9f4d5158',
  'close-body-of-one-byte': '88820000000003e8',
  'close-code-below-1000': '88820000000003e8',
  'close-code-1004': '88820000000003eb',
  'close-code-1005': '88820000000003ef',
  'close-code-1006': '88820000000003ef',
  'close-code-1015': '88820000000003f6',
  'close-code-unassigned': '8882000000000bb8',
  'close-code-from-5000': '8882000000001387',
  'close-reason-not-utf8': '88830000000003e87f',
};

test('there is a corrected example for every rule', () => {
  expect(Object.keys(MENDED).sort()).toEqual(FRAME_RULES.map(({ name }) => name).sort());
});

test.each(FRAME_RULES)('$name: its corrected example breaks no rule', (rule) => {
  expect(judge([bytesOf(MENDED[rule.name] as string)], senderOf(rule), rule.limits)).toBeUndefined();
});
