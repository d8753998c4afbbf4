/** Modules that are sent in one file, with everything that they import, except what an earlier row already has. */
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

/** The figures and exercises of one chapter. It is named by the slug, because the page loads its exercises by that name. */
const chapter = (slug: string, ...figures: readonly string[]): Chunk =>
  chunk(slug, widgets(...figures.map((name) => `${name}/`), `exercises/chapters/${slug}[./]`));

/**
 * The files into which the scripts of the pages are joined. Fifty small modules take a fifth more bytes, compressed, than
 * one file does. But one file for all pages would bring each page code that it does not need. A row lists the modules to
 * start from; their imports follow.
 */
export const CHUNKS: readonly Chunk[] = [
  // Every page loads these first. In a row below, they would make every page load that whole row.
  {
    name: 'page',
    test: new RegExp(
      [
        chunk(
          'page',
          'scripts/(?:progress-store|done-button|terms|why-not-run|figures|first-paint|prefetch-pages|theme)',
          'scripts/(?:open-search|page-position)',
          // The strip of the home page's first frame needs the last two, and nothing else of the core.
          base('address/hash-parameters', 'frame-view/bit-range'),
          'text/count',
        ).test.source,
        // The small helper around every import(). Every page has one, for the search.
        '\\bpreload-helper',
      ].join('|'),
    ),
  },
  { name: 'preact', test: /\/node_modules\/(?:@astrojs\/)?preact\// },
  // Nearly every chapter needs these: frames, messages, the search for the companion, and the exercises. (The home page has
  // no exercises and loads them for nothing. In a file of their own, they would add 650 bytes to every chapter.)
  chunk(
    'core',
    'protocol/(?:messages/receiver|framing/frame|limits|rules).ts',
    'inspector/(?:hex/hex-digits|frame/frame-recorder|frame/decode-stream).ts',
    'companion/lab/addresses.ts',
    base('link/(?:LinkNote|use-companion)', 'source/(?:live-source|script-events|close-call)'),
    base('address/use-hash-parameters', 'draw-masking-key', 'draw-key', 'raw/send-through-lab'),
    // A connection with both ends in memory. (Three pages do not need it. In a file of its own, its handshake would add 1,000
    // bytes to every other page, because much of it compresses well only beside the code for frames.)
    'lab/loopback',
    'protocol/handshake/head/example-heads',
    widgets('exercises/(?:Exercises|verify-bytes|random|pick-byte)'),
  ),
  // Reads hex in every form that a program or a tool writes: a dump, an array, a string.
  chunk('forms', 'inspector/hex/parse-hex'),
  // Compressed messages: what inflates them, and the pane that shows what came out.
  chunk('rsv1', 'inspector/deflate/(?:deflate-extension|probably-compressed)'),
  chunk('inflate', 'inspector/deflate/direction-inflater'),
  chunk('inflated', base('inflated/InflatedPane')),
  // A frame in all its panes.
  chunk('panes', base('frame-view/FrameView'), 'inspector/frame/describe'),
  // The server that misbehaves on purpose.
  chunk('lab', 'lab/simulate-act'),
  chunk('raw', base('raw/send-raw'), widgets('exercises/pick-violation')),
  chunk('entries', base('log/entries-of-wire')),
  // Parts of the chapters' figures that the home page, or another page, shares.
  chunk('log', base('log/log')),
  chunk('address', base('address/decode-address', 'CopyButton')),
  chunk('heads', base('log/(?:head-lines|Sentence)')),
  chunk('accept', widgets('accept/')),
  chunk('keeper', base('link/use-keeper', 'own-frames/use-own-frames')),
  // What a companion would answer: several chapters have it.
  chunk('admit', 'companion/policy/admit'),
  // Two chapters decide by the companion's policy who gets in.
  chunk('policy', 'companion/policy/foresee'),
  // Two chapters compute the overhead of a message.
  chunk('polling-cost', base('polling-cost/')),
  // The specimen of 2011 is in two chapters.
  chunk('naive', 'specimens/naive-2011'),
  chapter('what-a-websocket-is', 'timeline', 'base/life', 'polling'),
  chapter('opening-handshake', 'own-handshake', 'request-builder'),
  chapter('accept-hash', 'accept-doctor'),
  chapter('the-frame', 'frame-bits', 'length-forms'),
  chapter('masking', 'xor-lane', 'proxy-cache'),
  chapter('messages-fragments-text', 'stream-cut', 'fragments', 'utf8-lane'),
  chapter('ping-pong-close', 'ping', 'closing-diagram', 'close-codes'),
  chapter('break-the-rules', 'break-rules'),
  chapter('compression', 'packing'),
  chapter('polling-measured', 'polling-lab'),
  chapter('safe-in-the-open', 'strangers'),
  chapter('the-2011-listing', 'listing'),
  chapter('echo-server', 'echo-path'),
  chapter('broadcast-server', 'broadcast', 'slow-member'),
];
