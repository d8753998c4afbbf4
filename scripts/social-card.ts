import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { cutIntoParts, encodePhrase } from '../src/components/bytes/frame-phrase.ts';
import { SITE_NAME } from '../src/site.ts';
import { findBrowser } from '../tests/browser.ts';

// Draws public/social-card.png, the picture that other sites show for links to this one.

const ROW_BITS = 32;
const LABELS = [
  ['fin', 'FIN'],
  ['rsv', 'RSV1-3'],
  ['opcode', 'opcode'],
  ['mask', 'MASK'],
  ['payload-length', 'payload length'],
  ['masking-key', 'masking-key'],
  ['payload-data', 'payload data'],
];

/** The fields of the first two bytes, one for each bit. The later fields fill whole bytes. */
const FIRST_FIELDS = [
  'fin',
  ...Array<string>(3).fill('rsv'),
  ...Array<string>(4).fill('opcode'),
  'mask',
  ...Array<string>(7).fill('payload-length'),
];

const root = new URL('../', import.meta.url);
const css = await Promise.all(['tokens', 'fields'].map((name) => readFile(new URL(`src/styles/${name}.css`, root))));
const fontFile = (path: string) => readFile(new URL(`node_modules/@fontsource-variable/${path}`, root), 'base64');
const serif = await fontFile('source-serif-4/files/source-serif-4-latin-wght-normal.woff2');
const mono = await fontFile('jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2');

const cells = cutIntoParts(encodePhrase('text Hello masked'))
  .flatMap(({ field, bytes }) => [...bytes].flatMap((byte) => bitsOf(byte).map((bit) => ({ field, bit }))))
  .map(({ field, bit }, index) => `<i class="field-${FIRST_FIELDS[index] ?? field}">${bit}</i>`)
  .join('');
const labels = LABELS.map(([field, name]) => `<b class="field-${field}">${name}</b>`).join('');

const browser = await chromium.launch(await findBrowser());
const page = await browser.newPage({ viewport: { width: 1200, height: 630 }, colorScheme: 'light' });
await page.setContent(`<style>
  ${css.join('')}
  @font-face { font-family: serif4; src: url(data:font/woff2;base64,${serif}); font-weight: 200 900; }
  @font-face { font-family: mono; src: url(data:font/woff2;base64,${mono}); font-weight: 100 800; }
  body { margin: 0; padding: 76px 80px; width: 1040px; background: var(--paper); color: var(--ink); font: 400 34px/1.4 serif4; }
  h1 { margin: 0 0 10px; font-size: 84px; line-height: 1.1; font-weight: 600; letter-spacing: -0.012em; }
  p { margin: 0 0 52px; color: var(--ink-soft); }
  div { display: grid; grid-template-columns: repeat(${ROW_BITS}, 1fr); row-gap: 8px; font: 24px/46px mono; }
  i, b { background: var(--field); color: var(--field-ink); box-shadow: inset 0 -3px 0 var(--field-line); }
  i { font-style: normal; text-align: center; }
  footer { display: flex; justify-content: space-between; margin-top: 40px; font: 500 18px/2 mono; }
  b { padding: 0 10px; font-weight: 500; }
</style><h1>${SITE_NAME}</h1><p>Your own browser’s frames, each bit with its name.</p><div>${cells}</div><footer>${labels}</footer>`);
await page.evaluate(() => document.fonts.ready);
await page.screenshot({ path: new URL('public/social-card.png', root).pathname });
await browser.close();

function bitsOf(byte: number): string[] {
  return [...byte.toString(2).padStart(8, '0')];
}
