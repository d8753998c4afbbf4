import type { Story } from './story.ts';

/** When a reader meets the cause: the first question of the page. */
export type CauseGroup = 'never-opened' | 'dropped' | 'closed-with-code' | 'rule' | 'not-a-fault';

/** What the story shows of a cause. */
export interface Told {
  /** What the bytes prove: one sentence or more. */
  readonly evidence: string;
  /** What probably happened: one sentence or more, which never claim more than the evidence. */
  readonly likely: string;
  /** What to do in this case; the cause's own `fix` if undefined. */
  readonly fix?: string;
}

/** One reason for the end of a connection. */
export interface Cause {
  /** Unique, in kebab-case. */
  readonly name: string;
  readonly title: string;
  readonly group: CauseGroup;
  /** What a developer sees before knowing the cause. */
  readonly symptom: string;
  /** How it happens, in a few sentences. */
  readonly why: string;
  /** What the bytes of such a connection look like. */
  readonly evidence: string;
  readonly fix: string;
  /** @returns undefined if the story does not show this cause */
  find(story: Story): Told | undefined;
}
