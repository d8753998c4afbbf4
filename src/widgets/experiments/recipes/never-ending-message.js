export default async ({ address, log, next }) => {
  const { host, pathname, search } = new URL(address('/echo'));
  const head = [
    `GET ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '',
    '',
  ].join('\r\n');
  const hexOf = (text) => Array.from(text, (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  // Masked with zeros: a text frame without FIN, continuations without FIN, and a ping.
  const [first, more, ping] = ['01810000000061', '00810000000062', '898000000000'];
  const steps = [{ hex: hexOf(head) }, { waitMs: 100 }, { hex: first }];
  for (let i = 1; i <= 12; i++) steps.push({ waitMs: 150 }, { hex: i === 6 ? ping : more });
  // A page cannot send such frames itself: it asks the companion to open a connection and write these bytes.
  const lab = new WebSocket(new URL('/lab/raw', address('/echo')));
  await next(lab, 'open');
  lab.send(JSON.stringify({ steps }));
  const answers = [];
  lab.onmessage = ({ data }) => answers.push(JSON.parse(data));
  while (answers.at(-1)?.type !== 'done') await next(lab, 'message');
  lab.close();
  const back = answers.filter(({ type, direction }) => type === 'frame' && direction === 'out');
  log('12 fragments sent, and no end of the message');
  log(
    `the server sent: ${back.map(({ opcode }) => ['', 'text', 'binary'][opcode] ?? (opcode === 10 ? 'pong' : 'close')).join(', ')}`,
  );
};
