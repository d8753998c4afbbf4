import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { countBytes } from '../../text/count.ts';
import type { Sender } from '../base/address/decode-address.ts';
import { Problem } from './Problem.tsx';
import { SAMPLES } from './samples.ts';
import { showText } from './show-text.ts';
import type { DecoderView } from './use-decoder.ts';

const DIRECTIONS: readonly { readonly sender: Sender; readonly label: string }[] = [
  { sender: 'either', label: 'detect from each MASK bit' },
  { sender: 'client', label: 'client to server' },
  { sender: 'server', label: 'server to client' },
];

const PLACEHOLDER =
  '81 85 37 fa 21 3d 7f 9f 4d 51 58\n\nor paste a dump, an array or a log, or drop a file here: a capture, a HAR, a log';

/** Takes the bytes: typed, pasted, dropped, from a file, or a sample. */
export function BytesInput({ decoder }: { readonly decoder: DecoderView }) {
  const { text, file, reading, decoded, sender, type, openFiles, chooseSender } = decoder;
  const box = useRef<HTMLTextAreaElement>(null);
  const [dragging, setDragging] = useState(false);
  const problem = decoded?.problem;

  const replace = (next: string): void => {
    type(next);
    box.current?.focus();
  };
  const select = (start: number, end: number): void => {
    box.current?.focus();
    box.current?.setSelectionRange(start, end);
  };
  const drag = (event: JSX.TargetedDragEvent<HTMLElement>): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    setDragging(true);
  };
  const drop = (event: JSX.TargetedDragEvent<HTMLElement>): void => {
    setDragging(false);
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (dropped.length === 0) return;
    event.preventDefault();
    openFiles(dropped);
  };
  return (
    <div
      class="decoder-input"
      role="group"
      aria-label="The bytes to decode"
      data-dragging={dragging || undefined}
      onDragOver={drag}
      onDragLeave={() => setDragging(false)}
      onDrop={drop}
    >
      <label class="decoder-label" for="decoder-text">
        Bytes, as hex or in any other form
      </label>
      <textarea
        ref={box}
        id="decoder-text"
        rows={4}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        placeholder={file === undefined ? PLACEHOLDER : 'Type or paste here to decode something else.'}
        aria-describedby="decoder-problem"
        aria-invalid={problem !== undefined}
        value={file === undefined ? text : ''}
        onInput={(event) => type(event.currentTarget.value)}
      />
      <div id="decoder-problem" role="status">
        {reading && <p class="decoder-reading">Reading …</p>}
        {file !== undefined && !reading && (
          <p class="decoder-reading">
            From the file {showText(file.name)}, {countBytes(file.byteLength)}
          </p>
        )}
        {problem !== undefined && <Problem problem={problem} select={file === undefined ? select : undefined} />}
      </div>
      <div class="decoder-tools needs-js">
        <label class="button">
          <input
            class="visually-hidden"
            type="file"
            multiple
            onChange={({ currentTarget }) => {
              const chosen = [...(currentTarget.files ?? [])];
              // The same file can then be chosen again.
              currentTarget.value = '';
              if (chosen.length > 0) openFiles(chosen);
            }}
          />
          Choose a file
        </label>
        <button type="button" disabled={text === '' && file === undefined} onClick={() => replace('')}>
          Clear
        </button>
        <span class="decoder-samples">
          Try:
          {SAMPLES.map((sample) => (
            <button key={sample.name} type="button" onClick={() => replace(sample.text)}>
              {sample.name}
            </button>
          ))}
        </span>
      </div>
      {decoded?.asksSender !== false && (
        <fieldset class="decoder-direction needs-js">
          <legend>Direction</legend>
          {DIRECTIONS.map(({ sender: each, label }) => (
            <label key={each}>
              <input
                type="radio"
                name="decoder-direction"
                checked={sender === each}
                onChange={() => chooseSender(each)}
              />
              {label}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
