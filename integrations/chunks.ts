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

/** The figures of one chapter, and its checks; by its slug, as its page asks for its checks. */
const chapter = (slug: string, ...figures: readonly string[]): Chunk =>
  chunk(slug, widgets(...figures.map((name) => `${name}/`), `checks/chapters/${slug}[./]`));

/**
 * What is compressed together, and fetched together. Fifty small modules compress worse by a fifth than one file; a file
 * for all would bring every page what it has no use for. A row names where its modules begin: the rest comes with them.
 */
export const CHUNKS: readonly Chunk[] = [
  // With it the little that stands around every import().
  { name: 'preact', test: /\/node_modules\/(?:@astrojs\/)?preact\/|\bpreload-helper/ },
  // Every page has these at once: in a row below they would bring it with them.
  chunk('page', 'scripts/(?:progress-store|done-button|terms)', widgets('hash-parameters', 'raw/why-not-run')),
  // What the figures of nearly every chapter need: frames, messages, what finds the companion, and the checks. (Home has
  // no checks, and loads them for nothing: apart, they would weigh more in every chapter by 650 bytes.)
  chunk(
    'core',
    'protocol/(?:messages/receiver|framing/frame|handshake/latin1|limits|rules).ts',
    'inspector/(?:hex|frame-recorder|decode-stream).ts',
    'companion/lab.ts',
    widgets('inspector/(?:LinkNote|live-source|told)', 'lab-source/use-companion', 'frame/bit-range'),
    widgets('use-hash-parameters', 'draw-masking-key', 'raw/send-through-lab'),
    widgets('checks/(?:Checks|verify-bytes|random)'),
  ),
  // A connection with both of its ends in memory.
  chunk('endpoint', 'lab/loopback', 'protocol/handshake/example-heads', widgets('draw-key', 'inspector/close-call')),
  // A frame in all its panes.
  chunk('panes', widgets('frame/FrameView'), 'inspector/describe'),
  // What a server does on purpose, right or wrong.
  chunk('lab', 'lab/simulate-act'),
  chunk('raw', widgets('raw/send-raw', 'checks/pick-violation')),
  chunk('entries', widgets('inspector/entries-of-wire')),
  // What the home page, or another, has of a chapter's figures.
  chunk('log', widgets('inspector/log')),
  chunk('address', widgets('decode/address', 'accept/CopyButton')),
  chunk('heads', widgets('inspector/head-lines')),
  chunk('accept', widgets('accept/')),
  chunk('keeper', widgets('inspector/use-keeper', 'frame-bits/use-own-frames')),
  chapter('what-a-websocket-is', 'timeline', 'polling'),
  chapter('opening-handshake', 'own-handshake', 'request-builder'),
  chapter('accept-hash', 'accept-doctor'),
  chapter('the-frame', 'frame-bits', 'length-forms'),
  chapter('masking', 'xor-lane', 'proxy-cache'),
  chapter('messages-fragments-text', 'stream-cut', 'fragments', 'utf8-lane'),
  chapter('ping-pong-close', 'ping', 'closing-diagram', 'close-codes'),
  chapter('break-the-rules', 'break-rules'),
];
