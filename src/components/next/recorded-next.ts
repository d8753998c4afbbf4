import text from '/content/recordings/next-chromium.json?raw';

/** What scripts/record-next.ts recorded. */
export interface RecordedNext {
  readonly browser: string;
  readonly http2: {
    readonly stream: number;
    readonly request: readonly (readonly [name: string, value: string])[];
    readonly response: readonly (readonly [name: string, value: string])[];
  };
  readonly withWebSocket: { readonly sentBytes: number; readonly bufferedAmount: number };
  readonly withStream: { readonly writtenBytes: number; readonly waits: boolean };
}

export const RECORDED_NEXT = JSON.parse(text) as RecordedNext;
