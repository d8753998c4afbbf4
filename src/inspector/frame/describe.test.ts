import { describe, expect, it } from 'vitest';
import vectors from '../../../content/vectors/rfc.json' with { type: 'json' };
import { bytesOf } from '../../../tests/bytes.ts';
import { FRAME_RULES } from '../../protocol/rules.ts';
import { describeFrame, describeViolation } from './describe.ts';
import { dumpFrame } from './frame-dump.ts';

describe('describeFrame', () => {
  it.each([
    ['818537fa213d7f9f4d5158', 'text, masked, 5 bytes, final'],
    ['010348656c', 'text, unmasked, 3 bytes, more fragments follow'],
    ['80026c6f', 'continuation, unmasked, 2 bytes, final'],
    ['880203e8', 'close, unmasked, 2 bytes, final'],
    ['8b00', 'reserved B, unmasked, 0 bytes, final'],
    ['827f0000000000010000', 'binary, unmasked, 65,536 bytes, final, cut after 10 of 65,546 bytes'],
    [
      '827fffffffffffffffff',
      'binary, unmasked, 18,446,744,073,709,551,615 bytes, final, cut after 10 of about 18,446,744,073,709,549,568 bytes',
    ],
    ['8185', 'text, masked, final, cut within its header after 2 bytes'],
    ['81', 'text, final, cut within its header after 1 byte'],
    ['', 'no bytes, cut within its header after 0 bytes'],
  ])('describes %s', (hex, sentence) => {
    expect(describeFrame(dumpFrame(bytesOf(hex)))).toBe(sentence);
  });

  it.each(vectors.frames)('calls "$name" by its opcode', ({ name, hex }) => {
    const opcode = describeFrame(dumpFrame(bytesOf(hex))).split(', ')[0] ?? '';
    expect(name.startsWith('text lo') ? 'continuation' : name).toContain(opcode);
  });
});

describe('describeViolation', () => {
  it('says what is wrong, where, and what the receiver must do', () => {
    const violation = { rule: 'unmasked-client-frame', section: '5.1', statusCode: 1002, start: 1, end: 2 } as const;
    expect(describeViolation(violation)).toBe(
      'Byte 2, MASK: A client masks every frame; a server closes the connection if a frame is not masked. ' +
        'The receiver fails the connection with 1002 (protocol error). RFC 6455 §5.1.',
    );
  });

  it.each(FRAME_RULES)('knows what $name requires', ({ name, section, statusCode, requirement, field }) => {
    const sentence = describeViolation({ rule: name, section, statusCode, start: 2, end: 4 });
    expect(sentence).toContain(`Bytes 3 to 4, ${field}: ${requirement}`);
  });

  it('describes the violation of a rule that only another version knows', () => {
    const violation = { rule: 'new-rule', section: '5', statusCode: 1002, start: 0, end: 1 } as const;
    expect(describeViolation(violation)).toMatch(/^Byte 1: The rule "new-rule" is broken\. /);
  });
});
