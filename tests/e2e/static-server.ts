import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

/** The built site on a web host that knows nothing of the companion: no /healthz, no sockets. */
const serve = sirv(fileURLToPath(new URL('../../dist/', import.meta.url)), { etag: true });
const server = createServer((request, response) => {
  serve(request, response, () => {
    response.statusCode = 404;
    response.end('not found');
  });
});
server.listen(Number(process.argv[2]), 'localhost');
