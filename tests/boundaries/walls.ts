import type { Import, SourceFile } from './source-file.ts';

/** An import that one file may have although a wall forbids it. */
export interface Exception {
  /** The file, or the folder with a slash at its end. */
  readonly from: string;
  /** What it may import: a file, or a folder with a slash at its end. */
  readonly target: string;
  readonly reason: string;
}

/** One wall between two parts of the project. */
export interface Wall {
  /** The files that it stands around. */
  readonly around: RegExp;
  /** What they must not import: a path from the project's root, or a package. */
  readonly forbidden: RegExp;
  /** What of that may be imported for its types. */
  readonly allowedAsType?: RegExp;
  /** How the path of a file begins with its own folder, from which it may import all the same. */
  readonly ownFolder?: RegExp;
  /** What single files may import all the same, each with its reason. */
  readonly exceptions?: readonly Exception[];
  /** Names of the platform that they must not use. */
  readonly forbiddenNames?: RegExp;
  readonly reason: string;
}

const NODE_NAMES = ['process', 'Buffer', 'global', 'require', 'module', '__dirname', '__filename', 'setImmediate'];
const DOM_NAMES = [
  ...['window', 'document', 'navigator', 'location', 'history', 'screen', 'customElements', 'getComputedStyle'],
  ...['localStorage', 'sessionStorage', 'indexedDB', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'alert'],
  ...['requestAnimationFrame', 'cancelAnimationFrame', 'addEventListener', 'removeEventListener', 'matchMedia'],
  ...['Element', 'Node', 'Event', 'EventTarget', 'KeyboardEvent', 'MouseEvent', 'PointerEvent', 'DOMParser'],
];
const IMPURE_NAMES = [
  ...['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'queueMicrotask', 'performance', 'Date'],
  ...['crypto', 'Math.random', 'console', 'globalThis', 'self', 'Intl'],
];

const names = (...lists: readonly string[][]) => {
  const escaped = lists.flat().map((name) => name.replace('.', '\\.'));
  return new RegExp(`^(${escaped.join('|')}|(HTML|SVG)\\w*Element)$`);
};

/** All but what is listed; an entry is a folder, a file or a package. */
const allBut = (...allowed: string[]) =>
  new RegExp(`^(?!(${allowed.map((path) => path.replaceAll('.', '\\.')).join('|')})(/|$))`);

/** The parts of the inspector that the index leaves out. */
const ON_DEMAND = [
  'deflate/',
  'differences/',
  'encode/',
  'endings/',
  'export/',
  'formats/',
  'http/',
  'list/',
  'open-recording.ts',
  'redact/',
  'report/',
  'rules/',
  'terminal/',
  'traffic/',
];

/** The imports that go past an index. */
const PAST_AN_INDEX: readonly Exception[] = [
  ...ON_DEMAND.map((target) => ({
    from: 'server/',
    target: `src/inspector/${target}`,
    reason: 'Single commands use this part of the inspector. A server that starts does not load it.',
  })),
  {
    from: 'server/proxy/index.ts',
    target: 'src/inspector/wire/',
    reason: 'A public surface of its own: it names each type where its doc comment is.',
  },
  ...['scripts/endings/', 'scripts/record-endings.ts'].map((from) => ({
    from,
    target: 'src/inspector/endings/',
    reason: 'The recordings are made for the tests of the causes, which tell them to a reader that nobody else needs.',
  })),
  ...['open-recording.ts', 'traffic/'].map((target) => ({
    from: 'tests/captures/',
    target: `src/inspector/${target}`,
    reason: 'Single commands use this part of the inspector. A server that starts does not load it.',
  })),
  {
    from: 'tests/growth/',
    target: 'src/',
    reason: 'A row measures how the time of one inner function grows, and an inner function is not public.',
  },
  {
    from: 'tests/conformance-bad-connection.ts',
    target: 'src/protocol/messages/',
    reason: 'A server that breaks one rule is built from the parts of the receiver, without the receiver.',
  },
];

/** What must never be, and why. */
export const WALLS: readonly Wall[] = [
  {
    around: /^src\/bytes\//,
    forbidden: allBut('src/bytes'),
    forbiddenNames: names(NODE_NAMES, DOM_NAMES, IMPURE_NAMES),
    reason: 'Bytes, and the memory they are in, are the ground floor: they know nothing of what is built on them.',
  },
  {
    around: /^src\/text\//,
    forbidden: allBut('src/text', 'src/bytes'),
    forbiddenNames: names(NODE_NAMES, DOM_NAMES, IMPURE_NAMES),
    reason:
      'Text is the other half of the ground floor: it is made of bytes, and knows nothing of what is built on it.',
  },
  {
    around: /^src\/protocol\//,
    forbidden: allBut('src/protocol', 'src/bytes', 'src/text', '@noble/hashes'),
    forbiddenNames: names(NODE_NAMES, DOM_NAMES, IMPURE_NAMES),
    reason:
      'The protocol has no I/O, clock or randomness: the browser, the server, the command line and the tests run the same code, and it runs the same way each time.',
  },
  {
    around: /^src\/protocol\/handshake\//,
    forbidden: /^src\/protocol\/(framing|messages|closing|endpoint)\//,
    reason: 'RFC 6455 §4 can be read without §5 and §7: only the endpoint joins them.',
  },
  {
    around: /^src\/protocol\/handshake\/head\//,
    forbidden: /^src\/protocol\/handshake\/(request|response|accept)\//,
    reason: 'A head is plain HTTP: its form can be read without knowing what WebSocket asks of it.',
  },
  {
    around: /^src\/protocol\/handshake\/request\//,
    forbidden: /^src\/protocol\/handshake\/response\//,
    reason: 'A request is checked before there is a response to it.',
  },
  {
    around: /^src\/protocol\/handshake\/accept\//,
    forbidden: /^src\/protocol\/handshake\/(head|request|response)\//,
    reason: 'The accept is computed from the key alone: RFC 6455 §1.3 can be read by itself.',
  },
  {
    around: /^src\/protocol\/framing\//,
    forbidden: /^src\/protocol\/(handshake|messages|closing|endpoint)\//,
    reason: 'RFC 6455 §5.2 can be read by itself: a frame knows nothing of messages or of the connection.',
  },
  {
    around: /^src\/protocol\/closing\//,
    forbidden: /^src\/protocol\/(handshake|framing|messages|endpoint)\//,
    reason: 'RFC 6455 §7.4 can be read by itself: a close body knows nothing of the frame around it.',
  },
  {
    around: /^src\/protocol\/messages\/(?!receiver)/,
    forbidden: /^src\/protocol\/(handshake|closing|endpoint)\//,
    reason: 'RFC 6455 §5.4 rests on frames alone: only the receiver joins messages with close bodies.',
  },
  {
    around: /^src\/protocol\/messages\/receiver/,
    forbidden: /^src\/protocol\/(handshake|endpoint)\//,
    reason: 'What a peer sends can be received without a handshake, and without a connection to answer on.',
  },
  {
    around: /^src\/inspector\//,
    forbidden: allBut('src/inspector', 'src/protocol', 'src/bytes', 'src/text', '@noble/hashes'),
    forbiddenNames: names(NODE_NAMES, DOM_NAMES),
    reason:
      'The inspector explains bytes to the page, to the terminal and to the tap: it is neither in a page nor in Node.',
  },
  {
    around: /^src\/specimens\//,
    forbidden: allBut('src/specimens', 'src/protocol', 'src/text/utf8.ts'),
    forbiddenNames: names(NODE_NAMES, DOM_NAMES, IMPURE_NAMES),
    reason: 'A specimen is a parser that is wrong on purpose: it is shown and tested, and nothing helps it.',
  },
  {
    around: /^src\/drafts\//,
    forbidden: allBut('src/drafts', 'src/protocol', 'src/bytes', 'src/text', '@noble/hashes'),
    forbiddenNames: names(NODE_NAMES, DOM_NAMES, IMPURE_NAMES),
    reason: 'A draft is bytes in and bytes out, as the protocol is: the page shows it and the lab speaks it.',
  },
  {
    around: /^src\/companion\//,
    forbidden: allBut('src/companion', 'src/inspector', 'src/protocol', 'src/bytes', 'src/text', 'valibot'),
    forbiddenNames: names(NODE_NAMES, DOM_NAMES),
    reason: 'The contract between site and server belongs to both, so it depends on neither.',
  },
  {
    around: /^src\/lab\//,
    forbidden: allBut('src/lab', 'src/companion', 'src/inspector', 'src/protocol', 'src/bytes', 'src/text'),
    forbiddenNames: names(NODE_NAMES, DOM_NAMES),
    reason: 'The server misbehaves on a socket and the page simulates it in memory: both run this one lab.',
  },
  {
    around: /^src\/widgets\/.*\/model\.ts$/,
    forbidden:
      /^(node:|preact(\/|$)|@preact\/|astro(:|\/|$)|server\/|src\/(components|pages|layouts)\/|.*\.(tsx|astro|css)$)/,
    forbiddenNames: names(NODE_NAMES, DOM_NAMES),
    reason: 'A model is plain TypeScript: what a figure does is tested without a page.',
  },
  {
    around: /^src\/widgets\/.*\.(tsx|astro)$/,
    forbidden: /^src\/protocol\//,
    reason: 'A view draws what its model says: a view that decodes is a model without tests.',
  },
  {
    around: /^src\/widgets\/(?!base\/)/,
    forbidden: /^src\/widgets\/(?!base\/)/,
    ownFolder: /^src\/widgets\/[^/]+\//,
    reason: 'A figure can be read, changed and removed by itself: what two figures share is in src/widgets/base.',
  },
  {
    around: /^src\/widgets\/base\//,
    forbidden: /^src\/widgets\/(?!base\/)/,
    reason: 'What figures share knows none of them.',
  },
  {
    around: /^src\/scripts\//,
    forbidden: /^src\/(widgets|components|pages|layouts)\//,
    reason: 'Every page loads these scripts, and figures use them: they depend on no figure and no component.',
  },
  {
    around: /^src\//,
    forbidden: /^(server|bench|scripts|tests)\//,
    reason: 'The site stands on any web host, without the companion: the server imports it, never the other way round.',
  },
  {
    around: /^src\//,
    forbidden: /^(src\/(protocol|inspector|conformance)\/index\.ts$|framelight\/)/,
    reason: 'An index names all of its folder: a page that imports it loads all of that for one figure.',
  },
  {
    around: /^(bench|tests\/(fuzz|architecture))\//,
    forbidden: /^src\/(bytes|text|protocol|inspector|conformance)\/(?!index\.ts$)/,
    reason: 'What is not a part of the site or of the server uses the core as any program would: through its index.',
  },
  {
    around: /^(server|scripts|tests)\//,
    forbidden: /^src\/(protocol|inspector|conformance)\/(?!index\.ts$)/,
    exceptions: PAST_AN_INDEX,
    reason:
      'The server, the scripts and the tests use the core through its indexes, so what is public is what is used.',
  },
  {
    around: /^examples\//,
    forbidden: /^(?!node:|framelight\/(protocol|inspector|conformance|proxy)$)/,
    exceptions: [
      {
        from: 'examples/reverse/',
        target: 'server/connection/handler.ts',
        reason: 'The solution of an exercise in which the reader adds a file to the server itself.',
      },
    ],
    reason: 'An example shows what the package exports: a reader can take it elsewhere.',
  },
  {
    around: /^server\//,
    forbidden:
      /^(src\/(widgets|components|pages|layouts|styles)\/|preact(\/|$)|@preact\/|astro(:|\/|$)|tests\/|bench\/)/,
    reason: 'The companion runs from its sources, without a build and without a page.',
  },
  {
    around: /^src\/conformance\//,
    forbidden: allBut('src/conformance', 'src/protocol', 'src/bytes', 'src/text'),
    forbiddenNames: names(NODE_NAMES, DOM_NAMES),
    reason: 'A case of the suite is data: the server, the command line and the page run the same ones.',
  },
  {
    around: /^server\/bounds\//,
    forbidden: /^(server\/(?!bounds\/)|src\/(?!protocol\/))/,
    reason: 'What all peers together may take is counted without knowing what they do.',
  },
  {
    around: /^server\/socket\//,
    forbidden: /^(server\/(?!socket\/|bounds\/|log\.ts)|src\/)/,
    reason: 'TCP knows nothing of WebSocket: a transport can carry a proxy, a client or a stream of HTTP/2 as well.',
  },
  {
    around: /^server\/handlers\//,
    forbidden: allBut(
      ...['server/handlers', 'src/protocol', 'src/inspector', 'src/companion', 'src/bytes', 'src/text', 'node:module'],
    ),
    allowedAsType: /^server\/(pubsub\/pubsub|connection\/handler)\.ts$/,
    reason: 'A handler sees Handler, Connection and the port of the pub/sub: never a socket, never a concrete pub/sub.',
  },
  {
    around: /^content\/.*\.mdx$/,
    forbidden: /./,
    reason: 'Chapters reach components by name: who writes one need not know where a component lies.',
  },
];

/** What breaks the walls in one file; a line each, with the place and the reason. */
export function findBreaches({ path, imports, freeNames }: SourceFile, walls = WALLS): string[] {
  return walls
    .filter(({ around }) => around.test(path))
    .flatMap(({ forbidden, allowedAsType, ownFolder, exceptions, forbiddenNames, reason }) => {
      const own = ownFolder?.exec(path)?.[0];
      const passes = ({ target, typeOnly }: Import) =>
        (typeOnly && allowedAsType?.test(target) === true) ||
        (own !== undefined && target.startsWith(own)) ||
        exceptions?.some((each) => path.startsWith(each.from) && target.startsWith(each.target)) === true;
      const wrongImports = imports.filter((each) => forbidden.test(each.target) && !passes(each));
      const wrongNames = freeNames.filter(({ name }) => forbiddenNames?.test(name));
      return [
        ...wrongImports.map(({ target, line }) => `${path}:${line} imports ${target}. ${reason}`),
        ...wrongNames.map(({ name, line }) => `${path}:${line} uses ${name}. ${reason}`),
      ];
    });
}
