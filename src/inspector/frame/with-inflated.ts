import type { InflatedDump } from '../deflate/inflated-dump.ts';
import type { FrameDump } from './frame-dump.ts';

/** Adds the compressed message that ends with a frame. Its payload is not text then, even if it could be read as UTF-8. */
export function withInflated(dump: FrameDump, inflated: InflatedDump | undefined): FrameDump {
  return inflated === undefined ? dump : { ...dump, payload: { hex: dump.payload.hex }, inflated };
}
