import { DRAWING } from './layout.ts';
import { drawDiagram } from './model.ts';
import type { ClosingStep, Side } from './steps.ts';

interface Props {
  readonly steps: readonly ClosingStep[];
  readonly at: number;
  readonly side: Side;
}

const { width, height, box } = DRAWING;

/** The ready states of one end, with the way that it has gone. The list of steps says the same in words. */
export function Diagram({ steps, at, side }: Props) {
  const { states, edges, now } = drawDiagram(steps, at, side);
  const name = side === 'client' ? 'Your browser' : 'The server';
  return (
    <figure class="diagram">
      <figcaption>
        {name}: <strong>{now}</strong>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${name} is in the state ${now}.`}>
        <defs>
          <marker
            id={`arrow-${side}`}
            viewBox="0 0 8 8"
            refX="6"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path class="diagram-arrow" d="M0 0 8 4 0 8Z" />
          </marker>
        </defs>
        {edges.map((edge) => (
          <g
            key={`${edge.from} ${edge.transition}`}
            class="diagram-edge"
            data-from={edge.from}
            data-transition={edge.transition}
            data-past={edge.past || undefined}
            data-now={edge.now || undefined}
          >
            <path d={edge.path} marker-end={`url(#arrow-${side})`} />
            <text x={edge.label.x} y={edge.label.y} text-anchor={edge.anchor}>
              {edge.words}
            </text>
          </g>
        ))}
        {states.map((state) => (
          <g
            key={state.name}
            class="diagram-state"
            data-state={state.name}
            data-past={state.past || undefined}
            data-now={state.now || undefined}
          >
            <title>{state.meaning}</title>
            <rect
              x={state.x - box.width / 2}
              y={state.y - box.height / 2}
              width={box.width}
              height={box.height}
              rx="4"
            />
            <text x={state.x} y={state.y + 5} text-anchor="middle">
              {state.name}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
