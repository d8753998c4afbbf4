import type { CauseGroup } from '../../inspector/endings/cause.ts';

/** The first question of the page: what a reader sees. In this order. */
export const GROUPS: readonly {
  readonly group: CauseGroup;
  readonly slug: string;
  readonly text: string;
  readonly lead: string;
}[] = [
  {
    group: 'dropped',
    slug: 'it-drops',
    text: 'It opens, and then drops with 1006',
    lead: '1006 is never sent. A program reports it if TCP ended without a close frame. To find out why, look at how TCP ended: which side ended it first, in what way, and after how much silence.',
  },
  {
    group: 'never-opened',
    slug: 'it-never-opens',
    text: 'It never opens',
    lead: 'The handshake is one HTTP request and one answer, and the answer usually shows what is wrong. A browser hides it from the page: JavaScript only gets an error event without a message, and a close event with 1006.',
  },
  {
    group: 'closed-with-code',
    slug: 'it-closes-with-a-code',
    text: 'It closes with a code',
    lead: 'One side sent a close frame with a code. Find out which side it was, and what that side means by the code.',
  },
  {
    group: 'rule',
    slug: 'a-rule-is-broken',
    text: 'One side complains about the protocol',
    lead: 'If a frame breaks a rule, the side that receives it gives up the connection and reports an error. The bytes show which side broke the rule. It is usually the other one.',
  },
  {
    group: 'not-a-fault',
    slug: 'nothing-is-wrong',
    text: 'Nothing is wrong',
    lead: 'Most connections end on purpose, or have not ended yet.',
  },
];
