import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../bytes/join-bytes.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../text/utf8.ts';
import { findItems } from './find-items.ts';
import { itemInRow, listItems, rowOfItem } from './listing.ts';
import { decodedFile, presentDecoded, reduceDecode } from './model.ts';
import { FileSource } from './reading/read-source.ts';
import type { SourceFrame } from './reading/source.ts';

const filter = (words: string) => ({ type: 'filter', filter: { words, find: findItems } }) as const;

const [T, PING, PONG] = [OPCODE.text, OPCODE.ping, OPCODE.pong];

function open(frames: readonly (readonly [opcode: number, text: string])[]) {
  const file = new FileSource('frames.bin');
  file.push(joinBytes(frames.map(([opcode, text]) => encodeFrame({ opcode, payload: encodeText(text) }))));
  return decodedFile('server', file.end({ text: '', sender: 'server', limits: {} }));
}

function frameOf(opcode: number): SourceFrame {
  const bytes = encodeFrame({ opcode, payload: encodeText('x') });
  const base = { kind: 'frame', from: 'server', timeMs: undefined, bytes, at: 0, offset: 0, violations: [] } as const;
  return base as unknown as SourceFrame;
}

test('rows and items find each other, whatever is folded', () => {
  const opcodes = fc.array(fc.constantFrom(T, PING, PONG, PING, PONG), { maxLength: 60 });
  fc.assert(
    fc.property(opcodes, (list) => {
      const listing = listItems(list.map(frameOf));
      const covered: number[] = [];
      for (let row = 0; row < listing.length; row++) {
        const item = itemInRow(listing, row) ?? -1;
        const end = listing.folds.get(item)?.end ?? item + 1;
        for (let each = item; each < end; each++) {
          expect(rowOfItem(listing, each)).toBe(row);
          covered.push(each);
        }
      }
      expect(covered).toEqual(list.map((_, i) => i));
    }),
  );
});

describe('the list', () => {
  const beats = [
    [T, 'one'],
    [PING, 'a'],
    [PONG, 'a'],
    [PING, 'b'],
    [PONG, 'b'],
    [T, '{"price":7}'],
  ] as const;

  test('folds heartbeats into one row, and opens them', () => {
    const folded = presentDecoded(open(beats));
    expect(folded.rowCount).toBe(3);
    expect(folded.rows[1]).toMatchObject({ isFolded: true, preview: '2 pings, 2 pongs' });
    const opened = presentDecoded(reduceDecode(open(beats), { type: 'unfold', index: 1 }));
    expect(opened.rows.map(({ type }) => type)).toEqual(['text', 'ping', 'pong', 'ping', 'pong', 'text']);
  });

  test('shows what passes a filter, opens the first of it, and shows all without one', () => {
    const filtered = reduceDecode(open(beats), filter('$.price>6'));
    expect(presentDecoded(filtered)).toMatchObject({ rowCount: 1, opened: 5, openedRow: 0, frameCount: 6 });
    expect(presentDecoded(reduceDecode(filtered, filter('')))).toMatchObject({
      rowCount: 3,
      opened: 5,
    });
    const pings = presentDecoded(reduceDecode(open(beats), filter('ping')));
    expect(pings.rows.map(({ index }) => index)).toEqual([1, 3]);
  });

  test('says where a filter is wrong, and hides nothing', () => {
    const wrong = presentDecoded(reduceDecode(open(beats), filter('in text~/(/')));
    expect(wrong.filterProblem?.column).toBe(4);
    expect(wrong.rowCount).toBe(6);
  });

  test('has no rows if nothing passes, and the keys do nothing', () => {
    const none = reduceDecode(open(beats), filter('close'));
    expect(presentDecoded(none)).toMatchObject({ rowCount: 0, rows: [], openedRow: -1 });
    expect(presentDecoded(reduceDecode(none, { type: 'openRow', row: 3 })).openedRow).toBe(-1);
  });

  test('forgets the filter with another text', () => {
    const filtered = reduceDecode(open(beats), filter('close'));
    const next = reduceDecode(filtered, { type: 'type', text: '8100' });
    expect(presentDecoded(next)).toMatchObject({ rowCount: 1, filter: '' });
  });
});
