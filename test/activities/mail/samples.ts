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
