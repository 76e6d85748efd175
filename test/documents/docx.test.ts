import fc from 'fast-check';
import { lexer, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { docxOf } from '../../documents/docx/docx.ts';
import { asWords } from '../../documents/markdown.ts';
import { partOf } from './zip.ts';

const about = {
  title: 'Minutes <of> "a" & b',
  language: 'en',
  countries: ['KR', 'GR', 'BG'],
  asOf: '2018-10-26T07:00:00.000Z',
};

const bodyOf = async (markdown: string): Promise<string> => partOf(await docxOf(markdown, about), 'word/document.xml');

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const textIn = (xml: string): string =>
  [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)]
    .map(([, text = '']) => text.replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all))
    .join('');

describe('a DOCX', () => {
  it('is the same bytes for the same text, whenever it is made', async () => {
    const first = await docxOf('# A\n\n1. b\n', about);
    const secondsOfZip = 2;
    const until = Date.now() + secondsOfZip * 1000;
    await expect.poll(() => Date.now() > until, { timeout: 5000 }).toBe(true);
    expect(Buffer.compare(await docxOf('# A\n\n1. b\n', about), first)).toBe(0);
  });

  it('says of itself its title, its language and when its case last changed', async () => {
    const core = partOf(await docxOf('a', about), 'docProps/core.xml');
    expect(core).toContain('<dc:title>Minutes &#60;of&#62; &#34;a&#34; &#38; b</dc:title>');
    expect(core).toContain('<dcterms:modified xsi:type="dcterms:W3CDTF">2018-10-26T07:00:00Z</dcterms:modified>');
  });

  it('of a text of nothing that is on record names the first moment that a ZIP can tell', async () => {
    const core = partOf(await docxOf('a', { ...about, asOf: undefined }), 'docProps/core.xml');
    expect(core).toContain('<dcterms:modified xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:modified>');
  });

  it('marks the languages of names, and has fonts for their scripts', async () => {
    const xml = await bodyOf('Yoon Jae-ho (윤재호), Γεώργιος Νικολαΐδης, Иван Петров, Հայաստան, საქართველო, Ștefan');
    expect(textIn(xml)).toBe('Yoon Jae-ho (윤재호), Γεώργιος Νικολαΐδης, Иван Петров, Հայաստան, საქართველო, Ștefan');
    for (const language of ['el-GR', 'bg-BG', 'hy-AM', 'ka-GE']) expect(xml).toContain(`<w:lang w:val="${language}"/>`);
    const styles = partOf(await docxOf('a', about), 'word/styles.xml');
    expect(styles).toMatch(/w:eastAsia="Malgun Gothic"/);
    expect(styles).toMatch(/<w:lang[^>]*w:eastAsia="ko-KR"/);
  });

  it('leaves Cyrillic unchecked where two of the countries write it', async () => {
    const xml = partOf(await docxOf('Иван', { ...about, countries: ['BG', 'UA'] }), 'word/document.xml');
    expect(xml).toContain('<w:noProof/>');
    expect(xml).not.toContain('bg-BG');
  });

  it('has headings, lists that each count from their beginning, tables, bold and italic words', async () => {
    const xml = await bodyOf(
      '# H\n\n1. a\n2. b\n\ntext\n\n1. c\n\n**bold** *soft*\n\n| x | y |\n| --- | --- |\n| 1 | 2 |\n',
    );
    expect(xml).toContain('w:val="Heading1"');
    expect(new Set([...xml.matchAll(/<w:numId w:val="(\d+)"/g)].map(([, id]) => id)).size).toBe(2);
    expect(xml).toMatch(/<w:b\/>.*bold/);
    expect(xml).toMatch(/<w:i\/>.*soft/);
    expect(xml).toContain('<w:tblHeader/>');
    const widths = [...xml.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(2);
    expect(widths.reduce((a, b) => a + b)).toBeLessThanOrEqual(11_906 - 2 * 1304);
  });

  it('breaks pages, turns them, and lets sides sign in a table without lines', async () => {
    const xml = await bodyOf(
      '<!-- landscape -->\n\n# A\n\n<!-- page break -->\n\n# B\n\n<!-- signatures -->\n\n| For A | For B |\n| --- | --- |\n| ____ | ____ |\n',
    );
    expect(xml).toContain('w:orient="landscape"');
    expect([...xml.matchAll(/<w:pageBreakBefore\/>/g)]).toHaveLength(1);
    expect(xml).toContain('<w:top w:val="none"');
    expect(xml).not.toContain('&lt;!--');
  });

  it('highlights what is missing', async () => {
    expect(await bodyOf('by [missing: name of the head] and others')).toMatch(
      /<w:highlight w:val="yellow"\/>.*?\[missing: name of the head\]/,
    );
  });
});

const wordsIn = (tokens: readonly Token[]): string =>
  tokens
    .map((token) =>
      'tokens' in token && token.tokens ? wordsIn(token.tokens) : 'text' in token ? String(token.text) : '',
    )
    .join('');

const awkward = fc
  .array(
    fc.constantFrom(
      ...'#*_[]()<>|`~\\&-+=1.! aβ한\n'.split(''),
      '&amp;',
      '---',
      '  ',
      'https://example.org/',
      'www.example.org/~',
      'a',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

it('takes people’s words for words, in a line and in a cell', () => {
  fc.assert(
    fc.property(awkward, (text) => {
      const line = lexer(asWords(text)).filter(({ type }) => type !== 'space');
      expect(line.every(({ type }) => type === 'paragraph')).toBe(true);
      expect(wordsIn(line)).toBe(text.replace(/\s+/g, ' ').trim());
      const [table] = lexer(`| a | b |\n| --- | --- |\n| ${asWords(text)} | c |\n`);
      expect(table).toMatchObject({ type: 'table', rows: [[{}, { text: 'c' }]] });
    }),
    { numRuns: 300 },
  );
});

it.each([
  'https://example.org/main.do#section-2',
  'https://example.org/~kim/a_b_c?x=1&y=*',
  'see www.example.org/~kim/#top, and ~that~ #1',
  '(https://example.org/a_(b))',
])('prints an address as it was typed: %s', async (text) => {
  expect(textIn(await bodyOf(asWords(text)))).toBe(text);
  expect(textIn(await bodyOf(`| a |\n| --- |\n| ${asWords(text)} |\n`))).toBe(`a${text}`);
});
