import type { Recipe } from './recipe.ts';

const RECIPES = import.meta.glob<Recipe>('./recipes/*.js', { import: 'default' });

/** Brings one recipe, when its button is pressed. @throws Error if there is none of that name */
export async function loadRecipe(id: string): Promise<Recipe> {
  const load = RECIPES[`./recipes/${id}.js`];
  if (load === undefined) throw new Error(`there is no recipe ${id}`);
  return await load();
}
