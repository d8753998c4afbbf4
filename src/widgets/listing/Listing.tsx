import './listing.css';
import { useId, useMemo, useReducer } from 'preact/hooks';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import type { ListingWords } from './case.ts';
import {
  INITIAL_LISTING,
  type ListingAction,
  type ListingView,
  MAX_EDITED,
  parseCaseNumber,
  presentListing,
  reduceListing,
} from './model.ts';
import type { Piece } from './piece.ts';
import { ruleLinks } from './rule-link.ts';
import type { Side } from './run.ts';

type Dispatch = (action: ListingAction) => void;

interface Props {
  /** What to say of each mistake, in order. */
  readonly words: readonly ListingWords[];
}

/** Each mistake of the 2011 listing: predict, run it, and see which byte is read differently. */
export default function Listing({ words }: Props) {
  const id = useId();
  const [state, dispatch] = useReducer(reduceListing, INITIAL_LISTING);
  const { write, problem } = useHashParameters((parameters) => {
    const asked = parameters.get('listing');
    if (asked === null) return undefined;
    const number = parseCaseNumber(asked, words) ?? state.number;
    dispatch({ type: 'open', number });
    return sayIgnored(parameters, { listing: String(number) });
  });
  const view = useMemo(() => presentListing(state, words), [state]);
  const { listingCase, picked, run } = view;
  const open = (number: number): void => {
    dispatch({ type: 'open', number });
    write({ listing: String(number) });
  };
  return (
    <div class="listing-scope" data-picked={picked !== undefined || undefined} data-number={listingCase.number}>
      <div class="listing-choice needs-js">
        <label for={`${id}-case`}>Case</label>
        <button
          type="button"
          aria-label="Previous case"
          disabled={listingCase.number === 1}
          onClick={() => open(listingCase.number - 1)}
        >
          ←
        </button>
        <select
          id={`${id}-case`}
          value={String(listingCase.number)}
          onChange={(event) => open(Number(event.currentTarget.value))}
        >
          {words.map(({ number, topic }) => (
            <option key={number} value={String(number)}>
              {number}. {topic}
              {number in state.picked ? ' ✓' : ''}
            </option>
          ))}
        </select>
        <button
          type="button"
          aria-label="Next case"
          disabled={listingCase.number === words.length}
          onClick={() => open(listingCase.number + 1)}
        >
          →
        </button>
        <span class="listing-score">{view.score}</span>
      </div>
      {problem !== '' && (
        <p class="verdict" role="alert">
          {problem}
        </p>
      )}
      <Question view={view} dispatch={dispatch} />
      <Editor key={listingCase.number} view={view} variant={state.variant} dispatch={dispatch} />
      <p class="listing-verdict" role="status">
        {view.verdict}{' '}
        {picked !== undefined && (
          <>
            <b>{listingCase.title}.</b> {listingCase.follows} <Rule view={view} />
          </>
        )}
      </p>
      {run !== undefined && (
        <>
          <div class="listing-sides">
            <SideView title="The listing of 2011" side={run.listing} />
            <SideView title="Our server" side={run.ours} />
          </div>
          <p class="listing-look">{listingCase.look}</p>
          {run.dump !== undefined && (
            <details class="listing-frame">
              <summary>The first frame, bit by bit</summary>
              <FrameView dump={run.dump} />
            </details>
          )}
        </>
      )}
    </div>
  );
}

function Question({ view, dispatch }: { readonly view: ListingView; readonly dispatch: Dispatch }) {
  const { listingCase, picked } = view;
  return (
    <fieldset class="listing-question">
      <legend>{listingCase.question}</legend>
      <p class="listing-options">
        {listingCase.options.map((option, index) => (
          <button
            type="button"
            key={`${listingCase.number} ${option}`}
            aria-pressed={picked === index}
            disabled={picked !== undefined && picked !== index}
            data-right={(picked !== undefined && index === listingCase.right) || undefined}
            onClick={() => dispatch({ type: 'pick', option: index })}
          >
            {option}
          </button>
        ))}
      </p>
    </fieldset>
  );
}

interface EditorProps {
  readonly view: ListingView;
  readonly variant: number;
  readonly dispatch: Dispatch;
}

/** The input: another one for the same mistake, or the reader's own. */
function Editor({ view, variant, dispatch }: EditorProps) {
  const id = useId();
  const { listingCase, text, textLabel, problem } = view;
  const { variants } = listingCase;
  return (
    <div class="listing-input needs-js">
      {variants.length > 1 && (
        <p class="listing-options">
          <span class="listing-hint">Input:</span>
          {variants.map(({ label }, index) => (
            <button
              type="button"
              key={label}
              aria-pressed={index === variant}
              onClick={() => dispatch({ type: 'variant', variant: index })}
            >
              {label}
            </button>
          ))}
        </p>
      )}
      {text !== undefined && (
        <>
          <label for={`${id}-text`}>{textLabel}: change it if you like</label>
          <textarea
            id={`${id}-text`}
            rows={Math.min(8, Math.max(2, text.split('\n').length))}
            spellcheck={false}
            autocomplete="off"
            maxLength={2 * MAX_EDITED}
            aria-invalid={problem !== ''}
            aria-describedby={`${id}-problem`}
            value={text}
            onInput={(event) => dispatch({ type: 'edit', text: event.currentTarget.value })}
          />
          <p id={`${id}-problem`} class="listing-problem" role="alert">
            {problem}
          </p>
        </>
      )}
    </div>
  );
}

function Rule({ view }: { readonly view: ListingView }) {
  const { section, since } = view.listingCase;
  if (section === undefined) return null;
  const { href, label } = ruleLinks(section);
  return (
    <>
      <a href={href}>{label}</a>
      {since !== undefined && `, a rule from ${since} on: younger than the listing`}
    </>
  );
}

function SideView({ title, side }: { readonly title: string; readonly side: Side }) {
  return (
    <section>
      <h4>{title}</h4>
      {side.pieces.length > 0 && (
        <ol class="listing-pieces plain-list">
          {side.pieces.map((piece) => (
            <PieceView key={`${piece.start} ${piece.label}`} piece={piece} />
          ))}
        </ol>
      )}
      <ol class="listing-did">
        {side.did.map((line, index) => (
          <li key={`${index} ${line}`}>{line}</li>
        ))}
      </ol>
    </section>
  );
}

function PieceView({ piece }: { readonly piece: Piece }) {
  const { text, label, field, tone } = piece;
  return (
    <li data-tone={tone} class={field === 'line' || field === 'rest' ? 'listing-line' : `field-${field}`}>
      <span class="listing-text">{text}</span> <span class="listing-label">{label}</span>
      {tone === 'differs' && <span class="listing-mark"> ← here</span>}
    </li>
  );
}
