import { isFunction, nameOf, type Node, nodesIn, part, partsOf, type SourceTree } from './source-tree.ts';

/** What stands where a sentence has something that only a run can know. */
export const hole = '\u0000';

/** More ways to say a thing than that are no sentence. */
const mostWays = 200;

type Ways = readonly string[];

const unknown: Ways = [hole];

/** What functions were handed by the calls that are being read, and what was handed to whoever calls. */
type Given = ReadonlyMap<Node, { readonly handed: readonly Node[]; readonly by: Given }>;

const nothing: Given = new Map();

/** Reads of an expression in how many ways it can come out. */
export class Reading {
  private readonly tree: SourceTree;
  private readonly calls = new Map<Node, Node[]>();
  private readonly under = new Set<Node>();

  constructor(tree: SourceTree) {
    this.tree = tree;
    for (const node of tree.all()) {
      const called = node.type === 'CallExpression' ? this.functionNamed(part(node, 'callee')) : undefined;
      if (called) this.calls.set(called, [...(this.calls.get(called) ?? []), node]);
    }
  }

  private functionNamed(callee: Node | undefined): Node | undefined {
    const meant = callee?.type === 'Identifier' ? this.tree.meant(nameOf(callee), callee) : undefined;
    return meant?.is === 'declared' && isFunction(meant.node) ? meant.node : undefined;
  }

  ways(node: Node | undefined, given: Given = nothing): Ways {
    if (!node || this.under.has(node)) return unknown;
    this.under.add(node);
    const found = [...new Set(this.waysOf(node, given))];
    this.under.delete(node);
    return found.length > mostWays ? unknown : found;
  }

  private waysOf(node: Node, given: Given): Ways {
    const of = (name: string): Ways => this.ways(part(node, name), given);
    switch (node.type) {
      case 'Literal':
        return typeof node['value'] === 'string' || typeof node['value'] === 'number' ? [String(node['value'])] : [];
      case 'TemplateLiteral':
        return this.template(node, given);
      case 'ConditionalExpression':
        return [...of('consequent'), ...of('alternate')];
      case 'LogicalExpression':
        return node['operator'] === '&&' ? of('right') : either(of('left'), of('right'));
      case 'BinaryExpression':
        return this.isOfText(node) ? joined([of('left'), of('right')]) : unknown;
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'ChainExpression':
        return of('expression');
      case 'AwaitExpression':
        return of('argument');
      case 'Identifier':
        return nameOf(node) === 'undefined' ? [] : this.named(node, given);
      case 'MemberExpression':
        return this.member(node, given);
      case 'CallExpression':
        return this.call(node, given);
      default:
        return unknown;
    }
  }

  /** Texts are put together by the sign by which numbers are added. */
  private isOfText(node: Node): boolean {
    const parts = [part(node, 'left'), part(node, 'right')];
    return node['operator'] === '+' && !parts.some((each) => typeof each?.['value'] === 'number');
  }

  private template(node: Node, given: Given): Ways {
    const values = nodesIn(node, 'expressions').map((each) => this.ways(each, given));
    return joined(
      nodesIn(node, 'quasis').flatMap((quasi, at) => {
        const { cooked } = quasi['value'] as { readonly cooked: string };
        const value = values[at];
        return value ? [[cooked], value.length > 0 ? value : ['']] : [[cooked]];
      }),
    );
  }

  private named(node: Node, given: Given): Ways {
    const meant = this.tree.meant(nameOf(node), node);
    if (!meant) return unknown;
    if (meant.is === 'declared') return this.ways(meant.node, given);
    if (meant.is === 'taken') return this.taken(meant.from, meant.path, given);
    const bound = given.get(meant.of);
    const calls = bound
      ? [bound]
      : (this.calls.get(meant.of) ?? []).map((call) => ({ handed: nodesIn(call, 'arguments'), by: nothing }));
    const handed = calls.map((call) => {
      const value = call.handed[meant.at];
      return value || !meant.otherwise ? this.taken(value, meant.path, call.by) : this.ways(meant.otherwise, given);
    });
    if (handed.length === 0 && meant.at === 0) handed.push(this.itemsFor(meant.of));
    const ways = handed.flat();
    return ways.length > 0 ? ways : unknown;
  }

  /** What a function is handed that goes over a list. */
  private itemsFor(called: Node): Ways {
    const call = this.tree.parent(called);
    const isMapped = ['map', 'flatMap'].includes(methodOf(call)) && nodesIn(call, 'arguments')[0] === called;
    return isMapped ? this.items(part(part(call, 'callee'), 'object'), nothing) : [];
  }

  /** What stands in a record under these names. */
  private taken(node: Node | undefined, path: readonly string[], given: Given): Ways {
    const [name, ...rest] = path;
    if (name === undefined) return this.ways(node, given);
    const record = this.record(node);
    if (!record) return unknown;
    const property = nodesIn(record, 'properties').find((each) => nameOf(part(each, 'key')) === name);
    return property ? this.taken(part(property, 'value'), rest, given) : unknown;
  }

  private record(node: Node | undefined): Node | undefined {
    if (node?.type === 'ObjectExpression') return node;
    if (node?.type.startsWith('TS')) return this.record(part(node, 'expression'));
    const meant = node?.type === 'Identifier' ? this.tree.meant(nameOf(node), node) : undefined;
    return meant?.is === 'declared' ? this.record(meant.node) : undefined;
  }

  private member(node: Node, given: Given): Ways {
    const record = this.record(part(node, 'object'));
    if (!record) return unknown;
    const name = node['computed'] === true ? undefined : nameOf(part(node, 'property'));
    return nodesIn(record, 'properties').flatMap((each) =>
      name === undefined || nameOf(part(each, 'key')) === name ? this.ways(part(each, 'value'), given) : [],
    );
  }

  private call(node: Node, given: Given): Ways {
    const callee = part(node, 'callee');
    const handed = nodesIn(node, 'arguments');
    const called = this.functionNamed(callee);
    if (called) return this.answers(called, new Map([...given, [called, { handed, by: given }]]));
    if (callee?.type !== 'MemberExpression') return unknown;
    const object = part(callee, 'object');
    switch (nameOf(part(callee, 'property'))) {
      case 'join':
        return this.enumerated(object, this.ways(handed[0], given)[0] ?? ',', given);
      case 'trim':
        return this.ways(object, given);
      default:
        return unknown;
    }
  }

  /** What is listed in the code, each or all but what is not there; of others, one or several. */
  private enumerated(list: Node | undefined, between: string, given: Given): Ways {
    const filtered = methodOf(list) === 'filter' ? part(part(list, 'callee'), 'object') : undefined;
    const written = filtered ?? list;
    if (
      written?.type === 'ArrayExpression' &&
      nodesIn(written, 'elements').every(({ type }) => type !== 'SpreadElement')
    )
      return nodesIn(written, 'elements')
        .map((each) => [...this.ways(each, given), ...(filtered ? [''] : [])])
        .reduce<Ways>(
          (all, ways) => all.flatMap((so) => ways.map((way) => [so, way].filter(Boolean).join(between))),
          [''],
        )
        .filter(Boolean);
    const items = this.items(list, given);
    return items.some((item) => /[a-z]{2}/.test(item))
      ? [...items, ...items.map((item) => item + between + item)]
      : unknown;
  }

  private items(node: Node | undefined, given: Given): Ways {
    switch (node?.type) {
      case 'ArrayExpression':
        return nodesIn(node, 'elements').flatMap((each) =>
          each.type === 'SpreadElement' ? this.items(part(each, 'argument'), given) : this.ways(each, given),
        );
      case 'ConditionalExpression':
        return [...this.items(part(node, 'consequent'), given), ...this.items(part(node, 'alternate'), given)];
      case 'Identifier': {
        const meant = this.tree.meant(nameOf(node), node);
        return meant?.is === 'declared' ? this.items(meant.node, given) : unknown;
      }
      case 'CallExpression':
        return this.answered(node, given);
      case 'Literal':
      case 'TemplateLiteral':
        return this.ways(node, given);
      default:
        return unknown;
    }
  }

  private answered(call: Node, given: Given): Ways {
    const handed = nodesIn(call, 'arguments');
    const called = this.functionNamed(part(call, 'callee'));
    if (called) return this.answers(called, new Map([...given, [called, { handed, by: given }]]), true);
    const [by] = handed;
    const method = methodOf(call);
    if (method === 'map' || method === 'flatMap') {
      const mapped = isFunction(by) ? by : this.functionNamed(by);
      return mapped ? this.answers(mapped, given, method === 'flatMap') : unknown;
    }
    return method === 'filter' || method === 'slice'
      ? this.items(part(part(call, 'callee'), 'object'), given)
      : unknown;
  }

  /** @param areLists whose items are meant */
  private answers(called: Node, given: Given, areLists = false): Ways {
    const body = part(called, 'body');
    const returned = body?.type === 'BlockStatement' ? [...returnsIn(body)] : [body];
    return returned.flatMap((each) => {
      if (!each) return [];
      const items = areLists ? this.items(each, given) : unknown;
      return items === unknown ? this.ways(each, given) : items;
    });
  }
}

const methodOf = (call: Node | undefined): string => nameOf(part(part(call, 'callee'), 'property'));

function* returnsIn(node: Node): Generator<Node | undefined> {
  if (node.type === 'ReturnStatement') yield part(node, 'argument');
  else for (const child of partsOf(node)) if (!isFunction(child)) yield* returnsIn(child);
}

/** Nothing, in place of what is not there, is no way to say it. */
const either = (left: Ways, right: Ways): Ways => (right.join('') === '' ? left : [...left, ...right]);

const joined = (parts: readonly Ways[]): Ways =>
  parts.reduce<Ways>((all, ways) => all.flatMap((so) => ways.map((way) => so + way)).slice(0, mostWays + 1), ['']);
