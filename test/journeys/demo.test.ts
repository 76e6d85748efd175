import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editionFacts, visitFacts, wordsOf } from '../documents/press-facts.ts';
import { runner } from '../../stack/worker-process.ts';

const demo = fileURLToPath(new URL('../../examples/demo.ts', import.meta.url));

let folder: string;
let summary: { cases: { id: string }[]; documents: string[]; seconds: number };

/** Plays the demo, unless somebody has just done so and says where its summary is. */
beforeAll(async () => {
  const { ENTENTE_DEMO_SUMMARY: played } = process.env;
  if (played) {
    summary = JSON.parse(await readFile(played, 'utf8')) as typeof summary;
    folder = join(dirname(played), 'documents');
    return;
  }
  folder = await mkdtemp(join(tmpdir(), 'entente-demo-test-'));
  const words = [runner, demo, '--output', 'json', '--documents', folder];
  const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 64 * 1024 * 1024 });
  summary = JSON.parse(stdout) as typeof summary;
});
afterAll(() => rm(folder, { recursive: true }));

const written = async (name: string): Promise<string> => {
  const path = summary.documents.find((each) => basename(each) === name);
  if (!path)
    throw new Error(`${name} was not made; there are ${summary.documents.map((each) => basename(each)).join(', ')}`);
  return readFile(path, 'utf8');
};

describe('the documents of the demo', () => {
  it('lie in the folder that it names, each as Markdown and as DOCX', async () => {
    expect(new Set(summary.documents.map((path) => dirname(path)))).toEqual(new Set([folder]));
    const names = summary.documents.map((path) => basename(path));
    const markdown = names.filter((name) => name.endsWith('.md'));
    expect(markdown.length).toBeGreaterThan(8);
    expect(names.filter((name) => name.endsWith('.docx'))).toEqual(markdown.map((name) => name.replace(/md$/, 'docx')));
    for (const path of summary.documents.filter((each) => each.endsWith('.docx')))
      expect((await readFile(path)).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  });

  it('show no value that is none', async () => {
    for (const path of summary.documents.filter((each) => each.endsWith('.md')))
      expect
        .soft(await readFile(path, 'utf8'), basename(path))
        .not.toMatch(/undefined|\bnull\b|NaN|\[object|Invalid Date|\bagency\/|\bperson\//);
  });
});

it('no document of the demo has brackets within brackets', async () => {
  for (const path of summary.documents.filter((each) => each.endsWith('.md')))
    expect.soft(await readFile(path, 'utf8'), basename(path)).not.toMatch(/\([^()\n]*\([^()\n]*\)/);
});

describe('the press release of the visit', () => {
  it.each(visitFacts)('states %s', async (_, states) => {
    expect(wordsOf(await written('press-release-visit-bsec-2018.md'))).toMatch(states);
  });
  it('misses nothing', async () => {
    expect(await written('press-release-visit-bsec-2018.md')).not.toContain('[missing:');
  });
  it('tells nothing that was invented for the story', async () => {
    const words = wordsOf(await written('press-release-visit-bsec-2018.md'));
    expect(words).toMatch(
      /- introducing an electronic document system - setting up an integrated government-wide services portal - training/,
    );
    expect(words).not.toMatch(/Follow-up -|Results|Bucharest|Athens|Yoon|Papado|28 September|1 October/);
  });
});

describe('the press release of the edition', () => {
  it.each(editionFacts)('states %s', async (_, states) => {
    expect(wordsOf(await written('press-release-edition-korea-bsec-7.md'))).toMatch(states);
  });
  it('misses nothing', async () => {
    expect(await written('press-release-edition-korea-bsec-7.md')).not.toContain('[missing:');
  });
});
