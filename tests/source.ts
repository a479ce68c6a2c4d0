/** The source as the tests of its shape read it: files, what each imports, and its syntax tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** From the root of the project, as in `src/server/errors.ts`. */
  path: string;
  text: string;
  lines: number;
  /** Script only: of a Svelte component, what its `script` elements hold, and the expressions of its markup. */
  tree: ts.SourceFile;
}

export interface Import {
  /** From the root for files of ours (`src/server/errors.ts`), as written for packages. */
  target: string;
  typeOnly: boolean;
}

const generated = 'src/server/platform/schema.ts';

/** Every TypeScript file and component under a folder, sorted. */
export function sourcesIn(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== generated)
    .sort()
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const code = path.endsWith('.svelte') ? scriptsOf(text) : text;
  const tree = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  return { path, text, lines: text.split('\n').length - 1, tree };
}

function scriptsOf(component: string): string {
  return [...component.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n');
}

/** What a file imports or re-exports, at the top or while it runs. */
export function importsOf({ path, tree }: SourceFile): Import[] {
  const found: Import[] = [];
  visit(tree, (node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ target: resolve(path, node.moduleSpecifier.text), typeOnly: isTypeOnly(node) });
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      found.push({ target: resolve(path, node.moduleSpecifier.text), typeOnly: node.isTypeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteral(name)) found.push({ target: resolve(path, name.text), typeOnly: false });
    }
  });
  return found;
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = importClause.namedBindings;
  return (
    !importClause.name &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every((element) => element.isTypeOnly)
  );
}

function resolve(from: string, name: string): string {
  if (name.startsWith('.')) return normalize(join(dirname(from), name));
  if (name === '#env') return 'src/env.ts';
  if (name.startsWith('#server/') || name.startsWith('#ui/')) return `src/${name.slice(1)}`;
  if (name.startsWith('#')) return name.slice(1);
  return name;
}

/** Calls `look` on every node of a tree. */
export function visit(tree: ts.Node, look: (node: ts.Node) => void): void {
  look(tree);
  ts.forEachChild(tree, (child) => visit(child, look));
}

/** `path:line` of a node, for a message. */
export function whereabouts({ path, tree }: SourceFile, node: ts.Node): string {
  return `${path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}
