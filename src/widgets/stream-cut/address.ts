import { changeStream, EXAMPLE_STREAM, type StreamState } from './model.ts';
import { NAIVE_READERS, type NaiveName } from './naive-readers.ts';

/** Reads `stream=two&stream-cut=9&stream-parser=2011`; undefined where the address speaks of no stream. */
export function streamOfParameters(parameters: URLSearchParams): StreamState | undefined {
  const example = parameters.get('stream');
  if (example === null) return undefined;
  const parser = parameters.get('stream-parser') ?? '';
  const cut = parameters.get('stream-cut') ?? '0';
  return changeStream(EXAMPLE_STREAM, {
    example,
    naive: Object.hasOwn(NAIVE_READERS, parser) ? (parser as NaiveName) : EXAMPLE_STREAM.naive,
    single: cut === 'each',
    cut: cut === 'each' ? 0 : Number(cut),
  });
}

/** What the address says of the stream. */
export function parametersOfStream({ example, naive, cut, single }: StreamState): Readonly<Record<string, string>> {
  return { stream: example, 'stream-cut': single ? 'each' : String(cut), 'stream-parser': naive };
}
