function createReader() {
  // What has come and is not a whole frame yet. Every reader has its own.
  let buffer = new Uint8Array(0);

  function receive(bytes) {
    buffer = concat(buffer, bytes);
    const frames = [];
    for (;;) {
      const header = decodeHeader(buffer);
      if (header === undefined) return frames;
      const end = header.headerLength + header.length;
      if (buffer.length < end) return frames;
      const payload = buffer.slice(header.headerLength, end);
      frames.push({
        fin: header.fin,
        opcode: header.opcode,
        payload: header.masked ? unmask(payload, header.key) : payload,
      });
      buffer = buffer.slice(end);
    }
  }

  return { receive };
}
