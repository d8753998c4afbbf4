import type { ComponentChildren, JSX } from 'preact';

export interface Tab {
  readonly id: string;
  readonly label: ComponentChildren;
}

interface Props {
  readonly name: string;
  /** Begins the ids of the tabs and of their panel. */
  readonly prefix: string;
  readonly tabs: readonly Tab[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  /** The panel of the selected tab. */
  readonly children: ComponentChildren;
}

/** Tabs over one panel: the arrow keys move between them, Home and End go to the first and the last. */
export function Tabs({ name, prefix, tabs, selected, onSelect, children }: Props) {
  const move = (event: JSX.TargetedKeyboardEvent<HTMLElement>): void => {
    const here = tabs.findIndex(({ id }) => id === selected);
    const last = tabs.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: here === last ? 0 : here + 1,
      ArrowLeft: here === 0 ? last : here - 1,
      Home: 0,
      End: last,
    };
    const next = tabs[steps[event.key] ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.id);
    event.currentTarget.querySelector<HTMLElement>(`#${prefix}-tab-${next.id}`)?.focus();
  };
  return (
    <div class="tabs">
      <div class="tab-list" role="tablist" aria-label={name} onKeyDown={move}>
        {tabs.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${prefix}-tab-${id}`}
            aria-selected={id === selected}
            aria-controls={`${prefix}-panel`}
            tabIndex={id === selected ? 0 : -1}
            onClick={() => onSelect(id)}
          >
            {label}
          </button>
        ))}
      </div>
      <div class="tab-panel" role="tabpanel" id={`${prefix}-panel`} aria-labelledby={`${prefix}-tab-${selected}`}>
        {children}
      </div>
    </div>
  );
}
