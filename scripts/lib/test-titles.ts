import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface TestTitle {
  file: string;
  /** Titles of the `describe`s around it and its own, joined by ` › `. */
  title: string;
}

const grouping = new Set(['describe']);
const testing = new Set(['test', 'it']);

/** The full title of every test below the folders, as it stands in the source: tests that are not there do not count. */
export function testTitles(folders: string[]): TestTitle[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((file) => /\.test\.tsx?$/.test(file))
    .sort()
    .flatMap((file) => titlesIn(file, readFileSync(file, 'utf8')));
}

/** Exported for its test. */
export function titlesIn(file: string, text: string): TestTitle[] {
  const found: TestTitle[] = [];
  const visit = (node: ts.Node, around: string[]): void => {
    const call = titledCall(node);
    if (call && testing.has(call.name)) found.push({ file, title: [...around, call.title].join(' › ') });
    const inner = call && grouping.has(call.name) ? [...around, call.title] : around;
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), []);
  return found;
}

/** `test('title', …)`, `test.each(…)('title', …)`, `describe('title', …)` and their like. */
function titledCall(node: ts.Node): { name: string; title: string } | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  const name = calleeName(node.expression);
  if (!name || !first || !(ts.isStringLiteralLike(first) || ts.isTemplateExpression(first))) return undefined;
  return { name, title: first.getText().slice(1, -1) };
}

function calleeName(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee)) return calleeName(callee.expression);
  if (ts.isCallExpression(callee)) return calleeName(callee.expression);
  return ts.isTaggedTemplateExpression(callee) ? calleeName(callee.tag) : undefined;
}
