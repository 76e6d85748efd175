import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsOf } from '../../../activities/mail/icu.ts';
import { checkTexts, hasTexts } from '../../../activities/mail/texts.ts';

/** Message files as a translator may leave them behind. */

const written = fileURLToPath(new URL('../../../activities/mail/texts/', import.meta.url));

describe('a message', () => {
  it.each([
    ['en', '{n, plural, one {# day} other {# days}} {late, select, true {late} other {in time}}'],
    ['en', '{n, plural, =0 {today} =1 {tomorrow} other {in # days}}'],
    ['en', '{n, plural, =0 {never} other {again}}'],
    ['ko', '{n, plural, other {#일}}'],
    ['ro', '{n, plural, one {# zi} few {# zile} other {# de zile}}'],
    ['el', 'επ’ αόριστον {on}, a < b'],
  ])('is right in %s: %s', (language, message) => {
    expect(faultsOf(message, language)).toEqual([]);
  });

  it.each([
    ['en', '{n, plural, one {# day}}', 'a plural or select has no branch "other" (at character 24)'],
    ['en', 'By {day', 'a brace { is never closed (at character 4)'],
    [
      'en',
      '{n, plural, one # day other {# days}}',
      'a branch of a plural has no text between braces (at character 17)',
    ],
    [
      'en',
      'in {n} days}',
      "a brace would be shown as it is; it has no partner, or stands after a straight ' (write ’ instead)",
    ],
    [
      'ro',
      "l'{n}",
      "a brace would be shown as it is; it has no partner, or stands after a straight ' (write ’ instead)",
    ],
    ['ro', '{n, plural, one {# zi} other {# zile}}', 'the plural of {n} lacks the branch "few", which ro needs'],
    ['ko', '{n, plural, one {#일} other {#일}}', 'the plural of {n} has a branch "one", which ko does not have'],
    [
      'en',
      '{a, select, yes {{n, plural, oen {# day} one {# day} other {# days}}} other {}}',
      'the plural of {n} has a branch "oen", which en does not have',
    ],
  ])('is refused in %s: %s', (language, message, fault) => {
    expect(faultsOf(message, language)).toEqual([fault]);
  });
});

describe('the message files', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'entente-texts-'));
    cpSync(written, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const replace = (file: string, from: string, to: string) => {
    const before = readFileSync(join(folder, file), 'utf8');
    expect(before).toContain(from);
    writeFileSync(join(folder, file), before.replace(from, to));
  };

  it('are right as they are', () => {
    expect(() => checkTexts(folder)).not.toThrow();
  });

  it('name file, key and fault before any mail is due, all of them at once', () => {
    replace('ro/ladder.json', 'few {Termen depășit cu # zile} ', '');
    replace('ko/action.json', '"accept": {\n    "ask": "', '"accept": {\n    "ask": "{');
    replace('el/action.json', '"extended": {\n    "subject"', '"extended": {\n    "subjekt"');
    replace('el/mou.json', '\n  "posted": {', '\n  "proposed": {');
    writeFileSync(join(folder, 'el/frame.json'), '{');
    const faults = [
      /^ro\/ladder\.json, overdue\.heading: the plural of \{days\} lacks the branch "few", which ro needs\.$/m,
      /^ko\/action\.json, accept\.ask: .+ \(at character \d+\)\.$/m,
      /^el\/action\.json, extended: .+\.$/m,
      /^el\/mou\.json, proposed: stands there twice, and only the last would be used\.$/m,
      /^el\/frame\.json: .+JSON/m,
    ];
    for (const fault of faults) expect(() => checkTexts(folder)).toThrow(fault);
  });

  it('are not there in every language', () => {
    expect(['en', 'ko', 'el', 'ro', 'bg', 'sr-Latn', '..'].filter(hasTexts)).toEqual(['en', 'ko', 'el', 'ro']);
  });

  it('are wanted whole: without its frame a language cannot write', () => {
    rmSync(join(folder, 'ro/frame.json'));
    expect(() => checkTexts(folder)).toThrow(/^ro\/frame\.json: ENOENT/m);
  });
});
