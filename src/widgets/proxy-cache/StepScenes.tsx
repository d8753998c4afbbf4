import type { ByteView } from './byte-cells.ts';
import type { StoryStep } from './present.ts';

/** What each party says, sees and believes in one step. */
export function StepScenes({ step }: { readonly step: StoryStep }) {
  return (
    <dl class="story-scenes">
      {step.scenes.map(({ who, lines, bytes, says, tone }) => (
        <div key={who} data-tone={tone}>
          <dt>{who}</dt>
          <dd>
            {lines !== undefined && <pre>{lines.join('\n')}</pre>}
            {bytes !== undefined && <Bytes bytes={bytes} />}
            {says !== undefined && <p>{says}</p>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Each byte as a number and, below it, as a character. */
function Bytes({ bytes }: { readonly bytes: ByteView }) {
  return (
    <>
      <p class="visually-hidden">{bytes.said}</p>
      <p class="story-bytes" aria-hidden="true">
        {bytes.cells.map(({ hex, character, field, believed }, index) => (
          <span key={index} class={field} data-believed={believed || undefined}>
            {hex}
            <b>{character}</b>
          </span>
        ))}
      </p>
    </>
  );
}
