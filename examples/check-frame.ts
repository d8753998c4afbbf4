// Says which rule the frames in hex break. The first argument says who sends them: client or server.
import { describeViolation, parseHex } from 'framelight/inspector';
import { DEFAULT_LIMITS, Receiver } from 'framelight/protocol';

const [sender, ...hex] = process.argv.slice(2);
const parsed = parseHex(hex.join(' '));
if ('problem' in parsed || hex.length === 0 || (sender !== 'client' && sender !== 'server')) {
  console.error('problem' in parsed ? parsed.problem.sentence : 'Give client or server, then the frames in hex.');
  process.exit(2);
}

const receiver = new Receiver(sender, DEFAULT_LIMITS);
receiver.feed(parsed.bytes);
let found = receiver.next();
while (found !== undefined && !('rule' in found)) found = receiver.next();
if (found !== undefined) {
  console.log(`${found.rule}\n${describeViolation(found)}`);
  process.exitCode = 1;
} else if (receiver.atFrameBoundary) console.log('No rule is broken.');
else {
  console.log('No rule is broken so far, but the last frame is not whole.');
  process.exitCode = 2;
}
