import { actTarget, LAB_ACT_PATH } from '../../companion/lab/addresses.ts';
import type { ActWords } from '../../lab/act-words.ts';
import { findAct, type LabAct } from '../../lab/acts.ts';
import { CLOSING_ACTS, closeAct } from '../../lab/closing-acts.ts';
import { FRAME_ACTS } from '../../lab/frame-acts.ts';
import { MESSAGE_ACTS, RIGHT_ACTS } from '../../lab/message-acts.ts';
import { RESPONSE_ACTS } from '../../lab/response-acts.ts';
import { wordsOfAct } from '../../lab/words-of-act.ts';

export interface ActGroup {
  readonly title: string;
  readonly acts: readonly ShownAct[];
}

export type ShownAct = LabAct & ActWords;

const named = (name: string): LabAct[] => {
  const found = findAct(name);
  return 'act' in found ? [found.act] : [];
};

const shown = (...acts: readonly LabAct[]): ShownAct[] => acts.map((act) => ({ ...act, ...wordsOfAct(act) }));

/** The rows of the figure: acts that break a rule, and acts that only look as if they did. */
export const ACT_GROUPS: readonly ActGroup[] = [
  { title: 'In the opening handshake', acts: shown(...RESPONSE_ACTS) },
  { title: 'In one frame’s header', acts: shown(...FRAME_ACTS) },
  { title: 'Between frames, and in text', acts: shown(...MESSAGE_ACTS) },
  { title: 'In the close frame', acts: shown(...CLOSING_ACTS) },
  {
    title: 'It looks wrong, but is right',
    acts: shown(
      ...RIGHT_ACTS,
      ...named('unsolicited-pong'),
      ...named('close-without-code'),
      closeAct(3000),
      closeAct(4999),
    ),
  },
];

export const SHOWN_ACTS: readonly ShownAct[] = ACT_GROUPS.flatMap(({ acts }) => acts);

/** Where a page connects for an act, and the message with which it then orders the act. */
export function callFor({ name, behavior }: LabAct): { readonly target: string; readonly order: string | undefined } {
  // The response cannot be changed once it is sent, so such an act is part of the address.
  if (behavior.kind === 'response') return { target: actTarget(name), order: undefined };
  return { target: LAB_ACT_PATH, order: name };
}
