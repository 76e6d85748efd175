import type { Unwritten } from '../../../activities/mail/writer.ts';
import type { Facts } from '../../../domain/lifecycle.ts';

/** What a reminder of an action brings along. */
export const reminderFacts: Facts = {
  title: 'Digitalising government documents',
  countries: ['KR', 'GR'],
  coordinator: 'person/kim-minji',
  stage: 'inProgress',
  topic: 'Digitalise government documents',
  owner: 'agency/klid',
  ask: 'completion of "Digitalise government documents"',
  owedBy: 'agency/klid',
  due: '2018-12-14',
  firstDue: '2018-12-14',
  zone: 'Asia/Seoul',
  item: '',
  rung: 3,
  rungs: 10,
  missed: 0,
};

/** The notice that every register can send, whatever its lifecycles. */
export const noticeFacts: Facts = {
  title: 'Digitalising government documents',
  countries: ['KR', 'GR'],
  coordinator: 'person/kim-minji',
  message: 'action/kr-gr-1/7/0',
  recipient: 'agency/mayor',
  failure: 'refused',
  why: '550 no such mailbox',
};

export const names = new Map([
  ['agency/klid', { name: 'KLID 한국지역정보개발원' }],
  ['agency/mayor', { name: 'Υπουργείο Διοικητικής Ανασυγκρότησης' }],
  ['person/kim-minji', { name: 'Kim Min-ji', address: 'kim-minji@example.org' }],
  ['KR', { name: 'Republic of Korea' }],
  ['GR', { name: 'Greece' }],
  ['meeting/kr-gr-2', { name: 'Second meeting (meeting/kr-gr-2)' }],
]);

/** A reminder of an action, or what a test makes of it. */
export const message = (part: Partial<Unwritten>, facts: Facts = {}): Unwritten => ({
  case_id: 'action/kr-gr-1',
  text: 'action.complete',
  tone: 'before',
  level: 'owner',
  at: '2018-11-30T00:00:00.000Z',
  ...part,
  facts: { ...reminderFacts, ...facts },
});
