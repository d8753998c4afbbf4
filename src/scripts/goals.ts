import { isReached, markReached } from './progress-store.ts';

/** Ticks off the goals of every figure on the page as soon as the figure shows that they are reached. */
export function watchGoals(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[data-goals]')) watch(list);
}

function watch(list: HTMLElement): void {
  const figure = list.parentElement;
  const chapter = location.pathname.split('/').filter(Boolean).at(-1) ?? '';
  const open = new Set<HTMLElement>();
  for (const goal of list.querySelectorAll<HTMLElement>('[data-goal]')) {
    if (isReached(chapter, nameOf(goal))) tick(goal);
    else open.add(goal);
  }
  if (figure === null || open.size === 0) return;

  let isAsked = false;
  const look = () => {
    isAsked = false;
    for (const goal of open) {
      if (figure.querySelector(goal.dataset['when'] ?? '') === null) continue;
      open.delete(goal);
      tick(goal);
      markReached(chapter, nameOf(goal));
      say(list, goal);
    }
    if (open.size === 0) observer.disconnect();
  };
  // A figure in motion changes many times between two frames of the screen: one look is enough.
  const observer = new MutationObserver(() => {
    if (!isAsked) requestAnimationFrame(look);
    isAsked = true;
  });
  observer.observe(figure, { subtree: true, childList: true, characterData: true, attributes: true });
}

function nameOf(goal: HTMLElement): string {
  return `${goal.closest<HTMLElement>('[data-goals]')?.dataset['goals']}/${goal.dataset['goal']}`;
}

function tick(goal: HTMLElement): void {
  goal.dataset['reached'] = '';
  const state = goal.querySelector('[data-goal-state]');
  if (state !== null) state.textContent = ' (done)';
}

/** Tells those who do not see the tick. */
function say(list: HTMLElement, goal: HTMLElement): void {
  const said = list.querySelector('[data-goals-said]');
  if (said !== null) said.textContent = `Done: ${goal.textContent?.trim()}`;
}
