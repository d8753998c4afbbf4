import { bytesOfHex } from '../../bytes/hex.ts';
import type { WireHandshake } from '../../inspector/wire/wire.ts';
import { headerValues } from '../../protocol/handshake/head/head.ts';
import { parseRequestHead, parseResponseHead } from '../../protocol/handshake/head/parse-head.ts';
import { drawKey } from '../base/draw-key.ts';
import { LiveSource } from '../base/source/live-source.ts';
import type { TakenKey } from './model.ts';

/** A key drawn in the page, which no server has answered. */
export function takeRandomKey(): TakenKey {
  return { key: drawKey(), answered: undefined };
}

/**
 * Lets the browser open a connection, and takes its key and the companion's answer from the tap.
 *
 * @returns the reason as a sentence, if the companion went away
 */
export function takeBrowserKey(): Promise<TakenKey | { readonly problem: string }> {
  return new Promise((resolve) => {
    let key = '';
    const end = (result: TakenKey | { readonly problem: string }): void => {
      source.stop();
      resolve(result);
    };
    const source = new LiveSource({
      happened: (events) => {
        for (const event of events) {
          if (event.type !== 'wire' || event.message.type !== 'handshake') continue;
          if (event.message.direction === 'in') key = requestKey(event.message);
          else end({ key, answered: responseAccept(event.message) });
        }
      },
      lost: (why) => end({ problem: why }),
    });
    source.connect();
  });
}

function requestKey({ hex }: WireHandshake): string {
  const parsed = parseRequestHead(bytesOfHex(hex));
  return parsed.kind === 'complete' ? (headerValues(parsed.head, 'Sec-WebSocket-Key')[0] ?? '') : '';
}

function responseAccept({ hex }: WireHandshake): string | undefined {
  const parsed = parseResponseHead(bytesOfHex(hex));
  return parsed.kind === 'complete' ? headerValues(parsed.head, 'Sec-WebSocket-Accept')[0] : undefined;
}
