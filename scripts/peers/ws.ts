import { WebSocketServer } from 'ws';

// Echoes every message, with the defaults of the ws package: node scripts/peers/ws.ts PORT

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]) });

server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (message, isBinary) => socket.send(message, { binary: isBinary }));
});
