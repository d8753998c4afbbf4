// This project's own endpoint in the client's role, as a client that echoes: node scripts/clients/framelight.ts ws://127.0.0.1:9001 AGENT
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createCodec } from '../../server/deflate/codec.ts';
import {
  DeflateClient,
  type Effect,
  Endpoint,
  encodeKey,
  FreshMemory,
  NONCE_LENGTH,
} from '../../src/protocol/index.ts';

const [server = '', agent = 'framelight'] = process.argv.slice(2);
const { cases } = (await (await fetch(`${server.replace('ws', 'http')}/cases.json`)).json()) as {
  cases: { path: string }[];
};
const OFFER = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: undefined,
  clientMaxWindowBits: true,
} as const;
const MAX_LIFE_MS = 20_000;

async function run(path: string): Promise<void> {
  const { hostname, host, port } = new URL(server);
  const endpoint = new Endpoint({
    role: 'client',
    request: { host, target: `${path}?agent=${agent}`, key: encodeKey(randomBytes(NONCE_LENGTH)) },
    nextMaskingKey: () => randomBytes(4).readUInt32BE(),
    extensions: new DeflateClient({ codec: createCodec(new FreshMemory()), offers: [OFFER] }),
    limits: { maxMessageBytes: 64 * 1024 * 1024 },
  });
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const timer = setTimeout(() => socket.destroy(), MAX_LIFE_MS);
  const carryOut = (effects: Iterable<Effect>): void => {
    for (const effect of effects) {
      if (effect.type === 'write') socket.write(effect.bytes.slice());
      else if (effect.type === 'closeTcp') socket.end();
      else if (effect.event.type === 'open' && path.endsWith('client-closes'))
        carryOut(endpoint.startClosingHandshake());
      else if (effect.event.type === 'message')
        carryOut(endpoint.sendMessage(effect.event.opcode, effect.event.payload));
    }
  };
  socket.on('connect', () => carryOut(endpoint.connect()));
  socket.on('data', (chunk: Buffer) => carryOut(endpoint.receive(new Uint8Array(chunk))));
  socket.on('error', () => socket.destroy());
  socket.on('close', () => carryOut(endpoint.receiveEnd()));
  await once(socket, 'close');
  clearTimeout(timer);
}

for (const { path } of cases) await run(path);
