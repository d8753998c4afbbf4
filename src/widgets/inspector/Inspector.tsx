import './inspector.css';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import type { SourceEvent } from '../base/source/source.ts';
import { FrameList } from './FrameList.tsx';
import { Handshake } from './Handshake.tsx';
import { OpenedRow } from './OpenedRow.tsx';
import { SendForm } from './SendForm.tsx';
import { useInspector } from './use-inspector.ts';

interface Props {
  /** The worked example, computed when the site is built. */
  readonly example: readonly SourceEvent[];
}

/** The live inspector: type a message, and see the frame that your own browser made of it. */
export default function Inspector({ example }: Props) {
  const { state, dispatch, keeper } = useInspector(example);
  return (
    <section class="figure wide inspector" aria-labelledby="inspector-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h2 class="figure-title" id="inspector-title">
          One message, as it was on the wire
        </h2>
        <LinkBadge link={state.link} />
      </header>
      <div class="figure-body">
        <SendForm connection={state.connection} source={keeper.source} />
        <div class="inspector-columns">
          <div class="inspector-main">
            <FrameList state={state} dispatch={dispatch} />
            <OpenedRow
              opened={state.opened}
              example={state.link.state === 'example' || state.link.state === 'looking'}
            />
          </div>
          <Handshake request={state.request} response={state.response} />
        </div>
      </div>
      <LinkNote link={state.link} look={() => void keeper.retry(state.link)} simulate={() => keeper.simulate()} />
    </section>
  );
}
