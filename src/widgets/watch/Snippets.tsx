import { useState } from 'preact/hooks';
import { CopyButton } from '../base/CopyButton.tsx';
import { snippetsFor } from './snippets.ts';
import { Tabs } from './Tabs.tsx';

/** Small clients with the address filled in. */
export function Snippets({ address }: { readonly address: string }) {
  const [selected, setSelected] = useState('browser');
  const snippets = snippetsFor(address);
  const shown = snippets.find(({ id }) => id === selected);
  return (
    <Tabs
      name="Clients to copy"
      prefix="snippet"
      tabs={snippets.map(({ id, name }) => ({ id, label: name }))}
      selected={selected}
      onSelect={setSelected}
    >
      <div class="snippet-bar">
        <p class="snippet-note">{shown?.note}</p>
        <CopyButton key={selected} label="Copy code" text={shown?.code ?? ''} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre class="snippet-code" tabIndex={0} data-snippet={selected}>
        <code>{shown?.code}</code>
      </pre>
    </Tabs>
  );
}
