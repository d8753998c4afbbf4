import { findAct, type LabAct } from '../../companion/lab/acts.ts';
import { CLOSING_ACTS, closeAct } from '../../companion/lab/closing-acts.ts';
import { FRAME_ACTS } from '../../companion/lab/frame-acts.ts';
import { MESSAGE_ACTS, RIGHT_ACTS } from '../../companion/lab/message-acts.ts';
import { RESPONSE_ACTS } from '../../companion/lab/response-acts.ts';
import { actTarget, LAB_ACT_PATH } from '../../companion/lab.ts';

export interface ActGroup {
  readonly title: string;
  readonly acts: readonly LabAct[];
}

const named = (name: string): LabAct[] => {
  const found = findAct(name);
  return 'act' in found ? [found.act] : [];
};

/** What the figure shows: all that breaks a rule, and beside it what only looks as if it did. */
export const ACT_GROUPS: readonly ActGroup[] = [
  { title: 'In the opening handshake', acts: RESPONSE_ACTS },
  { title: 'In one header', acts: FRAME_ACTS },
  { title: 'Between frames, and in text', acts: MESSAGE_ACTS },
  { title: 'In the close frame', acts: CLOSING_ACTS },
  {
    title: 'Nothing wrong: it only looks so',
    acts: [...RIGHT_ACTS, ...named('unsolicited-pong'), ...named('close-without-code'), closeAct(3000), closeAct(4999)],
  },
];

export const SHOWN_ACTS: readonly LabAct[] = ACT_GROUPS.flatMap(({ acts }) => acts);

/** Where a page connects for an act, and the message by which it then orders it. */
export function callFor({ name, deed }: LabAct): { readonly target: string; readonly order: string | undefined } {
  // A response cannot be changed any more once it is there: such an act stands in the address.
  if (deed.kind === 'response') return { target: `${actTarget(name)}&`, order: undefined };
  return { target: `${LAB_ACT_PATH}?`, order: name };
}
