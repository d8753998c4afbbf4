import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { decodeFrames, explainLater } from '../../src/inspector/index.ts';
import { encodeFrame, OPCODE } from '../../src/protocol/index.ts';
import { DESK, median } from './inspector.ts';
import { figuresOf, observe } from './load.ts';

const CAPTURE_BYTES = 10_000_000;
const MASKING_KEY = 0x37fa213d;
const ROUNDS = 5;

/** A capture of a client's texts, each with so many bytes of payload. */
export function makeCapture(payloadLength: number): Buffer {
  const words = 'Hello, bit by bit. ';
  const payload = new TextEncoder().encode(words.repeat(payloadLength / words.length + 1).slice(0, payloadLength));
  const frame = encodeFrame({ opcode: OPCODE.text, payload, maskingKey: MASKING_KEY });
  return Buffer.concat(Array.from({ length: Math.floor(CAPTURE_BYTES / frame.length) }, () => frame));
}

/** How fast the decoder's own code is beside a copy of the bytes, in turn; 1 would be as fast. */
export function measureShareOfCopying(capture: Buffer): number {
  const copy = new Uint8Array(capture.length);
  const time = (work: () => void) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const shares = Array.from({ length: ROUNDS }, () => {
    const copyMs = time(() => copy.set(capture));
    return copyMs / time(() => decodeFrames(capture, undefined, undefined, explainLater(capture)));
  });
  return median(shares);
}

/** Gives it to the page as a file: how long until it is listed, and how long the page stood still meanwhile. */
export async function measureDecoding(browser: Browser, site: string, capture: Buffer) {
  const page = await browser.newPage(DESK);
  await observe(page);
  await page.goto(new URL('/decode/', site).href);
  await page.waitForLoadState('networkidle');
  const before = await page.locator('.decoded-rows').count();
  if (before > 0) throw new Error('The decoder lists frames before it was given any.');
  const folder = await mkdtemp(join(tmpdir(), 'capture-'));
  await writeFile(join(folder, 'capture.bin'), capture);
  await page.evaluate(() => {
    document.addEventListener('change', () => {
      const start = performance.now();
      const look = () => {
        if (document.querySelector('.decoded-rows') === null) requestAnimationFrame(look);
        else Object.assign(window, { listedMs: performance.now() - start });
      };
      look();
    });
  });
  await page.getByLabel('Choose a file').setInputFiles(join(folder, 'capture.bin'));
  await page.waitForFunction(() => 'listedMs' in window);
  await rm(folder, { recursive: true });
  const listedMs = await page.evaluate(() => (window as unknown as { listedMs: number }).listedMs);
  const { longestTaskMs } = await figuresOf(page);
  await page.close();
  return { listedMs, longestTaskMs };
}
