import { ROOM_NAME, ROOM_PARAMETER } from '../lab.ts';
import { type HttpRefusal, refusal } from './refusal.ts';

/** The room that a query names; empty if it names none. */
export function roomOf(query: string): string {
  return new URLSearchParams(query).get(ROOM_PARAMETER) ?? '';
}

/** Refuses a request to a room without a valid room name. */
export function checkRoom({ query }: { readonly query: string }): HttpRefusal | undefined {
  if (ROOM_NAME.test(roomOf(query))) return undefined;
  const sentence = `Name a room: add ${ROOM_PARAMETER}= and 16 to 64 characters of A-Z, a-z, 0-9, "_" and "-".`;
  return refusal(400, sentence, 'no-room-named');
}
