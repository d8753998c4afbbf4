import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SERVER_LIMITS } from '../server/bounds/limits.ts';
import { cite } from '../src/components/prose/cite.ts';
import { findTypedBytes } from './site/typed-bytes.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const chapters = globSync('content/chapters/*.mdx', { cwd: ROOT }).map((path) => ({
  slug: basename(path, '.mdx'),
  source: readFileSync(`${ROOT}/${path}`, 'utf8'),
}));

test('there are chapters', () => {
  expect(chapters.length).toBeGreaterThan(0);
});

describe.each(chapters)('$slug', ({ slug, source }) => {
  test('no bytes are typed by hand: <Bytes of="…"> and its kin compute them', () => {
    expect(findTypedBytes(source)).toEqual([]);
  });

  test('every requirement names sections that exist', () => {
    const tags = [...source.matchAll(/<(?:Must|Section|Rfc)\b([^>]*)>/g)].map(([tag, attributes = '']) => ({
      tag,
      section: /\bsection="([^"]*)"/.exec(attributes)?.[1] ?? '',
      of: /\bof="([^"]*)"/.exec(attributes)?.[1],
    }));
    expect(tags.length).toBeGreaterThan(0);
    for (const { tag, section, of } of tags) {
      expect(() => cite(section, of), tag).not.toThrow();
      expect(
        cite(section, of).every(({ href }) => /#section-\d+(\.\d+)*$/.test(href)),
        tag,
      ).toBe(true);
    }
  });

  test('it ends with what to check in one’s own server, and with exercises of its own', () => {
    const headings = [...source.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings.slice(-2)).toContain('What to check in your own server');
    expect(source).toContain(`<Exercises chapter="${slug}"`);
  });

  test('it imports nothing and exports nothing', () => {
    expect(source).not.toMatch(/^(?:import|export)\s/m);
  });
});

const sourceOf = (slug: string) => chapters.find((chapter) => chapter.slug === slug)?.source ?? '';

describe('what the prose says of our own server', () => {
  test('how much may wait for a slow receiver of a broadcast', () => {
    expect(sourceOf('what-a-websocket-is')).toContain(
      `If more than ${DEFAULT_SERVER_LIMITS.maxBroadcastUnsentBytes / 1024 ** 2} MiB are waiting for a client`,
    );
  });
});

describe('what counts as bytes typed by hand', () => {
  test.each([
    'The frame is 81 85.',
    'It begins with `0x81`.',
    'It is 818537fa on the wire.',
    'The GUID begins with 258EAFA5.',
    '<Frame hex="8105" bytes="81 05" />',
    'sent as 48 65 6c 6c 6f',
    'see [this](/decode/#f=8185fa)',
    'ended by 000003e8 or by 00000003',
    'FF 00',
  ])('%s', (line) => {
    expect(findTypedBytes(`\n${line}`)).not.toEqual([]);
    expect(findTypedBytes(`\n${line}`)[0]?.line).toBe(2);
  });

  test.each([
    'RFC 6455 of 2011, and 65,536 bytes or 1048576.',
    'To be ad hoc, a facade: be ad.',
    'ports 80 and 443, codes 1000-1003, 13 is the version, 9 to 12 were not used',
    '<Bytes of="text 81 85 masked" /> and <Code from="src/a0b1.ts" name="c2d3" />',
    '<Must section="4.2.1">opcode 8, B or 0xA</Must>',
    'permessage-deflate, graphql-transport-ws, HyBi-10, SHA-1, base64, UTF-8',
    'a 16-bit number and 64 bits, 20 bytes',
    '`Sec-WebSocket-Version: 13`',
  ])('%s: nothing', (line) => {
    expect(findTypedBytes(line)).toEqual([]);
  });
});
