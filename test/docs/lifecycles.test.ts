import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lifecyclesPage } from '../../docs/lifecycles.ts';
import { permissionsPage } from '../../docs/permissions.ts';

it('the state diagrams are those of the code', () => {
  const page = readFileSync(new URL('../../docs/lifecycles.md', import.meta.url), 'utf8');
  expect(page === lifecyclesPage(), 'docs/lifecycles.md is stale: run npx tsx docs/lifecycles.ts').toBe(true);
});

it('the tables of who may do what are those of the code', () => {
  const page = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8');
  expect(page === permissionsPage(), 'docs/permissions.md is stale: run npx tsx docs/permissions.ts').toBe(true);
});
