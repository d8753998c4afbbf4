/** What a raw connection does, in order. */
export type RawStep = RawBytes | RawWait;

/** Write these bytes. */
export interface RawBytes {
  readonly hex: string;
}

/** Then wait. */
export interface RawWait {
  readonly waitMs: number;
}

/** A step that has been checked. */
export type ParsedRawStep = { readonly bytes: Uint8Array } | RawWait;

export const MAX_RAW_BYTES = 1024 * 1024;
/** In characters, in whatever form the bytes of all steps are written: a text is measured before it is read. */
export const MAX_RAW_CHARACTERS = 2 * MAX_RAW_BYTES + 64 * 1024;
export const MAX_RAW_STEPS = 32;
/** How long a whole run may take, its waits included. */
export const MAX_RAW_MS = 10_000;
