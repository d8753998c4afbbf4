/** The key under which the chosen theme is kept; absent means: as the system says. */
export const THEME_KEY = 'framelight:theme';

/** Lets the switch in the header choose the theme, and remembers the choice. */
export function startThemeSwitch(): void {
  const root = document.documentElement;
  const chosen = root.dataset['theme'] ?? 'auto';
  for (const input of document.querySelectorAll<HTMLInputElement>('.theme-switch input')) {
    input.checked = input.value === chosen;
    input.addEventListener('change', () => {
      if (input.value === 'auto') delete root.dataset['theme'];
      else root.dataset['theme'] = input.value;
      remember(input.value);
    });
  }
}

function remember(theme: string): void {
  try {
    if (theme === 'auto') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Storage can be refused (a private window): the choice then holds for this page.
  }
}
