import { compareFrames, formatFrameStream } from './compare-frames.ts';
import { compareHeads, formatHeadStream } from './compare-heads.ts';
import { type FrameStream, frameStream } from './frame-stream.ts';
import { Random } from './random.ts';
import { NodeReader } from './read-head.ts';
import { type HeadStream, headStream } from './request-head.ts';

export interface RunOptions {
  readonly seed: number;
  /** The number of the first stream: what it is follows from the seed and this. */
  readonly first: number;
  readonly streams: number;
  /** The run ends when this says so, if that is before its last stream. */
  readonly isOver?: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly compare?: Partial<Comparers>;
}

export interface Progress {
  frames: number;
  heads: number;
  /** How often each known difference showed. */
  readonly known: Map<string, number>;
  /** All that a reader needs to see each failure, and to see it again. */
  readonly failures: string[];
}

export interface Comparers {
  readonly frames: typeof compareFrames;
  readonly heads: typeof compareHeads;
}

/** A request's head takes as long as ten streams of frames. */
const HEAD_EVERY = 10;

/** So many failures are enough to look at. */
const MOST_FAILURES = 5;

/** Some streams, one after the other: what the seed makes of them is the same each time. */
export async function run({ seed, first, streams, isOver, onProgress, compare }: RunOptions): Promise<Progress> {
  const { frames, heads } = { frames: compareFrames, heads: compareHeads, ...compare };
  const nodeReader = new NodeReader();
  const progress: Progress = { frames: 0, heads: 0, known: new Map(), failures: [] };
  for (let number = first; number < first + streams && !isOver?.(); number++) {
    const random = new Random(seed, number);
    const isHead = number % HEAD_EVERY === 0;
    progress[isHead ? 'heads' : 'frames']++;
    const stream = isHead ? headStream(random) : frameStream(random);
    try {
      const result = isOfFrames(stream) ? frames(stream) : await heads(stream, nodeReader);
      if ('report' in result) throw new Error(result.report);
      for (const name of result.known) progress.known.set(name, (progress.known.get(name) ?? 0) + 1);
    } catch (error) {
      const shown = isOfFrames(stream) ? formatFrameStream(stream) : formatHeadStream(stream);
      const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const again = `npm run fuzz -- --seed ${seed} --first ${number} --streams 1`;
      progress.failures.push(`Seed ${seed}, stream ${number}, ${shown}\n  ${fault}\n  again: ${again}`);
      if (progress.failures.length === MOST_FAILURES) break;
    }
    // What the readers put off to a later turn gets its turn; so does the clock.
    if (number % 100 === 0) {
      await new Promise(setImmediate);
      onProgress?.(progress);
    }
  }
  return progress;
}

function isOfFrames(stream: FrameStream | HeadStream): stream is FrameStream {
  return 'sender' in stream;
}
