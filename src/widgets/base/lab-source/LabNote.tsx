import { LinkNote } from '../link/LinkNote.tsx';
import type { Companion } from '../link/use-companion.ts';

interface Props {
  readonly companion: Companion;
  /** What the worked example is, before JavaScript has had its say. */
  readonly example: string;
}

/** What the badge means in a figure that lets the companion do things to the browser. */
export function LabNote({ companion, example }: Props) {
  return (
    <LinkNote
      {...companion}
      example={example}
      live="Your browser and the companion did this to each other; the companion recorded it off its socket."
      simulated="Both ends run inside this page, in simulated time."
    />
  );
}
