/** What a status usually means as an answer to a WebSocket request, and what to do. RFC 9110 §15. */
export interface StatusMeaning {
  readonly status: number;
  readonly name: string;
  readonly likely: string;
  readonly fix: string;
}

export const STATUS_MEANINGS: readonly StatusMeaning[] = [
  {
    status: 200,
    name: 'OK',
    likely:
      'The server treated the request as an ordinary page: nothing handles WebSocket at this path, or a proxy removed the Upgrade header.',
    fix: 'Check the path. If it is right, let the proxy pass Upgrade and Connection on (nginx: proxy_http_version 1.1, proxy_set_header Upgrade $http_upgrade, proxy_set_header Connection "upgrade").',
  },
  {
    status: 400,
    name: 'Bad Request',
    likely:
      'The server found the handshake wrong, or a proxy removed a part of it. A port that expects TLS also answers 400 to plain HTTP. socket.io also answers 400 to an old or unknown session identifier.',
    fix: 'Read the body of the answer. Compare the request that arrived at the server with the one that the client sent.',
  },
  {
    status: 401,
    name: 'Unauthorized',
    likely:
      'The server wants credentials, and the request has none that it accepts. A page cannot add headers to a WebSocket.',
    fix: 'Send a cookie, a token in the query, or a token in the first message. Programs that are not browsers can send Authorization.',
  },
  {
    status: 403,
    name: 'Forbidden',
    likely:
      'The server understood the request and refuses it. The usual reasons are the Origin, a missing token, and a firewall for web applications.',
    fix: 'Try again without Origin, for example with framelight doctor. If that opens, add your page’s origin to the list of the server.',
  },
  {
    status: 404,
    name: 'Not Found',
    likely: 'Nothing handles this path. Or a proxy removed Upgrade, and the server only knows the path for WebSocket.',
    fix: 'Check the path, with its slashes and prefixes. Then check that the proxy passes Upgrade on.',
  },
  {
    status: 405,
    name: 'Method Not Allowed',
    likely:
      'The path exists for other methods, such as POST, but not for the GET of a WebSocket handshake. Or the server does not know HTTP/2’s CONNECT.',
    fix: 'Check the path, and whether the server serves WebSocket there.',
  },
  {
    status: 408,
    name: 'Request Timeout',
    likely: 'The server waited for the rest of the request and gave up.',
    fix: 'End the head of the request with an empty line, and send it at once.',
  },
  {
    status: 426,
    name: 'Upgrade Required',
    likely:
      'The server speaks WebSocket here, but the request is not a WebSocket request, or it has another version. A proxy that removes Upgrade has this effect.',
    fix: 'Send Upgrade: websocket, Connection: Upgrade and Sec-WebSocket-Version: 13, and let the proxy pass them on.',
  },
  {
    status: 429,
    name: 'Too Many Requests',
    likely: 'Too many connections were opened in a short time. A client that connects again without a delay does this.',
    fix: 'Wait before each new attempt, longer each time and by a random amount. Look for Retry-After in the answer.',
  },
  {
    status: 500,
    name: 'Internal Server Error',
    likely: 'An exception was thrown while the server handled the request.',
    fix: 'Look into the log of the server at this time.',
  },
  {
    status: 502,
    name: 'Bad Gateway',
    likely: 'A proxy could not reach the server behind it, or did not understand its answer.',
    fix: 'Check that the server is running, that the proxy has the right port, and that both agree on TLS.',
  },
  {
    status: 503,
    name: 'Service Unavailable',
    likely: 'The server, or the one behind the proxy, is overloaded, still starting, or switched off.',
    fix: 'Look at the health of the server. Clients should wait longer before each new attempt.',
  },
  {
    status: 504,
    name: 'Gateway Timeout',
    likely: 'The server behind the proxy did not answer the handshake in time.',
    fix: 'Find out whether the request reaches a handler that answers it.',
  },
];

/** The meaning of a status; for one that is not in the table, of its class. */
export function meaningOfStatus(status: number): Pick<StatusMeaning, 'likely' | 'fix'> {
  const known = STATUS_MEANINGS.find((meaning) => meaning.status === status);
  if (known !== undefined) return known;
  const who = status >= 500 ? 'The server or a proxy failed.' : 'The server refuses the request.';
  return { likely: who, fix: 'Read the headers and the body of the answer.' };
}
