import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { formatHexDump, hexDumpRows } from './hex-dump.ts';

const HELLO = '818537fa213d7f9f4d5158';

describe('hexDumpRows', () => {
  it('gives each row its offset, its bytes and their text', () => {
    expect(hexDumpRows(bytesOf(HELLO), { bytesPerRow: 8, offset: 16 })).toEqual([
      { offset: 16, hex: ['81', '85', '37', 'fa', '21', '3d', '7f', '9f'], ascii: '..7.!=..' },
      { offset: 24, hex: ['4d', '51', '58'], ascii: 'MQX' },
    ]);
  });

  it('writes rows as hexdump -C does', () => {
    expect(formatHexDump(bytesOf(HELLO))).toBe(
      '00000000  81 85 37 fa 21 3d 7f 9f  4d 51 58                 |..7.!=..MQX|\n',
    );
  });
});
