import type { BitRange } from '../base/frame-view/bit-range.ts';
import type { RoleVerdict } from './role-verdict.ts';

interface Props {
  readonly verdicts: readonly RoleVerdict[];
  readonly pick: (range: BitRange) => void;
}

/** What either receiver must make of the same bytes. */
export function Verdicts({ verdicts, pick }: Props) {
  return (
    <div class="verdicts" aria-live="polite">
      {verdicts.map(({ sender, receiver, tone, title, sentences, broken }) => (
        <section class="verdict" data-tone={tone} data-sender={sender} key={sender}>
          <h4>
            From a {sender} to a {receiver}: {title}
          </h4>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {broken !== undefined && (
            <p class="verdict-rule">
              <code>{broken.name}</code>, in{' '}
              <button type="button" class="in-text" onClick={() => pick(broken.range)}>
                {broken.where}
              </button>
            </p>
          )}
        </section>
      ))}
    </div>
  );
}
