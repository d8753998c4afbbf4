import { HANDSHAKE_RULES } from '../../protocol/handshake/rules.ts';
import { FRAME_RULES } from '../../protocol/rules.ts';
import { ACT_GROUPS, callFor, SHOWN_ACTS } from './acts-shown.ts';
import type { ActRow, BreakRulesData, BrowserColumn } from './model.ts';
import { presentOutcome } from './present.ts';
import { parseBreakRecording } from './recording.ts';

const REQUIREMENTS = new Map([...FRAME_RULES, ...HANDSHAKE_RULES].map(({ name, requirement }) => [name, requirement]));

/**
 * All that the figure knows before it runs: the acts, and what was recorded of browsers.
 *
 * @param files the text of each recording
 * @throws Error when there is no recording, or one is malformed or misses an act: record it anew
 */
export function breakRulesData(files: Readonly<Record<string, string>>): BreakRulesData {
  if (Object.keys(files).length === 0) throw new Error('No recording of a browser: look in content/recordings.');
  const groups = ACT_GROUPS.map(({ title, acts }) => ({
    title,
    rows: acts.map((act): ActRow => {
      const { name, title: actTitle, section, does, rule } = act;
      const requirement = rule === undefined ? undefined : { name: rule, requirement: REQUIREMENTS.get(rule) ?? rule };
      return { name, title: actTitle, section, does, rule: requirement, ...callFor(act) };
    }),
  }));
  return { groups, recorded: Object.entries(files).map(([file, text]) => columnOf(file, text)) };
}

function columnOf(file: string, text: string): BrowserColumn {
  const parsed = parseBreakRecording(text);
  if ('problem' in parsed) throw new Error(`${file}: ${parsed.problem}`);
  const { browser, outcomes } = parsed.recording;
  const shown = SHOWN_ACTS.map(({ name, rule }) => {
    const outcome = outcomes.find(({ act }) => act === name);
    if (outcome === undefined) {
      throw new Error(`${file} has no outcome of ${name}: run "node scripts/record-break-rules.ts" with that browser`);
    }
    return presentOutcome(outcome, rule);
  });
  return { browser, outcomes: Object.fromEntries(shown.map((each) => [each.act, each])) };
}
