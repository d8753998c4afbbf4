import type { Extension } from '../../protocol/extensions/extension.ts';
import type { Limits } from '../../protocol/limits.ts';
import type { PayloadPart } from '../deflate/direction-inflater.ts';
import type { InflatedDump } from '../deflate/inflated-dump.ts';
import type { ExplainFrame, FrameRecorder } from '../frame/frame-recorder.ts';

/** An extension that both ends agreed on, as an observer sees it. RFC 6455 §9. */
export interface WireExtension {
  /** Gives reserved bits a meaning. The observer decodes nothing with it. */
  readonly extension: Extension;
  readonly inflaterOf: (sender: 'client' | 'server') => PartInflater;
  createRecorder(options: RecorderOptions): DirectionRecorder;
}

/** Records the frames of one direction. */
export type DirectionRecorder = Pick<FrameRecorder, 'frames' | 'bridges' | 'gap' | 'restart' | 'end' | 'heldBytes'>;

export interface RecorderOptions {
  readonly sender: 'client' | 'server';
  readonly limits: Limits;
  /** Of the first byte. */
  readonly offset: number;
  readonly explain: ExplainFrame;
  /** If false, messages are only passed over. */
  readonly explains: () => boolean;
}

/** Undoes what the extension did to the messages of one direction. */
export interface PartInflater {
  readonly heldBytes: number;
  /**
   * Takes the next part of a frame.
   *
   * @param inflates if false, the message is only passed over
   * @returns the message that ends with it, if the extension has changed it
   */
  take(part: PayloadPart, inflates: boolean): InflatedDump | undefined;
  /** Bytes are missing here. */
  lose(): void;
}

/**
 * Finds in a response which extension both ends agreed on. It is given to the observer, not imported by it: most pages
 * observe connections without extensions, and load less.
 *
 * @param responseHead of status 101
 */
export type ReadAgreement = (responseHead: Uint8Array) => WireExtension | undefined;
