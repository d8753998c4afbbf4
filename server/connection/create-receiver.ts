import { isUtf8 } from 'node:buffer';
import type { Limits } from '../../src/protocol/limits.ts';
import type { MessageMemory } from '../../src/protocol/quick/message-memory.ts';
import { QuickReceiver } from '../../src/protocol/quick/quick-receiver.ts';
import { skipAsking } from '../../src/protocol/quick/skip-characters.ts';

/** Node tells whether bytes are UTF-8 without making a text of them. */
const skipWholeCharacters = skipAsking(isUtf8);

/** As the protocol core's own, with the shortcuts that a server of thousands is glad of. */
export function createReceiver(peer: 'client', limits: Limits, memory?: MessageMemory): QuickReceiver {
  return new QuickReceiver(peer, limits, { source: memory, skipWholeCharacters });
}
