import { useEffect, useRef, useState } from 'preact/hooks';
import { whyNotRun } from '../../scripts/why-not-run.ts';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import type { BuiltExercise } from './built-exercises.ts';
import { ExerciseItem } from './ExerciseItem.tsx';
import type { Exercise } from './exercise.ts';
import { loadExercises } from './load.ts';
import { seedOf } from './use-exercise.ts';
import './exercises.css';

interface Props {
  readonly chapter: string;
  /** The questions as they were drawn for the page when it was built. */
  readonly built: readonly BuiltExercise[];
}

/** The exercises at the end of a chapter. */
export default function Exercises({ chapter, built }: Props) {
  const [exercises, setExercises] = useState<readonly Exercise[]>();
  const [problem, setProblem] = useState('');
  const [solved, setSolved] = useState<ReadonlySet<string>>(new Set());
  const address = useHashParameters((parameters) => {
    const known = built.find(({ id }) => id === parameters.get('check'));
    return parameters.has('check')
      ? sayIgnored(parameters, { check: known?.id ?? '', seed: String(seedOf(parameters) ?? '') })
      : '';
  });
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    loadExercises(chapter).then(setExercises, (cause: unknown) =>
      setProblem(`You can read these exercises but not answer them. ${whyNotRun(cause)}`),
    );
  }, [chapter]);
  const next = (index: number): void => {
    const item = list.current?.children.item(index + 1);
    item?.querySelector<HTMLElement>('h3')?.focus();
    item?.scrollIntoView({ block: 'start' });
  };
  const said = problem || address.problem;
  return (
    <div class="exercises-figure">
      {said !== '' && (
        <p class="verdict" data-tone="danger" role="alert">
          {said}
        </p>
      )}
      <p class="exercise-count needs-js" role="status">
        {solved.size} of {built.length} solved
      </p>
      <ol class="plain-list exercise-list" ref={list}>
        {built.map((each, index) => (
          <ExerciseItem
            key={each.id}
            chapter={chapter}
            number={index + 1}
            built={each}
            exercise={exercises?.find(({ id }) => id === each.id)}
            write={address.write}
            onSolved={(id) => setSolved((before) => new Set(before).add(id))}
            onNext={index + 1 < built.length ? () => next(index) : undefined}
          />
        ))}
      </ol>
    </div>
  );
}
