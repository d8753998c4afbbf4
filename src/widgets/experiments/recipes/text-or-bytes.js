export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/echo'));
  await next(socket, 'open');
  for (const binaryType of ['blob', 'arraybuffer']) {
    socket.binaryType = binaryType;
    for (const message of ['Hi', new Uint8Array([0x48, 0x69])]) {
      socket.send(message);
      const { data } = await next(socket, 'message');
      log(
        `${typeof message === 'string' ? 'text' : 'bytes'}, binaryType ${binaryType}: ${Object(data).constructor.name}`,
      );
    }
  }
  socket.close();
};
