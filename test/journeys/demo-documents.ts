import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { editionFacts, visitFacts, wordsOf } from '../documents/press-facts.ts';
import type { PlayedDemo } from './played-demo.ts';

type Demo = () => PlayedDemo;

const markdownOf = ({ summary }: PlayedDemo): string[] => summary.documents.filter((path) => path.endsWith('.md'));

async function written({ summary }: PlayedDemo, name: string): Promise<string> {
  const path = summary.documents.find((each) => basename(each) === name);
  if (!path)
    throw new Error(`${name} was not made; there are ${summary.documents.map((each) => basename(each)).join(', ')}`);
  return readFile(path, 'utf8');
}

/** What must hold of the documents of a demo: it takes minutes to play, so whoever has played it looks at all of it. */
export function documentsOf(demo: Demo): void {
  it('lie in the folder that it names, each as Markdown and as DOCX', async () => {
    const { summary, documents } = demo();
    expect(new Set(summary.documents.map((path) => dirname(path)))).toEqual(new Set([documents]));
    const names = summary.documents.map((path) => basename(path));
    const markdown = names.filter((name) => name.endsWith('.md'));
    expect(markdown.length).toBeGreaterThan(8);
    expect(names.filter((name) => name.endsWith('.docx'))).toEqual(markdown.map((name) => name.replace(/md$/, 'docx')));
    for (const path of summary.documents.filter((each) => each.endsWith('.docx')))
      expect((await readFile(path)).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  });

  it('show no value that is none', async () => {
    for (const path of markdownOf(demo()))
      expect
        .soft(await readFile(path, 'utf8'), basename(path))
        .not.toMatch(/undefined|\bnull\b|NaN|\[object|Invalid Date|\bagency\/|\bperson\//);
  });

  it('have no brackets within brackets', async () => {
    for (const path of markdownOf(demo()))
      expect.soft(await readFile(path, 'utf8'), basename(path)).not.toMatch(/\([^()\n]*\([^()\n]*\)/);
  });
}

export function pressReleaseOfVisit(demo: Demo): void {
  const text = () => written(demo(), 'press-release-visit-bsec-2018.md');

  it.each(visitFacts)('the press release of the visit states %s', async (_, states) => {
    expect(wordsOf(await text())).toMatch(states);
  });
  it('that of the visit misses nothing', async () => {
    expect(await text()).not.toContain('[missing:');
  });
  it('that of the visit tells nothing that was invented for the story', async () => {
    const words = wordsOf(await text());
    expect(words).toMatch(
      /- introducing an electronic document system - setting up an integrated government-wide services portal - training/,
    );
    expect(words).not.toMatch(/Follow-up -|Results|Bucharest|Athens|Yoon|Papado|28 September|1 October/);
  });
}

export function pressReleaseOfEdition(demo: Demo): void {
  const text = () => written(demo(), 'press-release-edition-korea-bsec-7.md');

  it.each(editionFacts)('the press release of the edition states %s', async (_, states) => {
    expect(wordsOf(await text())).toMatch(states);
  });
  it('that of the edition misses nothing', async () => {
    expect(await text()).not.toContain('[missing:');
  });
}
