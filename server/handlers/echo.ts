import type { Handler } from '../connection/handler.ts';

/** Sends every message back: same type, same bytes. */
export const echo: Handler = {
  dispatch(event, connection) {
    if (event.type === 'message') connection.send(event);
  },
};
