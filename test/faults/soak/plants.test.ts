import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { plantedCopy, plants } from './plants.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entente-plants-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each(Object.keys(plants))('%s can be planted into the source as it is today', (name) => {
  const root = plantedCopy(folder, plants[name]?.edits ?? []);
  expect(existsSync(join(root, 'test', 'faults', 'soak', 'worker.ts'))).toBe(true);
});

it('an edit whose text is no longer there is a fault of the plant', () => {
  const edit = { file: 'database/ledger.ts', from: 'no such text', to: '' };
  expect(() => plantedCopy(folder, [edit])).toThrow(/database\/ledger\.ts holds this 0 times/);
});
