import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

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
