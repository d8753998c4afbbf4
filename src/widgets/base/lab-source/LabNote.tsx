import { LinkNote } from '../link/LinkNote.tsx';
import type { Companion } from '../link/use-companion.ts';

interface Props {
  readonly companion: Companion;
  /** The note about the worked example, before JavaScript has run. */
  readonly example: string;
}

/** The note of a figure in which the companion acts on the browser. */
export function LabNote({ companion, example }: Props) {
  return (
    <LinkNote
      {...companion}
      example={example}
      live="Your browser and the companion exchanged these bytes; the companion recorded them at its socket."
      simulated="Both ends run inside this page, in simulated time."
    />
  );
}
