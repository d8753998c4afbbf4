import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSourceFile } from './boundaries/source-file.ts';
import { findBreaches, WALLS } from './boundaries/walls.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Every source file. A `.test.ts` may import what it likes, since it may test an inner part. */
const SOURCES = '{src,server,bench,scripts,examples,tests}/**/*.{ts,tsx,astro}';
const paths = globSync([SOURCES, 'content/**/*.mdx'], { cwd: ROOT })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => !/\.test\.tsx?$|\.d\.ts$/.test(path))
  .sort();

const breachesIn = (path: string, text: string) => findBreaches(readSourceFile(path, text));

describe('what must never be', () => {
  test.each(paths)('%s', (path) => {
    expect(breachesIn(path, readFileSync(`${ROOT}/${path}`, 'utf8'))).toEqual([]);
  });

  test('every wall stands around some file', () => {
    for (const { around } of WALLS) expect(paths.filter((path) => around.test(path))).not.toEqual([]);
  });

  test('every exception is still needed', () => {
    const needless = WALLS.flatMap((wall) =>
      (wall.exceptions ?? []).filter((exception) => {
        const others = wall.exceptions?.filter((each) => each !== exception);
        return !paths
          .filter((path) => path.startsWith(exception.from))
          .some((path) => {
            const file = readSourceFile(path, readFileSync(`${ROOT}/${path}`, 'utf8'));
            return findBreaches(file, [{ ...wall, exceptions: others ?? [] }]).length > 0;
          });
      }),
    );
    expect(needless).toEqual([]);
  });
});

/** For every wall in turn, lines that break it where they stand. */
const BREACHES: readonly [path: string, ...lines: string[]][] = [
  [
    'src/protocol/framing/planted.ts',
    "import { Buffer } from 'node:buffer';",
    "import { parseHex } from '../../inspector/hex/parse-hex.ts';",
    "import ws from 'ws';",
    "export * from 'preact';",
    "export const lazy = () => import('@noble/curves');",
    'export const lazier = (name: string) => import(name);',
    "export type Socket = import('node:net').Socket;",
    'export const now = () => Date.now();',
    'export const later = (act: () => void) => setTimeout(act, 1);',
    'export const key = () => Math.random();',
    'export const better = () => crypto.getRandomValues(new Uint8Array(4));',
    "export const log = () => console.log('frame');",
    'export const title = () => document.title;',
    'export const home = () => process.env;',
    'export const hidden = () => globalThis;',
    'export let element: HTMLElement;',
  ],
  ['src/protocol/handshake/planted.ts', "import { OPCODE } from '../framing/opcode.ts';"],
  ['src/protocol/handshake/head/planted.ts', "import type { ClientRequest } from '../request/request.ts';"],
  ['src/protocol/handshake/request/planted.ts', "import { checkResponse } from '../response/check-response.ts';"],
  ['src/protocol/handshake/accept/planted.ts', "import { headerValues } from '../head/head.ts';"],
  [
    'src/drafts/planted.ts',
    "import { formatHexDump } from '../inspector/hex/hex-dump.ts';",
    'export const now = () => Date.now();',
  ],
  ['src/specimens/planted.ts', "import { formatHex } from '../bytes/hex.ts';", 'export const now = () => Date.now();'],
  [
    'src/protocol/framing/planted.ts',
    "export { checkKey } from '../handshake/accept/check-key.ts';",
    "import { MessageChecker } from '../messages/checker.ts';",
  ],
  ['src/protocol/closing/planted.ts', "import type { FrameHeader } from '../framing/header.ts';"],
  ['src/protocol/messages/planted.ts', "import { checkCloseBody } from '../closing/close-body.ts';"],
  ['src/protocol/messages/receiver-planted.ts', "import { Endpoint } from '../endpoint/endpoint.ts';"],
  [
    'src/bytes/planted.ts',
    "import { OPCODE } from '../protocol/framing/opcode.ts';",
    "import { encodeText } from '../text/utf8.ts';",
    "export const bytes = Buffer.from('00', 'hex');",
  ],
  [
    'src/text/planted.ts',
    "import { quoteRule } from '../protocol/rule.ts';",
    "export const bytes = Buffer.from('00', 'hex');",
  ],
  [
    'src/inspector/planted.ts',
    "import { readFileSync } from 'node:fs';",
    "import type { Model } from '../widgets/base/frame-view/model.ts';",
    "import { ECHO_PATH } from '../companion/paths.ts';",
    "export const chunk = Buffer.from('00', 'hex');",
    'export const open = () => new WebSocket(location.href);',
  ],
  [
    'src/companion/planted.ts',
    "import { Tap } from '../../server/tap/hub.ts';",
    "import { findAct } from '../lab/acts.ts';",
    'export const get = () => fetch("/healthz");',
  ],
  [
    'src/lab/planted.ts',
    "import { Socket } from 'node:net';",
    "import { RawHandler } from '../../server/lab/raw-handler.ts';",
    "import { drawKey } from '../widgets/draw-key.ts';",
    'export const here = () => location.host;',
  ],
  [
    'src/widgets/planted/model.ts',
    "import { useState } from 'preact/hooks';",
    "import { signal } from '@preact/signals';",
    "import { View } from './View.tsx';",
    "import './planted.css';",
    'export const width = () => window.innerWidth;',
    "export const kept = () => localStorage.getItem('step');",
  ],
  [
    'src/widgets/planted/Planted.tsx',
    "import { decodeHeader } from '../../protocol/framing/header.ts';",
    "import type { FrameHeader } from '../../protocol/framing/header.ts';",
  ],
  [
    'src/widgets/planted/planted.ts',
    "import { takeKey } from '../accept/take-key.ts';",
    "import type { LensBit } from '../frame-bits/model.ts';",
    "export const later = () => import('../inspector/draft.ts');",
  ],
  [
    'src/widgets/base/planted.ts',
    "import { takeKey } from '../accept/take-key.ts';",
    "import type { LensBit } from '../frame-bits/model.ts';",
  ],
  [
    'src/scripts/planted.ts',
    "import { readHashParameters } from '../widgets/base/address/hash-parameters.ts';",
    "import Term from '../components/prose/Term.astro';",
  ],
  ['src/pages/planted.astro', '---', "import { routes } from '../../server/routes.ts';", '---'],
  ['src/site-planted.ts', "import { bytesOf } from '../tests/bytes.ts';"],
  ...[
    'widgets/planted/model.ts',
    'components/planted/planted.ts',
    'pages/planted/planted.ts',
    'lab/planted/planted.ts',
  ].map((path): [path: string, ...lines: string[]] => [
    `src/${path}`,
    "import { Endpoint } from '../../protocol/index.ts';",
    "export const later = () => import('../../inspector/index.ts');",
    "import type { Verdict } from '../../conformance/index.ts';",
    "import { Endpoint } from 'framelight/protocol';",
  ]),
  ['bench/planted.ts', "import { Sender } from '../src/protocol/endpoint/sender.ts';"],
  ['tests/fuzz/planted.ts', "import { SendMemory } from '../../src/bytes/memory/send-memory.ts';"],
  ['tests/architecture/planted.ts', "import type { FrameDump } from '../../src/inspector/frame/frame-dump.ts';"],
  [
    'server/commands/planted.ts',
    "import { Endpoint } from '../../src/protocol/endpoint/endpoint.ts';",
    "import type { WireFrame } from '../../src/inspector/wire/wire.ts';",
    "import { parseHex } from '../../src/inspector/hex/parse-hex.ts';",
    "export const later = () => import('../../src/conformance/suite.ts');",
  ],
  ['scripts/planted.ts', "import { judge } from '../src/conformance/judge.ts';"],
  ['tests/soak/planted.ts', "import { OPCODE } from '../../src/protocol/framing/opcode.ts';"],
  [
    'examples/planted.ts',
    "import { Endpoint } from '../src/protocol/index.ts';",
    "import ws from 'ws';",
    "import { Sender } from 'framelight/protocol/endpoint/sender.ts';",
  ],
  [
    'server/planted.ts',
    "import { presentFrame } from '../src/widgets/base/frame-view/model.ts';",
    "import Layout from '../src/layouts/BaseLayout.astro';",
    "import { render } from 'preact';",
  ],
  [
    'src/conformance/planted.ts',
    "import { explain } from '../inspector/frame/describe.ts';",
    'export const now = process;',
  ],
  ['server/bounds/planted.ts', "import { Transport } from '../socket/transport.ts';"],
  ['server/socket/planted.ts', "import { Sender } from '../../src/protocol/endpoint/sender.ts';"],
  [
    'server/handlers/planted.ts',
    "import { Socket } from 'node:net';",
    "import type { Socket } from 'node:net';",
    "import { InMemory } from '../pubsub/in-memory.ts';",
    "import { PubSub } from '../pubsub/pubsub.ts';",
    "import { SocketConnection } from '../connection/connection.ts';",
  ],
  ['content/chapters/planted.mdx', "import Bytes from '../../src/components/bytes/Bytes.astro';"],
];

describe('a planted breach is found', () => {
  const planted = BREACHES.flatMap(([path, ...lines]) => {
    const fences = lines[0] === '---';
    return lines
      .filter((line) => line !== '---')
      .map((line) => [path, line, fences ? `---\n${line}\n---\n` : line] as const);
  });

  test.each(planted)('in %s: %s', (path, _, text) => {
    const found = breachesIn(path, text);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatch(new RegExp(`^${path}:\\d+ (imports|uses) \\S+\\. [A-Z]`));
  });

  test.each(WALLS.map((wall) => [wall.reason, wall] as const))('by this wall alone: %s', (_, wall) => {
    const found = planted.filter(([path, , text]) => findBreaches(readSourceFile(path, text), [wall]).length > 0);
    expect(found).not.toEqual([]);
  });
});

describe('what looks like a breach and is none', () => {
  test.each([
    ['src/protocol/planted.ts', "import { sha1 } from '@noble/hashes/legacy.js';"],
    ['src/protocol/planted.ts', "// import 'node:fs'\nexport const words = \"import x from 'ws'\";"],
    [
      'src/protocol/planted.ts',
      'export const parts = { document: 1, process: 2 };\nexport const first = parts.document;',
    ],
    ['src/protocol/planted.ts', 'export interface Page {\n  location: string;\n  console(): void;\n}'],
    [
      'src/protocol/planted.ts',
      'export function slide(window: number, { top: screen } = { top: 1 }) {\n  return window + screen;\n}',
    ],
    ['src/protocol/handshake/response/planted.ts', "import { checkRequest } from '../request/check-request.ts';"],
    ['src/protocol/endpoint/planted.ts', "import { checkKey } from '../handshake/accept/check-key.ts';"],
    ['src/widgets/planted/model.ts', "import { decodeHeader } from '../../protocol/framing/header.ts';"],
    ['src/widgets/planted/planted.ts', "import { present } from './model.ts';"],
    ['src/widgets/planted/steps/planted.ts', "import { present } from '../model.ts';"],
    ['src/widgets/planted/planted.ts', "import type { Link } from '../base/link/link.ts';"],
    ['src/widgets/base/link/planted.ts', "import type { Source } from '../source/source.ts';"],
    ['src/text/planted.ts', "import { bytesOfHex } from '../bytes/hex.ts';"],
    ['server/handlers/planted.ts', "import type { PubSub } from '../pubsub/pubsub.ts';"],
    ['server/planted.ts', "import { Socket } from 'node:net';"],
    ['bench/planted.ts', "import { Sender } from '../src/protocol/index.ts';"],
    ['server/tap/planted.ts', "import { ConnectionObserver } from '../../src/inspector/index.ts';"],
    ['server/commands/decode.ts', "import { readPasted } from '../../src/inspector/formats/read-pasted.ts';"],
    ['examples/planted.ts', "import { createServer } from 'node:net';"],
    ['examples/planted.ts', "import { Endpoint } from 'framelight/protocol';"],
    ['content/chapters/planted.mdx', 'A page may import what it likes.\n'],
  ])('in %s: %s', (path, text) => {
    expect(breachesIn(path, text)).toEqual([]);
  });
});

test('a file that does not parse does not pass', () => {
  expect(() => readSourceFile('src/planted.ts', 'import {')).toThrow(/^src\/planted\.ts: /);
});
