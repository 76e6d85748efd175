import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../domain/kinds.ts';

const text = readFileSync('domain/README.md', 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| word |'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, word = '', meaning = '', where = '']) => ({ word, meaning, where }));

describe('a word of the glossary', () => {
  it.each(rows)('$word stands where it is said to', ({ where }) => {
    const names = [...where.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const file = `domain/${names.pop()}`;
    expect(existsSync(file), file).toBe(true);
    const code = readFileSync(file, 'utf8');
    for (const name of names)
      expect(code).toMatch(new RegExp(`export (type|interface|class|const|function) ${name}\\b`));
  });

  it('is said once, and so is its meaning', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(new Set(rows.map(({ word }) => word)).size).toBe(rows.length);
    expect(new Set(rows.map(({ meaning }) => meaning)).size).toBe(rows.length);
  });
});

it('no two types that all kinds share have one name', () => {
  const shared = (readdirSync('domain', { recursive: true, encoding: 'utf8' }) as string[]).filter(
    (file) => file.endsWith('.ts') && !kinds.some((kind) => file.startsWith(`${kind}/`)),
  );
  const names = shared.flatMap((file) =>
    [...readFileSync(`domain/${file}`, 'utf8').matchAll(/^export (?:type|interface|class) (\w+)/gm)].map(
      ([, name = '']) => name,
    ),
  );
  expect(names.length).toBeGreaterThan(150);
  expect(names.filter((name, nth) => names.indexOf(name) !== nth)).toEqual([]);
});
