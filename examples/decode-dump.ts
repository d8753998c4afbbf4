// Prints every frame in a dump, bit by bit: hex as an argument, or any dump that people paste on standard input.
import { text } from 'node:stream/consumers';
import { decodeFrames, formatTextDump, parseHex } from 'framelight/inspector';

const parsed = parseHex(process.argv.slice(2).join(' ') || (await text(process.stdin)));
if ('problem' in parsed) {
  console.error(parsed.problem.sentence);
  process.exitCode = 2;
} else {
  const { http, frames, incomplete } = decodeFrames(parsed.bytes);
  if (http !== undefined) console.error(http.sentence);
  for (const { offset, dump } of frames) console.log(formatTextDump(dump, { offset }));
  if (incomplete !== undefined) console.error(incomplete.sentence);
}
