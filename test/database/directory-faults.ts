import { expect } from 'vitest';

export const right = {
  'countries.csv': 'code,name,zone,language\nKR,Republic of Korea,Asia/Seoul,ko\nGR,Ελλάδα,Europe/Athens,el\n',
  'agencies.csv':
    'id,country,name,email,contact\nklid,KR,한국지역정보개발원,office@klid.example.org,kim-minji\nmar,GR,"Ministry of Administrative Reconstruction",,\n',
  'people.csv':
    'id;name;email;agency;superior\nkim-minji;김민지;minji@klid.example.org;klid;lee-jun\nlee-jun;이준;jun@klid.example.org;klid;\nnikos;Νίκος;nikos@mar.example.org;mar;\n',
};

export type Files = Readonly<Record<string, string | Buffer>>;

const people = (...lines: string[]): Files => ({
  ...right,
  'people.csv': `id,name,email,agency,superior,zone,language\n${lines.join('\n')}\n`,
});

const like = (pattern: RegExp): string => expect.stringMatching(pattern) as string;

/** What is wrong, the files, and every fault as `file:line because`. */
export const faultyFiles: readonly (readonly [string, Files, readonly string[]])[] = [
  [
    'an unknown country',
    { ...right, 'agencies.csv': 'id,country,name\nklid,KR,KLID\nmar,GR,MAR\nmdlpa,RO,MDLPA\n' },
    ['agencies.csv:4 country: there is no country "RO", neither in these files nor on record'],
  ],
  [
    'an unknown agency and an unknown superior',
    people('kim-minji,Kim,,klid,,,', 'lee,Lee,,mofa,park,,'),
    [
      'people.csv:3 agency: there is no agency "mofa", neither in these files nor on record',
      'people.csv:3 superior: there is no person "park", neither in these files nor on record',
    ],
  ],
  [
    'a malformed address and several in one field',
    people('kim-minji,Kim,kim,klid,,,', 'lee,Lee,"a@x.example.org, b@x.example.org",klid,,,'),
    [
      'people.csv:2 email: is no mail address; it looks like office@example.org',
      'people.csv:3 email: must be one address alone, such as office@example.org, without a name and without a second address',
    ],
  ],
  [
    'an address with a line break',
    people('kim-minji,Kim,"kim@x.example.org\nBcc: all@x.example.org",klid,,,'),
    ['people.csv:2 email: has a line break or another control character in it'],
  ],
  [
    'an address that two people have',
    people('kim-minji,Kim,kim@x.example.org,klid,,,', 'lee,Lee,KIM@x.example.org,klid,,,'),
    [expect.stringMatching(/^people\.csv:3 email: KIM@x\.example\.org is the address of kim-minji already/) as string],
  ],
  [
    'an address in a list that another person has',
    {
      ...right,
      'people.csv':
        'id,name,agency,addresses\nkim-minji,Kim,klid,kim@x.example.org k2@x.example.org\nlee,Lee,klid,lee@x.example.org K2@x.example.org\n',
    },
    [like(/^people\.csv:3 addresses: K2@x\.example\.org is the address of kim-minji already/)],
  ],
  [
    'addresses that are no list, are empty, stand there twice, or say otherwise than email',
    {
      ...right,
      'agencies.csv': 'id,country,name\nklid,KR,KLID\n',
      'people.csv': 'id,name,agency\nnikos,Nikos,klid\n',
      'all.yaml': [
        'people:',
        '  - {id: a, name: A, agency: klid, addresses: "a@x.example.org, b@x.example.org"}',
        '  - {id: b, name: B, agency: klid, addresses: []}',
        '  - {id: c, name: C, agency: klid, addresses: [c@x.example.org, C@x.example.org]}',
        '  - id: d',
        '    name: D',
        '    agency: klid',
        '    email: d@x.example.org',
        '    addresses: [e@x.example.org, d@x.example.org]',
        '  - {id: f, name: F, agency: klid, addresses: ["F <f@x.example.org>, g@x.example.org"]}',
        '',
      ].join('\n'),
    },
    [
      'all.yaml:2 addresses: must be a list of addresses, such as [office@example.org, desk@example.org]',
      'all.yaml:3 addresses: is empty; leave it out, or name an address',
      'all.yaml:4 addresses: names an address twice',
      'all.yaml:9 addresses: begins with e@x.example.org, but email is d@x.example.org; the first one is tried first',
      'all.yaml:10 addresses.0: must be one address alone, such as office@example.org, without a name and without a second address',
    ],
  ],
  [
    'working hours that are none',
    {
      ...right,
      'agencies.csv': 'id,country,name\nklid,KR,KLID\n',
      'people.csv':
        'id,name,agency,hours\na,A,klid,9-18\nb,B,klid,18:00-09:00\nc,C,klid,09:00-24:00\nd,D,klid,09:00-09:00\n',
    },
    [
      'people.csv:2 hours: must be two times of day with two digits each, such as 09:00-18:00',
      'people.csv:3 hours: end before they begin; the first time must be the earlier one',
      'people.csv:4 hours: must be two times of day with two digits each, such as 09:00-18:00',
      'people.csv:5 hours: end before they begin; the first time must be the earlier one',
    ],
  ],
  [
    'a person twice',
    people('kim-minji,Kim,,klid,,,', 'kim-minji,Kim,,klid,,,'),
    [
      expect.stringMatching(
        /^people\.csv:3 id: the person "kim-minji" stands in .*people\.csv, line 2 already$/,
      ) as string,
    ],
  ],
  [
    'a zone and a language that do not exist',
    people('kim-minji,Kim,,klid,,Asia/Soul,', 'lee,Lee,,klid,,+09:00,xx'),
    [
      'people.csv:2 zone: is no time zone; name one such as Asia/Seoul',
      'people.csv:3 language: is no language; name one such as ko',
      'people.csv:3 zone: is no time zone; name one such as Asia/Seoul',
    ],
  ],
  [
    'a loop of superiors',
    people('kim-minji,Kim,,klid,lee,,', 'lee,Lee,,klid,park,,', 'park,Park,,klid,kim-minji,,'),
    ['people.csv:2 superior: is a loop: kim-minji reports to lee reports to park reports to kim-minji'],
  ],
  [
    'somebody who is their own superior',
    people('kim-minji,Kim,,klid,kim-minji,,'),
    ['people.csv:2 superior: is a loop: kim-minji reports to kim-minji'],
  ],
  [
    'wrong columns',
    { ...right, 'countries.csv': 'code,name,zone,currency,zone\nKR,Korea,Asia/Seoul,KRW,\n' },
    [
      'countries.csv:1 countries have no column "currency"; they have code, name, zone, language',
      'countries.csv:1 the column "language" of countries is missing',
      'countries.csv:1 the column "zone" stands there twice',
    ],
  ],
  [
    'columns that fit nothing',
    { 'x.csv': 'a,b\n1,2\n' },
    [like(/^x\.csv:1 the columns a, b fit no table; countries have code, name/)],
  ],
  [
    'too few and too many cells',
    people('kim-minji,Kim', 'lee,Lee,,klid,,,,,late'),
    [
      'people.csv:2 has 2 cells where the first line names 7 columns',
      'people.csv:3 has 9 cells where the first line names 7 columns',
    ],
  ],
  [
    'a quote that is never closed',
    { 'countries.csv': 'code,name,zone,language\nKR,"Korea,Asia/Seoul,ko\n' },
    [like(/^countries\.csv:\d its quoting is broken/)],
  ],
  [
    'half of UTF-16',
    { 'countries.csv': Buffer.from('\ufeffcode,name,zone,language\n', 'utf16le').subarray(0, 21) },
    ['countries.csv:1 is not whole UTF-16; save it as UTF-8'],
  ],
  [
    'Latin-1',
    { 'countries.csv': Buffer.from('code,name,zone,language\nFR,Fran\xe7ais,Europe/Paris,fr\n', 'latin1') },
    ['countries.csv:2 is not UTF-8 (perhaps Latin-1 or a Windows code page); save it as UTF-8'],
  ],
  [
    'YAML of the wrong form, each at its line',
    {
      'all.yaml':
        'countries:\n  - code: kr\n    name: Korea\n    zone: Asia/Seoul\n    language: ko\nagencys: []\npeople: 7\n',
    },
    [
      'all.yaml:2 code: must be a country code of two capitals, such as GR',
      'all.yaml:6 "agencys" is none of countries, agencies, people',
      'all.yaml:7 people must be a list',
    ],
  ],
  [
    'YAML that cannot be read',
    { 'all.yaml': 'countries:\n  - {code: KR\n  - x: [\n' },
    [like(/^all\.yaml:3 Flow map/), like(/^all\.yaml:4 Flow sequence/)],
  ],
  [
    'aliases by the thousand',
    { 'all.yaml': `people: &a [x]\nagencies: [${'*a,'.repeat(1000)}]\n` },
    ['all.yaml:1 has 1000 aliases; at most 100 are taken'],
  ],
  [
    'aliases that multiply',
    {
      'all.yaml': `a: &a [${'x,'.repeat(9)}]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: &d [${'*c,'.repeat(9)}]\n`,
    },
    [like(/^all\.yaml:1 cannot be read: Excessive alias count/)],
  ],
  [
    'a control character and a turned direction in a name',
    people('kim-minji,Kim\u001b[31m,,klid,,,', 'lee,Lee\u202egnp,,klid,,,'),
    [
      'people.csv:2 name: holds a control character',
      'people.csv:3 name: holds a character that turns the writing direction',
    ],
  ],
];
