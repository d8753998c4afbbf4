/** A run of bytes with one meaning. */
export interface WirePart {
  /** Hex, or the text of a header line. */
  readonly shown: string;
  readonly isText: boolean;
  /** The class of the field whose color it wears. */
  readonly field: string;
  readonly meaning: string;
}

/** What one side sends at once. */
export interface WireStep {
  readonly from: 'client' | 'server';
  readonly title: string;
  readonly byteLength: number;
  readonly parts: readonly WirePart[];
}

/** One way in which a WebSocket was, or is, on the wire. */
export interface Era {
  readonly id: string;
  readonly name: string;
  /** When it was published. */
  readonly date: string;
  readonly spokenBy: string;
  readonly steps: readonly WireStep[];
  /** Why it was given up, or what it leaves to be wished. */
  readonly end: string;
}

/** How many bytes it took to say Hello and hear it back, the handshake apart. */
export function bytesOfHello({ steps }: Era): number {
  return steps.filter(({ title }) => title.includes('Hello')).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** How many bytes the opening handshake took, in both directions. */
export function bytesOfOpening({ steps }: Era): number {
  const first = steps.findIndex(({ title }) => title.includes('Hello'));
  return steps.slice(0, first).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** The position of an era that an address names; undefined if there is none. */
export function eraNamed(eras: readonly Era[], id: string | null): number | undefined {
  const at = eras.findIndex((era) => era.id === id);
  return at === -1 ? undefined : at;
}
