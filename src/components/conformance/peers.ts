import type { ConformanceCase } from '../../conformance/case.ts';
import { conformanceCases } from '../../conformance/suite.ts';
import { countOutcomes, type PeerRecording, readPeerRecording } from './peer-recording.ts';
import { groupSections, type SectionGroup } from './section-groups.ts';
import { WORDS } from './words.ts';

/** A recording, with the texts and numbers that the pages show. */
export interface Peer extends PeerRecording {
  readonly counts: ReturnType<typeof countOutcomes>;
  readonly groups: readonly SectionGroup[];
  readonly words: readonly string[];
}

const recordings = import.meta.glob<string>('/content/recordings/peers/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const CASES = new Map(conformanceCases().map((each) => [each.id, each]));

/** All recordings, in the order of the page. @throws Error if one is not valid, which ends the build */
export const PEERS: readonly Peer[] = Object.values(recordings)
  .map(readPeerRecording)
  .sort((a, b) => a.order - b.order)
  .map((recording) => {
    const words = WORDS[recording.id];
    if (words === undefined) throw new Error(`words.ts has no text about ${recording.id}`);
    return { ...recording, counts: countOutcomes(recording), groups: groupSections(recording.sections), words };
  });

/** The case that a recording names. @throws Error if the suite no longer has it */
export function caseNamed(id: string): ConformanceCase {
  const found = CASES.get(id);
  if (found === undefined) throw new Error(`The suite has no case ${id}. Record again: npm run record-peers`);
  return found;
}
