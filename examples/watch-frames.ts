// Stands in front of a server, and prints each frame that passes.
//   node examples/watch-frames.ts ws://localhost:5173/ 8081
import { proxy, type WireFrame } from 'framelight/proxy';

const [target = 'ws://localhost:5173/', port = '8081'] = process.argv.slice(2);

try {
  const between = await proxy(target, { port: Number(port) });
  console.log(`${between.url} -> ${target}`);
  for (let seen = 0; ; seen++) print(await between.frame((_, index) => index === seen));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function print({ connection, direction, opcode, byteLength, payload }: WireFrame): void {
  const arrow = direction === 'in' ? 'client -> server' : 'server -> client';
  const shown = payload.text ?? payload.hex;
  console.log(`#${connection} ${arrow}  opcode ${opcode}, ${byteLength} bytes: ${JSON.stringify(shown)}`);
}
