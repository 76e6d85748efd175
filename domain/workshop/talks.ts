import { count, date, line, listOf, party } from '../fields.ts';
import { ofNumber } from '../numbered.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { ahead, announced, command, type Talk, type Workshop } from './state.ts';

const mostTalks = 60;
const minutes = count.min(1).max(600);
const talk = count.min(1).describe('the number of the talk');

/** Commands on the talks of the workshop and their materials. */
export const talkCommands = {
  addTalk: command({
    says: 'Put a talk on the programme, after those that stand there',
    by: ['host', 'coordinator'],
    from: ahead,
    input: {
      title: line.describe('its title'),
      minutes: minutes.describe('how long it takes, in minutes'),
      presenter: party.optional().describe('who gives it or sends the speaker, and sends the materials'),
      speaker: line.optional().describe('name and office of the speaker, where that says more'),
      on: date.optional().describe('the day; without it, the first'),
    },
    decide: ({ presenter, ...fields }, workshop) => {
      const added = { ...fields, presenter };
      const { talks, talksEver } = workshop;
      if (talks.some(({ title }) => title === fields.title))
        return refuse('AlreadyDone', `"${fields.title}" stands on the programme already.`);
      if (talks.length >= mostTalks)
        return refuse('TooLarge', `The programme has ${mostTalks} talks; it takes no more.`);
      return refuseTalk(workshop, added) ?? [{ type: 'talkAdded', talk: talksEver + 1, ...added }];
    },
  }),
  changeTalk: command({
    says: 'Change a talk: its title, length, presenter or day',
    by: ['host', 'coordinator'],
    from: ahead,
    tells: 'told',
    input: {
      talk,
      title: line.optional().describe('its new title'),
      minutes: minutes.optional().describe('how long it takes from now on, in minutes'),
      presenter: party.optional().describe('who gives it from now on'),
      speaker: line.optional().describe('name and office of the new speaker'),
      on: date.optional().describe('the new day'),
    },
    decide: ({ talk: number, presenter, ...fields }, workshop) =>
      ofTalk(workshop, number, ({ title, minutes: length, presenter: before, speaker, on }) => {
        const now = {
          title: fields.title ?? title,
          minutes: fields.minutes ?? length,
          presenter: presenter ?? before,
          // A speaker is somebody of the presenter: the old one does not stay when that changes.
          speaker: fields.speaker ?? (presenter === undefined || presenter === before ? speaker : undefined),
          on: fields.on ?? on,
        };
        const isSame = now.title === title && now.minutes === length && now.presenter === before;
        if (isSame && now.speaker === speaker && now.on === on)
          return refuse('AlreadyDone', `Talk ${number} stands like that already.`);
        return refuseTalk(workshop, now) ?? [{ type: 'talkChanged', talk: number, ...now, before }];
      }),
  }),
  dropTalk: command({
    says: 'Take a talk off the programme; its presenter is told',
    by: ['host', 'coordinator'],
    from: ahead,
    reason: 'required',
    tells: 'told',
    input: { talk },
    decide: ({ talk: number }, workshop) =>
      ofTalk(workshop, number, ({ title, presenter }) => [{ type: 'talkDropped', talk: number, title, presenter }]),
  }),
  orderTalks: command({
    says: 'Put the talks in the order in which they are given',
    by: ['host', 'coordinator'],
    from: ahead,
    input: { talks: listOf(count.min(1)).describe('their numbers, all of them, the first one first') },
    decide: ({ talks: order }, { talks }) => {
      const numbers = talks.map(({ number }) => number);
      const isComplete = order.length === numbers.length && new Set(order).size === order.length;
      if (!isComplete || !order.every((number) => numbers.includes(number)))
        return refuse('InvalidInput', `talks: name each talk once; there are ${numbers.join(', ') || 'none'}.`);
      return order.every((number, index) => numbers[index] === number)
        ? refuse('AlreadyDone', 'The talks stand in this order already.')
        : [{ type: 'talksOrdered', talks: order }];
    },
  }),
  receiveMaterials: command({
    says: 'Record that the materials of a talk are there, and where',
    by: ['owing', 'host', 'coordinator'],
    from: [...announced, 'held'],
    input: { talk, document: line.describe('the document: a name or an address') },
    decide: ({ talk: number, document }, workshop) =>
      ofTalk(workshop, number, (found) =>
        found.document === document
          ? refuse('AlreadyDone', `${document} is on record for talk ${number} already.`)
          : [{ type: 'materialsReceived', talk: number, document }],
      ),
  }),
};

const ofTalk = <T>({ talks }: Workshop, number: number, answer: (found: Talk) => T): T | Refusal =>
  ofNumber(talks, number, `The programme has no talk ${number}; it has`, answer);

type Given = { readonly [K in 'presenter' | 'speaker' | 'on']?: Talk[K] };

/** Somebody gives a talk, on a day of the workshop. */
function refuseTalk({ from, to }: Workshop, { presenter, speaker, on }: Given): Refusal | undefined {
  if (presenter === undefined && speaker === undefined)
    return refuse('InvalidInput', 'presenter: is missing; name who gives the talk, as presenter or as speaker.');
  return on !== undefined && (on < from || on > to)
    ? refuse(
        'DateOutOfOrder',
        `on: ${on} is no day of the workshop, which is on ${from}${to === from ? '' : ` to ${to}`}.`,
      )
    : undefined;
}
