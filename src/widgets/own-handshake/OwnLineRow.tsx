import { Sentence } from '../base/log/Sentence.tsx';
import { shownBytes } from './line-bytes.ts';
import type { OwnLine } from './own-lines.ts';

interface Props {
  readonly line: OwnLine;
  readonly open: boolean;
  readonly tabStop: boolean;
  readonly onOpen: (id: string | undefined) => void;
}

/** One line; if it is open, also what it is for and its bytes. */
export function OwnLineRow({ line, open, tabStop, onOpen }: Props) {
  const { id, name, value, sentence, cited, bytes, before } = line;
  const panel = `own-${id}`;
  return (
    <li>
      <button
        type="button"
        data-line={id}
        aria-expanded={open}
        aria-controls={panel}
        tabIndex={tabStop ? 0 : -1}
        onClick={() => onOpen(open ? undefined : id)}
      >
        {name !== '' && <b>{name}: </b>}
        {value}
        {name === '' && value === '' && <i>(empty line)</i>}
        {before !== undefined && (
          <>
            {' '}
            <span class="own-new">new</span>
          </>
        )}
      </button>
      <div id={panel} class="own-said" hidden={!open}>
        <p>
          <Sentence text={sentence} /> {cited !== undefined && <span class="own-cited">{cited}</span>}
        </p>
        {before !== undefined && (
          <p>
            Before: <code>{before}</code>
          </p>
        )}
        <p class="own-count">On the wire, {bytes.length} bytes:</p>
        <p class="own-bytes">
          {shownBytes(bytes).map(({ hex, character, named }, i) => (
            <span key={i} data-named={named || undefined}>
              {hex} <i aria-hidden="true">{character}</i>
            </span>
          ))}
        </p>
      </div>
    </li>
  );
}
