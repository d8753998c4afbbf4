import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contrast, distance, type Oklch, VISION } from './oklch.ts';

const PAIR = /--([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g;
const css = ['tokens', 'fields'].map((name) => readFileSync(new URL(`${name}.css`, import.meta.url), 'utf8')).join('');
const tokens = new Map([...css.matchAll(PAIR)].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]));
const fields = [...tokens.keys()].filter((name) => name.startsWith('field-') && tokens.has(`${name}-ink`));

function colorOf(name: string, theme: 'light' | 'dark'): Oklch {
  const [lightness = Number.NaN, chroma = Number.NaN, hue = Number.NaN] =
    tokens.get(name)?.[theme].split(' ').map(Number) ?? [];
  return [lightness, chroma, hue];
}

test('there are eight fields, each with an ink and a line', () => {
  expect(fields).toHaveLength(8);
  for (const field of fields) expect(tokens.has(`${field}-line`)).toBe(true);
});

test.each(['light', 'dark'] as const)('text on a field can be read, and its line be seen: %s', (theme) => {
  for (const field of fields) {
    expect(contrast(colorOf(`${field}-ink`, theme), colorOf(field, theme)), field).toBeGreaterThan(4.5);
    expect(contrast(colorOf(`${field}-line`, theme), colorOf(field, theme)), field).toBeGreaterThan(3);
    expect(contrast(colorOf(`${field}-line`, theme), colorOf('paper-raised', theme)), field).toBeGreaterThan(3);
  }
});

test.each(['light', 'dark'] as const)('no two fields look alike to any kind of eye: %s', (theme) => {
  for (const vision of Object.keys(VISION) as (keyof typeof VISION)[]) {
    for (const [index, field] of fields.entries()) {
      for (const other of fields.slice(index + 1)) {
        const apart = distance(colorOf(field, theme), colorOf(other, theme), vision);
        expect(apart, `${field} and ${other}, ${vision}`).toBeGreaterThan(0.05);
      }
    }
  }
});

/** Fields that stand side by side in a frame, or that a reader could take for each other. */
const NEIGHBORS = [
  ['fin', 'rsv'],
  ['rsv', 'opcode'],
  ['opcode', 'mask'],
  ['mask', 'payload-length'],
  ['payload-length', 'extended-payload-length'],
  ['payload-length', 'masking-key'],
  ['payload-length', 'payload-data'],
  ['extended-payload-length', 'masking-key'],
  ['extended-payload-length', 'payload-data'],
  ['masking-key', 'payload-data'],
  ['mask', 'masking-key'],
] as const;

test.each(['light', 'dark'] as const)(
  'neighbors in a frame are far apart, twice as far as other fields must be: %s',
  (theme) => {
    for (const [field, next] of NEIGHBORS) {
      const apart = distance(colorOf(`field-${field}`, theme), colorOf(`field-${next}`, theme), 'full');
      expect(apart, `${field} and ${next}`).toBeGreaterThan(0.1);
    }
  },
);

test('a field has the same hue in both themes', () => {
  for (const field of fields) expect(colorOf(field, 'dark')[2], field).toBe(colorOf(field, 'light')[2]);
});

test('in the dark theme the tints are about equally light, and none is brighter than the others', () => {
  for (const field of fields.filter((name) => name !== 'field-rsv')) {
    expect(Math.abs(colorOf(field, 'dark')[0] - 0.42), field).toBeLessThanOrEqual(0.045);
  }
});

test.each(['light', 'dark'] as const)(
  'the reserved bits stand out least: the palest, and nearest to the paper: %s',
  (theme) => {
    const others = fields.filter((name) => name !== 'field-rsv');
    const onPaper = (field: string) => contrast(colorOf(field, theme), colorOf('paper-raised', theme));
    for (const field of others) {
      expect(colorOf('field-rsv', theme)[1], field).toBeLessThan(colorOf(field, theme)[1] / 3);
      expect(onPaper('field-rsv'), field).toBeLessThan(onPaper(field));
    }
  },
);
