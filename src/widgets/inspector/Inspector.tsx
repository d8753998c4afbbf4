import './inspector.css';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import type { BitRange } from '../base/frame-view/bit-range.ts';
import { Strip } from '../base/strip/Strip.tsx';
import { stripOf } from '../base/strip/strip.ts';
import type { CompanionPaths } from './first/first-connection.ts';
import { badgeOf, noteOf, type Stage, titleOf } from './first/stage.ts';
import { type Full, useInspector } from './use-inspector.ts';

interface Props {
  /** Shown until the reader's own frame is there. */
  readonly example: FrameDump;
  readonly paths: CompanionPaths;
}

/** The live inspector: the frame that the reader's browser has just sent, and a field to send another. */
export default function Inspector({ example, paths }: Props) {
  const { stage, problem, full, state, load } = useInspector(example, paths);
  const [text, setText] = useState('Hello');
  const [open, setOpen] = useState(false);
  // The strip and the panes draw the same frame: they light up together.
  const [pointedAt, setPointedAt] = useState<BitRange>();
  const [lit, setLit] = useState<BitRange>();
  const frame = useRef<HTMLDivElement>(null);
  const sent = useRef(false);
  const strip = useMemo(() => stage.shown && stripOf(stage.shown.dump), [stage.shown]);
  const linked = state?.opened?.kind === 'linked';

  useEffect(() => {
    if (linked) setOpen(true);
  }, [linked]);

  // On a phone the keyboard and the field fill the screen: what was just sent comes into sight by itself.
  useEffect(() => {
    if (!sent.current) return;
    sent.current = false;
    frame.current?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }, [stage.arrivals]);

  const send = (event: JSX.TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    event.currentTarget.querySelector('input')?.select();
    sent.current = true;
    void load().then((loaded) => loaded?.driver.send(loaded.module.sendText(text)));
  };
  const title = titleOf(stage);

  return (
    <section class="figure wide inspector" aria-labelledby="inspector-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h2 class="figure-title" id="inspector-title">
          {title}
        </h2>
        <StageBadge stage={stage} full={full} />
      </header>
      <div class="figure-body">
        <form class="send-message needs-js" onSubmit={send}>
          <label for="inspector-message">Message</label>
          <input
            id="inspector-message"
            type="text"
            autocomplete="off"
            enterkeyhint="send"
            spellcheck={false}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" class="primary" disabled={stage.link.state === 'lost'}>
            Send
          </button>
          {state?.connection === 'closed' && stage.link.state !== 'lost' && (
            <span class="send-hint">The connection is closed. Send opens a new one.</span>
          )}
        </form>
        {problem !== '' && (
          <p class="verdict" data-tone="danger" role="alert">
            {problem}
          </p>
        )}
        <div class="stage-frame" ref={frame}>
          {strip === undefined ? (
            <p class="stage-empty">No bytes are shown.</p>
          ) : (
            <Strip
              strip={strip}
              label={title}
              arrival={stage.arrivals}
              lit={open ? lit : undefined}
              onLit={setPointedAt}
            />
          )}
        </div>
        <button
          type="button"
          class="everything-switch needs-js"
          aria-expanded={open}
          aria-controls="inspector-everything"
          onClick={() => {
            setOpen(!open);
            void load();
          }}
        >
          {open ? 'Show less' : 'Show everything'}
        </button>
        <div id="inspector-everything">
          {open && full !== undefined && state !== undefined && (
            <full.module.Everything
              state={state}
              driver={full.driver}
              title={title}
              pointedAt={pointedAt}
              onLit={setLit}
            />
          )}
        </div>
      </div>
      <footer class="figure-note">
        {noteOf(stage)}
        {stage.link.state === 'simulated' && <HowToStart />}
      </footer>
    </section>
  );
}

/** Whose bytes these are, and what to do where they are not the reader's. */
function StageBadge({ stage, full }: { readonly stage: Stage; readonly full: Full | undefined }) {
  const { state, text } = badgeOf(stage);
  const { link } = stage;
  return (
    <div class="stage-badge">
      <p class="badge" data-state={state} role="status">
        <span key={text}>{text}</span>
      </p>
      {full !== undefined && (link.state === 'lost' || link.state === 'simulated') && (
        <button type="button" onClick={() => void full.driver.keeper.retry(link)}>
          Reconnect
        </button>
      )}
      {full !== undefined && link.state === 'lost' && (
        <button type="button" onClick={() => full.driver.keeper.simulate()}>
          Use the simulation
        </button>
      )}
    </div>
  );
}

function HowToStart() {
  return (
    <>
      {' '}
      To see your own, start the server with <code>npm start</code> and open <code>http://localhost:8080</code>.
    </>
  );
}
