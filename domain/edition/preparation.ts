import { type CivilDate, spanOf } from '../dates.ts';
import { refuseBefore, refuseLongAgo, refuseTooFar } from '../date-rules.ts';
import { refuseQuestions } from '../evaluation.ts';
import { country, date, line } from '../fields.ts';
import { type Refusal, refuse, refuseTwice } from '../refusal.ts';
import { refuseHost } from './hosts.ts';
import { descriptionFields, outlineParts } from './outline.ts';
import { ahead, command, lengthOf } from './state.ts';

const mostHosts = 20;
const longest = 60;

const days = {
  from: date.describe('the first day'),
  to: date.describe('the last day'),
};

export const hostFields = {
  country: country.describe('the host country'),
  city: line.describe('the city'),
  from: date.optional().describe('its first day there; without it, that of the edition'),
  to: date.optional().describe('its last day there; without it, that of the edition'),
};

/** Commands before an edition begins: what it is, where and when. */
export const preparation = {
  describe: command({
    says: 'Change organisers, funding, purpose or audience; the next edition begins with them',
    by: ['coordinator'],
    from: [...ahead, 'underWay'],
    input: descriptionFields,
    decide: (changes) => {
      if (Object.keys(changes).length === 0)
        return refuse('InvalidInput', 'Nothing is given: say which of organisers, funding, purpose, audience changes.');
      return refuseTwice('organisers', changes.organisers ?? []) ?? [{ type: 'described', changes }];
    },
  }),
  setQuestions: command({
    says: 'Set what the participants are asked afterwards; the next edition begins with it',
    by: ['coordinator'],
    from: [...ahead, 'underWay'],
    input: { questions: outlineParts.questions },
    decide: ({ questions }) => refuseQuestions(questions) ?? [{ type: 'questionsSet', questions }],
  }),
  addHost: command({
    says: 'Record where the edition is held; with several hosts, the days of each',
    by: ['coordinator'],
    from: ahead,
    input: hostFields,
    decide: (host, edition) =>
      edition.hosts.length >= mostHosts
        ? refuse('TooLarge', `There are ${mostHosts} hosts; an edition takes no more.`)
        : (refuseHost(edition, host) ?? [{ type: 'hostAdded', ...host }]),
  }),
  removeHost: command({
    says: 'Record that the edition is not held in a state after all',
    by: ['coordinator'],
    from: ahead,
    input: { country: hostFields.country },
    decide: ({ country: from }, { hosts }) =>
      hosts.some((host) => host.country === from)
        ? [{ type: 'hostRemoved', country: from }]
        : refuse(
            'UnknownItem',
            `${from} is no host; hosts: ${hosts.map((host) => host.country).join(', ') || 'none'}.`,
          ),
  }),
  fixDays: command({
    says: 'Fix the days of the edition',
    by: ['coordinator'],
    from: ahead,
    offered: ({ fixedOn }) => fixedOn === undefined,
    input: days,
    decide: ({ from, to }, edition, { today }) =>
      edition.fixedOn
        ? refuse('AlreadyDone', `The days are fixed, ${spanOf(edition.from, edition.to)}; \`postpone\` moves them.`)
        : (refuseDays({ from, to }, today) ?? [{ type: 'daysFixed', from, to }]),
  }),
  postpone: command({
    says: 'Move the edition to other days; hosts, activities and what is due before move along, and all are told',
    confirm: true,
    by: ['coordinator'],
    from: ahead,
    reason: 'required',
    tells: 'told',
    input: days,
    decide: ({ from, to }, edition, { today }) => {
      if (!edition.fixedOn) return refuse('NotReady', 'The days are not fixed yet; fix them first (`fix-days`).');
      if (from === edition.from && to === edition.to)
        return refuse('AlreadyDone', `The edition is set for ${spanOf(from, to)} already.`);
      return refuseDays({ from, to }, today) ?? [{ type: 'postponed', was: edition.from, from, to }];
    },
  }),
};

/** An edition that was agreed on short notice is recorded afterwards; one of long ago counts in the programme. */
export const refuseDays = (
  { from, to = from }: { readonly from: CivilDate; readonly to?: CivilDate },
  today: CivilDate,
): Refusal | undefined =>
  refuseLongAgo('from', from, today) ??
  refuseBefore('to', to, 'the first day', from) ??
  refuseTooFar('to', to, today) ??
  (lengthOf({ from, to }) > longest
    ? refuse('TooLarge', `${from} to ${to} are ${lengthOf({ from, to })} days; an edition has at most ${longest}.`)
    : undefined);
