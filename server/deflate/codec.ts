import type { Memory } from '../../src/bytes/memory/memory.ts';
import type { DeflateCodec } from '../../src/protocol/extensions/permessage-deflate/codec.ts';
import { hasEngines } from './engine.ts';
import { EngineDeflaters } from './engine-deflaters.ts';
import { EngineInflaters } from './engine-inflater.ts';
import { ONE_SHOT } from './one-shot.ts';

/** zlib's level: 6, its default, takes twice as long for a result that is a twentieth shorter. */
const LEVEL = 3;
const MEM_LEVEL = 8;

/** The limit of memory for all windows that the server compresses with, in bytes: about 128 connections. */
export const MAX_DEFLATER_BYTES = 32 * 1024 * 1024;

/** zlib, as this process uses it. */
export interface ServerCodec extends DeflateCodec {
  /** How much memory the clients' windows take, in bytes. */
  readonly inflaterBytes: number;
}

/**
 * The codec of this platform: its engines if they can be called directly, otherwise its public API.
 *
 * @param memory holds long messages that were inflated
 */
export function createCodec(memory: Memory): ServerCodec {
  if (!hasEngines()) return { ...ONE_SHOT, inflaterBytes: 0 };
  const deflaters = new EngineDeflaters({ level: LEVEL, memLevel: MEM_LEVEL, maxBytes: MAX_DEFLATER_BYTES });
  const inflaters = new EngineInflaters(memory);
  return {
    createDeflater: (windowBits) => deflaters.create(windowBits),
    createInflater: (windowBits) => inflaters.create(windowBits),
    get inflaterBytes() {
      return inflaters.heldBytes;
    },
  };
}
