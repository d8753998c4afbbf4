import type { CauseGroup } from '../../inspector/endings/cause.ts';

/** The first question of the page: what a reader sees. In this order. */
export const GROUPS: readonly {
  readonly group: CauseGroup;
  readonly slug: string;
  readonly text: string;
  readonly lead: string;
}[] = [
  {
    group: 'never-opened',
    slug: 'it-never-opens',
    text: 'It never opens',
    lead: 'The handshake is one HTTP request and one answer, and the answer says what is wrong. A browser hides it from the page: all that JavaScript gets is an error event without words, and a close event with 1006.',
  },
  {
    group: 'dropped',
    slug: 'it-drops',
    text: 'It opens, and then drops with 1006',
    lead: '1006 is never sent. A program reports it if TCP ended without a close frame. Then only TCP and the clock can say what happened: which side ended first, how, and after how much silence.',
  },
  {
    group: 'closed-with-code',
    slug: 'it-closes-with-a-code',
    text: 'It closes with a code',
    lead: 'One side sent a close frame, and its code says why. The question is which side it was, and what it means by the code.',
  },
  {
    group: 'rule',
    slug: 'a-rule-is-broken',
    text: 'One side complains about the protocol',
    lead: 'A side that gets a frame that breaks a rule has to give up the connection. The bytes show which side broke the rule, which is seldom the side that reports it.',
  },
  {
    group: 'not-a-fault',
    slug: 'nothing-is-wrong',
    text: 'Nothing is wrong',
    lead: 'Most connections end because somebody wanted it, or have not ended yet.',
  },
];
