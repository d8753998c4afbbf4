import type { Handler } from '../../server/connection/handler.ts';

const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });
// Without this option, the decoder would drop U+FEFF at the start of a text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();
const TEXT = 1;

/** Sends every text back with its characters in reverse order. A character is what a reader takes for one. */
export const reverse: Handler = {
  dispatch(event, connection) {
    if (event.type !== 'message') return;
    if (event.opcode !== TEXT) return connection.close(1003, 'send text, not binary');
    const segments = [...characters.segment(decoder.decode(event.payload))];
    const reversed = segments
      .map(({ segment }) => segment)
      .reverse()
      .join('');
    connection.send({ opcode: TEXT, payload: encoder.encode(reversed) });
  },
};
