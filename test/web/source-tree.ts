import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseAst } from 'vitest/node';

/** The source as a tree, and who is meant by a name: as much of a compiler as it takes to read sentences out of the code. */

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [part: string]: unknown;
}

interface Module {
  readonly file: string;
  readonly code: string;
  readonly body: Node;
  /** By the name that they have here: the file and the name there. */
  readonly imported: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
}

const root = resolve(import.meta.dirname, '../..');

export const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Types say nothing. */
export const partsOf = (node: Node): readonly Node[] =>
  Object.entries(node).flatMap(([name, value]) => (ofTypes.has(name) ? [] : [value].flat().filter(isNode)));

const ofTypes = new Set(['typeAnnotation', 'returnType', 'typeArguments', 'typeParameters']);

export const part = (node: Node | undefined, name: string): Node | undefined => {
  const found = node?.[name];
  return isNode(found) ? found : undefined;
};

export const nodesIn = (node: Node | undefined, name: string): readonly Node[] => [node?.[name]].flat().filter(isNode);

export const nameOf = (node: Node | undefined): string =>
  node?.type === 'Identifier' ? String(node['name']) : node?.type === 'Literal' ? String(node['value']) : '';

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
export const isFunction = (node: Node | undefined): node is Node => node !== undefined && functions.has(node.type);

/** What a name stands for: a thing declared, or one that is handed to a function. */
export type Meant =
  | { readonly is: 'declared'; readonly node: Node }
  | {
      readonly is: 'parameter';
      readonly of: Node;
      readonly at: number;
      readonly path: readonly string[];
      readonly otherwise: Node | undefined;
    }
  | { readonly is: 'taken'; readonly from: Node; readonly path: readonly string[] };

export class SourceTree {
  private readonly modules = new Map<string, Module>();
  private readonly parents = new Map<Node, Node>();
  private readonly nodes: Node[] = [];
  private readonly fileOf = new Map<Node, string>();

  /** @param programs with all that is imported by them, and by that, to run */
  constructor(programs: readonly string[]) {
    for (const program of programs) this.read(join(root, program));
  }

  private read(file: string): void {
    if (this.modules.has(file) || !file.endsWith('.ts') || file.includes('/migrations/') || !existsSync(file)) return;
    const code = readFileSync(file, 'utf8');
    const body = parseAst(code, { lang: 'ts', astType: 'ts' }) as unknown as Node;
    const imported = new Map<string, { file: string; name: string }>();
    for (const each of nodesIn(body, 'body').filter(({ type }) => type === 'ImportDeclaration'))
      for (const specifier of nodesIn(each, 'specifiers')) {
        const from = resolve(dirname(file), String(part(each, 'source')?.['value']));
        imported.set(nameOf(part(specifier, 'local')), { file: from, name: nameOf(part(specifier, 'imported')) });
      }
    this.modules.set(file, { file, code, body, imported });
    this.fileOf.set(body, file);
    const first = this.nodes.length;
    this.adopt(body);
    for (const each of this.nodes.slice(first)) {
      const from = part(each, 'source')?.['value'];
      if (typeof from === 'string' && from.startsWith('.') && !isOfTypes(each)) this.read(resolve(dirname(file), from));
    }
  }

  private adopt(node: Node): void {
    this.nodes.push(node);
    for (const child of partsOf(node)) {
      this.parents.set(child, node);
      this.adopt(child);
    }
  }

  /** Every node of the source. */
  all(): readonly Node[] {
    return this.nodes;
  }

  parent(node: Node): Node | undefined {
    return this.parents.get(node);
  }

  /** `domain/limits.ts, line 10` */
  place(node: Node): string {
    const module = this.moduleOf(node);
    const line = module.code.slice(0, node.start).split('\n').length;
    return `${module.file.slice(root.length + 1)}, line ${line}`;
  }

  private moduleOf(node: Node): Module {
    let at = node;
    for (let next = this.parents.get(at); next; next = this.parents.get(at)) at = next;
    const module = this.modules.get(this.fileOf.get(at) ?? '');
    if (!module) throw new Error('A node of no file.');
    return module;
  }

  /** What a name means where it stands. */
  meant(name: string, where: Node): Meant | undefined {
    for (let at: Node | undefined = where; at; at = this.parents.get(at)) {
      const found = isFunction(at) ? parameterOf(at, name) : declaredIn(at, name);
      if (found) return found;
    }
    const { imported } = this.moduleOf(where);
    const from = imported.get(name);
    const module = from && this.modules.get(from.file);
    return module && declaredIn(module.body, from.name);
  }
}

const isOfTypes = (node: Node): boolean => node['importKind'] === 'type' || node['exportKind'] === 'type';

function parameterOf(node: Node, name: string): Meant | undefined {
  for (const [at, parameter] of nodesIn(node, 'params').entries()) {
    const path = pathTo(parameter, name);
    const otherwise = parameter.type === 'AssignmentPattern' ? part(parameter, 'right') : undefined;
    if (path) return { is: 'parameter', of: node, at, path, otherwise };
  }
  return undefined;
}

/** Through which parts a pattern takes a name out of a value; none if it does not. */
function pathTo(pattern: Node | undefined, name: string): readonly string[] | undefined {
  if (pattern?.type === 'Identifier') return nameOf(pattern) === name ? [] : undefined;
  if (pattern?.type === 'AssignmentPattern') return pathTo(part(pattern, 'left'), name);
  if (pattern?.type !== 'ObjectPattern') return undefined;
  for (const property of nodesIn(pattern, 'properties')) {
    const path = pathTo(part(property, 'value'), name);
    if (path) return [nameOf(part(property, 'key')), ...path];
  }
  return undefined;
}

function declaredIn(node: Node, name: string): Meant | undefined {
  for (const statement of nodesIn(node, 'body')) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? (part(statement, 'declaration') ?? statement) : statement;
    if (declaration.type === 'FunctionDeclaration' && nameOf(part(declaration, 'id')) === name)
      return { is: 'declared', node: declaration };
    for (const declarator of nodesIn(declaration, 'declarations')) {
      const init = part(declarator, 'init');
      const path = pathTo(part(declarator, 'id'), name);
      if (init && path) return path.length === 0 ? { is: 'declared', node: init } : { is: 'taken', from: init, path };
    }
  }
  return undefined;
}
