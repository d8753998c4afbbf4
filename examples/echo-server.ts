// An echo server over plain TCP, which reads one argument: its port. It has no timeouts: it is for trying things out.
import { type AddressInfo, createServer } from 'node:net';
import { type Effect, Endpoint } from 'framelight/protocol';

const server = createServer((socket) => {
  const endpoint = new Endpoint({ role: 'server' });
  const carryOut = (effects: Iterable<Effect>): void => {
    for (const effect of effects) {
      if (effect.type === 'closeTcp') socket.end();
      else if (effect.type === 'write') {
        // A client that does not read must not fill the memory: read nothing from it until it does.
        if (!socket.write(effect.bytes)) socket.pause();
      } else if (effect.event.type === 'message') {
        carryOut(endpoint.sendMessage(effect.event.opcode, effect.event.payload));
      }
    }
  };
  // A copy: the endpoint unmasks in place and sends long payloads from where they lie, and Node's Buffers share memory.
  socket.on('data', (chunk) => carryOut(endpoint.receive(new Uint8Array(chunk))));
  socket.on('drain', () => socket.resume());
  socket.on('close', () => carryOut(endpoint.receiveEnd()));
  socket.on('error', () => {}); // 'close' follows.
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  console.log(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
