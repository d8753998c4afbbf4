/** Modules that are sent in one file, and with them all that they import but what an earlier row has. */
interface Chunk {
  readonly name: string;
  readonly test: RegExp;
}

const chunk = (name: string, ...paths: readonly string[]): Chunk => ({
  name,
  test: new RegExp(`/src/(?:${paths.join('|').replaceAll('.', '\\.')})`),
});

const widgets = (...paths: readonly string[]): string => `widgets/(?:${paths.join('|')})`;

const base = (...paths: readonly string[]): string => widgets(`base/(?:${paths.join('|')})`);

/** The figures of one chapter, and its exercises; by its slug, as its page asks for its exercises. */
const chapter = (slug: string, ...figures: readonly string[]): Chunk =>
  chunk(slug, widgets(...figures.map((name) => `${name}/`), `exercises/chapters/${slug}[./]`));

/**
 * What is compressed together, and fetched together. Fifty small modules compress worse by a fifth than one file; a file
 * for all would bring every page what it has no use for. A row names where its modules begin: the rest comes with them.
 */
export const CHUNKS: readonly Chunk[] = [
  // Every page has these at once: in a row below they would bring it with them.
  {
    name: 'page',
    test: new RegExp(
      [
        chunk(
          'page',
          'scripts/(?:progress-store|done-button|terms|why-not-run|figures|first-paint|prefetch-pages|theme)',
          'scripts/(?:open-search|page-position)',
          base('address/hash-parameters'),
        ).test.source,
        // The little that stands around every import(): the search's is on every page.
        '\\bpreload-helper',
      ].join('|'),
    ),
  },
  { name: 'preact', test: /\/node_modules\/(?:@astrojs\/)?preact\// },
  // What the figures of nearly every chapter need: frames, messages, what finds the companion, and the exercises.
  // (Home has no exercises, and loads them for nothing: apart, they would add 650 bytes to every chapter.)
  chunk(
    'core',
    'protocol/(?:messages/receiver|framing/frame|limits|rules).ts',
    'inspector/(?:hex/hex-digits|frame/frame-recorder|frame/decode-stream).ts',
    'companion/lab/addresses.ts',
    base('link/(?:LinkNote|use-companion)', 'source/(?:live-source|script-events|close-call)', 'frame-view/bit-range'),
    base('address/use-hash-parameters', 'draw-masking-key', 'draw-key', 'raw/send-through-lab'),
    // A connection with both of its ends in memory. (Three pages have no use for it; apart, its handshake would add 1,000
    // bytes to every other, since much of it repeats what frames have.)
    'lab/loopback',
    'protocol/handshake/head/example-heads',
    widgets('exercises/(?:Exercises|verify-bytes|random|pick-byte)'),
  ),
  // Hex in every form that a program or a tool writes: a dump, an array, a string.
  chunk('forms', 'inspector/hex/parse-hex'),
  // Compressed messages: what inflates them, and the pane that shows what came out.
  chunk('rsv1', 'inspector/deflate/(?:deflate-extension|probably-compressed)'),
  chunk('inflate', 'inspector/deflate/direction-inflater'),
  chunk('inflated', base('inflated/InflatedPane')),
  // A frame in all its panes.
  chunk('panes', base('frame-view/FrameView'), 'inspector/frame/describe'),
  // What a server does on purpose, right or wrong.
  chunk('lab', 'lab/simulate-act'),
  chunk('raw', base('raw/send-raw'), widgets('exercises/pick-violation')),
  chunk('entries', base('log/entries-of-wire')),
  // What the home page, or another, has of a chapter's figures.
  chunk('log', base('log/log')),
  chunk('address', base('address/decode-address', 'CopyButton')),
  chunk('heads', base('log/(?:head-lines|Sentence)')),
  chunk('accept', widgets('accept/')),
  chunk('keeper', base('link/use-keeper', 'own-frames/use-own-frames')),
  chapter('what-a-websocket-is', 'timeline', 'base/life', 'polling', 'base/polling-cost'),
  chapter('opening-handshake', 'own-handshake', 'request-builder'),
  chapter('accept-hash', 'accept-doctor'),
  chapter('the-frame', 'frame-bits', 'length-forms'),
  chapter('masking', 'xor-lane', 'proxy-cache'),
  chapter('messages-fragments-text', 'stream-cut', 'fragments', 'utf8-lane'),
  chapter('ping-pong-close', 'ping', 'closing-diagram', 'close-codes'),
  chapter('break-the-rules', 'break-rules'),
  chapter('compression', 'packing'),
];
