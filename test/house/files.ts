import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const notOurs = new Set(['node_modules', 'dist']);

/** Every file below the folders that the pattern fits, sorted. */
export function filesBelow(folders: string[], pattern: RegExp): string[] {
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !notOurs.has(name))
      .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap(walk)
    .filter((file) => pattern.test(file))
    .sort();
}

/** The texts of all string and template literals of a TypeScript file: comments may speak of anything. */
export function stringsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}
