import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../server/commands/command-line.ts';
import { encodeFrame, OPCODE } from '../src/protocol/index.ts';
import { escapeAlone, escapeText, quote } from '../src/text/escape-text.ts';
import { escapeUnseen, quoteText } from '../src/text/quote-text.ts';
import { encodeText } from '../src/text/utf8.ts';
import { hexOf, joined } from './bytes.ts';

const MAX_CODE_POINT = 0x10ffff;

/** Written otherwise than the expression that is tested. */
const IS_UNSEEN = /\p{Other}|\p{Line_Separator}|\p{Paragraph_Separator}|\p{Default_Ignorable_Code_Point}/u;

/** Every character that no reader sees, lone surrogates among them. */
const ALL: readonly string[] = Array.from({ length: MAX_CODE_POINT + 1 }, (_, codePoint) =>
  String.fromCodePoint(codePoint),
).filter((character) => IS_UNSEEN.test(character));

/** Those that Unicode has assigned, or reserved so that fonts leave them out. */
const ASSIGNED_ONLY = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/u;
const ASSIGNED = ALL.filter((character) => ASSIGNED_ONLY.test(character));

/** With those that Unicode has not assigned, nearly a million, only one in so many. */
const SOME = ALL.filter((character, i) => i % 97 === 0 || ASSIGNED_ONLY.test(character));

/** What is left of a text that no reader sees; line feeds are its own. */
const shown = (text: string): string[] => text.match(new RegExp(`(?!\n)(?:${IS_UNSEEN.source})`, 'gu')) ?? [];

test('the property knows what hides: a combining joiner, Hangul fillers, variation selectors, tags', () => {
  const hiding = '\u034f\u115f\u1160\u17b4\u180b\u180f\u3164\ufe00\ufe0f\uffa0\u{e0100}\u{e01ef}\u{e0041}\u200d\u00ad';
  expect([...hiding].filter((character) => !ALL.includes(character))).toEqual([]);
  expect(ASSIGNED.length).toBeGreaterThan(4000);
});

describe('of every character that no reader sees, none is shown as it is', () => {
  test.each([
    ['in a pane', escapeText],
    ['in a cell of its own', (text: string) => [...text].map(escapeAlone).join('')],
    ['in a sentence', quoteText],
    ['in a document', escapeUnseen],
    [
      'as JavaScript',
      (text: string) =>
        chunksOf([...text], 2)
          .map((chunk) => quote(chunk.join('')))
          .join(''),
    ],
  ])('%s', (_, show) => {
    expect(shown(show((show === escapeText ? ALL : SOME).join('')))).toEqual([]);
  });

  test('by framelight decode', async () => {
    // A line of a dump has room for so many.
    const texts = chunksOf(ASSIGNED, 6).map((characters) =>
      encodeFrame({ opcode: OPCODE.text, payload: encodeText(characters.join('')) }),
    );
    const out = await decode(hexOf(joined(...texts)));
    expect(shown(out)).toEqual([]);
    expect(out).toContain('\\u{e0101}');
    expect(out).toContain('\\u{34f}');
  });

  test('by framelight decode --json', async () => {
    const texts = chunksOf(
      SOME.filter((character) => !/\p{Cs}/u.test(character)),
      10_000,
    ).map((characters) => encodeFrame({ opcode: OPCODE.text, payload: encodeText(characters.join('')) }));
    expect(shown(await decode('--json', hexOf(joined(...texts))))).toEqual([]);
  });
});

async function decode(...args: string[]): Promise<string> {
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  expect(await runCommandLine(['decode', ...args], { out: write, err: write })).toBe(0);
  return out;
}

function chunksOf<T>(all: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / length) }, (_, i) => all.slice(i * length, (i + 1) * length));
}
