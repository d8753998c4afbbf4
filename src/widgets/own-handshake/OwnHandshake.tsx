import './own-handshake.css';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import type { Link } from '../base/link/link.ts';
import { type Heads, lineAfterKey, sayChanges, sayUnknown } from './model.ts';
import { OwnLineRow } from './OwnLineRow.tsx';
import type { OwnLine } from './own-lines.ts';
import { useOwnHandshake } from './use-own-handshake.ts';

interface Props {
  /** The worked example's heads, in hex. */
  readonly example: Heads;
}

/** The reader's own request and the 101, each line explained. RFC 6455 §4. */
export default function OwnHandshake({ example }: Props) {
  const { state, request, response, keeper, open, connectAgain } = useOwnHandshake(example);
  const { link, opened, count, before } = state;
  const lines = [...request, ...response];
  const stop = lines.some(({ id }) => id === opened) ? opened : lines[0]?.id;
  const columns = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    columns.current?.querySelector<HTMLElement>('button[data-line][tabindex="0"]')?.focus();
  }, [stop]);

  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLElement>): void => {
    const { key, ctrlKey, altKey, metaKey } = event;
    const from = event.target instanceof HTMLElement ? event.target.dataset['line'] : undefined;
    if (from === undefined || ctrlKey || altKey || metaKey) return;
    const next = lineAfterKey(lines, from, key);
    if (next === undefined) return;
    event.preventDefault();
    moved.current = next !== from;
    open(next);
  };
  const ready = link.state === 'live' || link.state === 'simulated';
  const heads = { opened, stop, open };
  return (
    <section
      class="figure wide own-handshake"
      id="own-handshake"
      aria-labelledby="own-handshake-title"
      data-pagefind-ignore
    >
      <header class="figure-bar">
        <h3 class="figure-title" id="own-handshake-title">
          Your own opening handshake
        </h3>
        <LinkBadge link={link} />
      </header>
      <div class="figure-body">
        <p class="own-tools needs-js">
          <button type="button" disabled={!ready} onClick={connectAgain}>
            Connect again
          </button>
          <span>Pick a line to see its purpose and its bytes. The arrow keys move from line to line.</span>
        </p>
        <p class="own-changes" role="status" data-again={count > 1}>
          {count > 0 && sayUnknown(opened, lines)} {sayChanges(lines, before)}
        </p>
        <div class="own-columns" ref={columns} role="group" aria-label="Lines of the handshake" onKeyDown={onKeyDown}>
          <Head title={titleOf(link, count).request} lines={request} {...heads} />
          <Head title={titleOf(link, count).response} lines={response} {...heads} />
        </div>
      </div>
      <LinkNote
        link={count === 0 && link.state === 'live' ? { state: 'looking' } : link}
        look={() => void keeper.retry(link)}
        simulate={() => keeper.simulate()}
        example="An example with the RFC’s sample key. With JavaScript on, your browser connects and you see its own request."
      />
    </section>
  );
}

interface HeadProps {
  readonly title: string;
  readonly lines: readonly OwnLine[];
  readonly opened: string | undefined;
  readonly stop: string | undefined;
  readonly open: (id: string | undefined) => void;
}

function Head({ title, lines, opened, stop, open }: HeadProps) {
  const byteLength = lines.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return (
    <div>
      <h4>
        {title} <span class="own-size">{byteLength} bytes</span>
      </h4>
      <ul class="own-lines">
        {lines.map((line) => (
          <OwnLineRow key={line.id} line={line} open={line.id === opened} tabStop={line.id === stop} onOpen={open} />
        ))}
      </ul>
    </div>
  );
}

function titleOf({ state }: Link, count: number): Record<'request' | 'response', string> {
  if (count === 0) return { request: 'A browser’s request', response: 'The answer' };
  if (state === 'simulated') return { request: 'The simulated browser asked', response: 'The simulated server agreed' };
  return { request: 'Your browser asked', response: 'The companion agreed' };
}
