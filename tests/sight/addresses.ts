/** From routes to requests: every parameter filled with every value worth trying. */
import { feedsOf, recipes, type Kind, type Places } from './places.ts';
import type { Route } from './routes.ts';

export interface Address {
  route: string;
  kind: Route['kind'] | 'feed';
  method: string;
  /** Path and query. */
  path: string;
  body?: string;
}

type Recipe = Kind | string[];

/** Parameters that no recipe fills, as `where: what`. */
export function unknownParameters(routes: Route[]): string[] {
  return routes.flatMap(unknownOf);
}

function unknownOf({ name, method, parts, queries, fields }: Route): string[] {
  return [
    ...parts.filter((part) => !recipes.parts[part]).map((part) => `${name}: the part ${part}`),
    ...queries.filter((query) => !recipes.queries[query]).map((query) => `${name}: the query ${query}`),
    ...(method === 'GET' ? [] : fields.filter((field) => !recipes.fields[field])).map(
      (field) => `${name}: the field ${field}`,
    ),
  ];
}

/** Everything that can be read: each route at each place; at its first place also with each value of each query. */
export function readings(routes: Route[], places: Required<Places>): Address[] {
  return routes
    .filter((route) => route.method === 'GET' && unknownOf(route).length === 0)
    .flatMap((route) => {
      const [first, ...others] = pathsOf(route, places);
      if (first === undefined) return [];
      const all = [...queriesOf(route, places).map((query) => first + query), ...others];
      return all.map((path) => ({ ...named(route), path }));
    });
}

/** The readings that name the hidden thing itself, in a path or behind the question mark. */
export function readingsOf(hidden: Places, routes: Route[], places: Required<Places>): Address[] {
  const known = new Set(readings(routes, places).map(({ path }) => path));
  const naming = readings(routes, replaced(places, hidden)).filter(({ path }) => !known.has(path));
  return [...new Map(naming.map((address) => [keyOf(address), address])).values()];
}

/** Every write that names the hidden thing: in its path, or in its body beside a path that names none. */
export function writesTo(hidden: Places, routes: Route[], places: Required<Places>): Address[] {
  const first = Object.fromEntries(
    Object.entries(places).map(([kind, values]) => [kind, values.slice(0, 1)]),
  ) as Required<Places>;
  const named = replaced(first, hidden);
  return routes
    .filter((route) => route.method !== 'GET' && unknownOf(route).length === 0)
    .flatMap((route) => {
      const writes = new Map<string, Address>();
      for (const write of [...writesAt(route, named, first), ...writesAt(route, first, named)])
        writes.set(keyOf(write), write);
      for (const visible of writesAt(route, first, first)) writes.delete(keyOf(visible));
      return [...writes.values()];
    });
}

/** With a plain body, and once more for each value of each field that names something. */
function writesAt(route: Route, inPath: Required<Places>, inBody: Required<Places>): Address[] {
  const choices = route.fields.map((field) => ({ field, recipe: fieldRecipe(route, field) }));
  const plain = Object.fromEntries(
    choices.flatMap(({ field, recipe }) =>
      Array.isArray(recipe) && recipe.length > 0 ? [[field, recipe[0]]] : [],
    ),
  );
  const naming = choices.flatMap(({ field, recipe }) =>
    (typeof recipe === 'string' ? inBody[recipe] : recipe.slice(1)).map((value) => ({
      ...plain,
      [field]: value,
    })),
  );
  return pathsOf(route, inPath).flatMap((path) =>
    [plain, ...naming].map((body) => ({
      ...named(route),
      path,
      ...bodyOf(route, body),
    })),
  );
}

/** Whoever takes a handle for his own keeps it: that is tried last, by itself. */
function fieldRecipe({ name }: Route, field: string): Recipe {
  if (field === 'handle' && /\/people\/me$|^POST \/settings\?/.test(name)) return [];
  return recipes.fields[field] ?? [];
}

function bodyOf({ kind, fields }: Route, body: Record<string, string | undefined>): Pick<Address, 'body'> {
  if (kind === 'form') return { body: new URLSearchParams(body as Record<string, string>).toString() };
  return fields.length > 0 ? { body: JSON.stringify(body) } : {};
}

function keyOf({ method, path, body = '' }: Address): string {
  return `${method} ${path} ${body}`;
}

function named({ name, kind, method }: Route) {
  return { route: name, kind: /^\/feeds\//.test(name) ? ('feed' as const) : kind, method };
}

function pathsOf({ path, parts }: Route, places: Required<Places>): string[] {
  return product(parts.map((part) => valuesOf(recipes.parts[part], places))).map((values) => {
    const left = [...values];
    return path.replace(/\[+(?:\.\.\.)?\w+(?:=\w+)?\]+|\{\w+\}/g, () => encodeURI(left.shift() ?? ''));
  });
}

/** One query at a time; a scope and a watch also beside every other one. */
function queriesOf({ queries }: Route, places: Required<Places>): string[] {
  const asked = (name: string) =>
    valuesOf(recipes.queries[name], places).map((value) => `${name}=${encodeURIComponent(value)}`);
  const single = queries.flatMap(asked);
  const wide = queries.includes('scope') ? single.map((query) => `scope=all&${query}`) : [];
  const narrow = queries.includes('watch')
    ? queries
        .filter((name) => name !== 'watch')
        .flatMap(asked)
        .flatMap((query) => asked('watch').map((watch) => `${watch}&${query}`))
    : [];
  return ['', ...[...single, ...wide, ...narrow].map((query) => `?${query}`)];
}

function valuesOf(recipe: Recipe | undefined, places: Required<Places>): string[] {
  return typeof recipe === 'string' ? places[recipe] : (recipe ?? []);
}

/** The hidden things, and what stands there of other kinds. */
function replaced(places: Required<Places>, hidden: Places): Required<Places> {
  const feed = feedsOf(hidden);
  return {
    ...places,
    ...hidden,
    any: [...new Set(Object.values(hidden).flat())],
    ...(feed.length > 0 ? { feed } : {}),
  };
}

function product(lists: string[][]): string[][] {
  return lists.reduce<string[][]>(
    (done, list) => done.flatMap((head) => list.map((value) => [...head, value])),
    [[]],
  );
}
