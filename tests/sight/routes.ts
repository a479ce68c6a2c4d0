/** Every address the product answers, read from its own sources: the tree of pages and the API's document. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** Names that a page hands on to be read by somebody else. */
const readElsewhere: Record<string, string[]> = {
  '/search': ['q', 'kind', 'community', 'person', 'tag', 'from', 'to'],
  '/desk/reader/[id]': ['state', 'source', 'watch'],
};

export interface Route {
  /** As in `/posts/[id]` or `GET /api/v1/posts/{id}`. */
  name: string;
  method: string;
  path: string;
  /** Its parameters, as in `posts/id`. */
  parts: string[];
  /** What may stand behind the question mark. */
  queries: string[];
  /** The fields of a JSON body or of a form, where the method takes one. */
  fields: string[];
  /** A `download` is what a page's address gives without being one. */
  kind: 'page' | 'download' | 'form' | 'api';
}

const routesFolder = 'src/routes';
const apiCatchAll = '/api/v1/[...path]';

/** Answers that tell of the process and nothing of what people do: `figures.test.ts` sees to that. */
const ofTheProcess = ['/metrics', '/healthz', '/readyz'];

/** Pages, endpoints and the actions of forms. The API's own catch-all is left out: `apiRoutes` says what it holds. */
export function pageRoutes(): Route[] {
  const files = readdirSync(routesFolder, { recursive: true }).map((name) =>
    join(routesFolder, String(name)),
  );
  const answering = files.filter((path) => /\/\+(page\.svelte|server\.ts)$/.test(path));
  const folders = [...new Set(answering.map((path) => dirname(path)))].sort();
  return folders
    .map((folder) => ({ folder, path: pathOf(folder) }))
    .filter(({ path }) => path !== apiCatchAll && !ofTheProcess.includes(path))
    .flatMap(({ folder, path }) => {
      const parts = partsOf(path, /\[+(?:\.\.\.)?(\w+)(?:=\w+)?\]+/g);
      const queries = queriesOf(folder);
      const kind = existsSync(join(folder, '+page.svelte')) ? ('page' as const) : ('download' as const);
      const page = { name: path, method: 'GET', path, parts, queries, fields: [], kind };
      return [page, ...formsOf(folder, page)];
    });
}

/** One for each action of a page. */
function formsOf(folder: string, page: Route): Route[] {
  const file = join(folder, '+page.server.ts');
  if (!existsSync(file)) return [];
  return actionsIn(readFileSync(file, 'utf8')).map(({ name, fields }) => ({
    ...page,
    name: `POST ${page.path}?/${name}`,
    method: 'POST',
    path: name === 'default' ? page.path : `${page.path}?/${name}`,
    queries: [],
    fields,
    kind: 'form' as const,
  }));
}

/** The actions of a page, each with the fields that it, or something of the same file that it names, reads. */
function actionsIn(text: string): { name: string; fields: string[] }[] {
  const named = new Map<string, string>();
  const actions: ts.ObjectLiteralElementLike[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'actions' && node.initializer) {
      const value = ts.isSatisfiesExpression(node.initializer)
        ? node.initializer.expression
        : node.initializer;
      if (!ts.isObjectLiteralExpression(value))
        throw new Error('actions that are no plain object cannot be read');
      actions.push(...value.properties);
    } else if (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) {
      named.set(node.name?.getText() ?? '', node.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('page.ts', text, ts.ScriptTarget.Latest, true));
  return actions.map((action) => {
    const own = action.getText();
    const used = [...named].filter(([name]) => new RegExp(`\\b${name}\\b`).test(own)).map(([, code]) => code);
    return { name: action.name?.getText() ?? '', fields: fieldsRead([own, ...used].join('\n')) };
  });
}

function fieldsRead(code: string): string[] {
  const reads = code.matchAll(/\bform\.(?:text|optional|list|flag|file)\(\s*'(\w+)'/g);
  return [...new Set([...reads].map((match) => match[1] ?? ''))];
}

function pathOf(folder: string): string {
  const segments = relative(routesFolder, folder).split('/');
  return `/${segments.filter((segment) => segment && !/^\(.*\)$/.test(segment)).join('/')}`;
}

/** The names that the files of one page read from the address. */
function queriesOf(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const reads = /\b(?:searchParams|query)\s*\.\s*(?:get|getAll|has)\(\s*'(\w+)'/g;
  const read = [...text.matchAll(reads)].map((match) => match[1] ?? '');
  return [...new Set([...read, ...(readElsewhere[pathOf(folder)] ?? [])])];
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}
interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** Every operation that the document of the running server describes. */
export function apiRoutes(document: unknown): Route[] {
  const openApi = document as OpenApi;
  return Object.entries(openApi.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => /^(get|post|put|patch|delete)$/.test(method))
      .map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        parts: partsOf(path, /\{(\w+)\}/g),
        queries: (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name),
        fields: fieldsOf(openApi, operation.requestBody?.content['application/json']?.schema),
        kind: 'api' as const,
      })),
  );
}

function fieldsOf(document: OpenApi, schema: Schema | undefined): string[] {
  if (!schema) return [];
  const named = schema.$ref ? document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] : schema;
  const inner = [...(named?.allOf ?? []), ...(named?.anyOf ?? []), ...(named?.oneOf ?? [])];
  return [...Object.keys(named?.properties ?? {}), ...inner.flatMap((each) => fieldsOf(document, each))];
}

/** Each is named after the part before it: `posts/id`; after another parameter, by both: `follows/kind/id`. */
function partsOf(path: string, parameter: RegExp): string[] {
  const segments = path.split('/').filter(Boolean);
  return segments.flatMap((segment, at) => {
    const names = [...segment.matchAll(parameter)].map((match) => match[1] ?? '');
    return names.map((name) => `${nameBefore(segments.slice(0, at), parameter)}/${name}`);
  });
}

function nameBefore(segments: string[], parameter: RegExp): string {
  const last = segments.at(-1) ?? '';
  const inner = [...last.matchAll(parameter)].map((match) => match[1]);
  return inner.length > 0 ? `${nameBefore(segments.slice(0, -1), parameter)}/${inner.join('/')}` : last;
}
