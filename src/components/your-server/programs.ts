import { STAGES, type Stage } from '../../conformance/stages.ts';

/** A language in which the server is built. */
export interface Language {
  readonly name: string;
  readonly extension: 'py' | 'mjs';
  /** As the highlighter calls it. */
  readonly highlighter: 'python' | 'js';
  /** What starts a program. */
  readonly command: string;
}

export const LANGUAGES: readonly Language[] = [
  { name: 'Python', extension: 'py', highlighter: 'python', command: 'python3' },
  { name: 'JavaScript', extension: 'mjs', highlighter: 'js', command: 'node' },
];

/** The server at one stage, in one language. */
export interface ServerProgram {
  readonly stage: Stage;
  readonly language: Language;
  readonly file: string;
  /** From the project's root. */
  readonly path: string;
  readonly source: string;
}

/** Where the reader's server is, unless it was given another port. */
export const SERVER_URL = 'ws://localhost:9001/echo';

/** The comment that opens each program: which stage it is, how to run it, and how to check it. */
const HEAD_LINES = 4;

const sources = import.meta.glob<string>('/examples/your-server/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every program, stage by stage. */
export const PROGRAMS: readonly ServerProgram[] = STAGES.flatMap((stage) =>
  LANGUAGES.map((language) => {
    const file = `${String(stage.number).padStart(2, '0')}-${stage.name}.${language.extension}`;
    const path = `examples/your-server/${file}`;
    const source = sources[`/${path}`];
    if (source === undefined) throw new Error(`there is no ${path}`);
    return { stage, language, file, path, source };
  }),
);

/**
 * The program of a stage.
 *
 * @throws Error if there is none
 */
export function programOf(stage: number, { extension }: Language): ServerProgram {
  const program = PROGRAMS.find((each) => each.stage.number === stage && each.language.extension === extension);
  if (program === undefined) throw new Error(`there is no stage ${stage} in .${extension}`);
  return program;
}

/** The lines of a program without the comment that opens it. */
export function linesOf({ source }: ServerProgram): string[] {
  return source.trimEnd().split('\n').slice(HEAD_LINES);
}

/** The lines that are neither empty nor only a comment. */
export function countCodeLines(program: ServerProgram): number {
  return linesOf(program).filter((line) => !/^\s*(?:\/\/.*|\/\*\*.*|#.*|""".*""")?$/.test(line)).length;
}

/** The link that fills in the form of /check/ for the reader's server at a stage. */
export function checkLink({ number }: Stage): string {
  return `/check/#url=${encodeURIComponent(SERVER_URL)}&stage=${number}`;
}
