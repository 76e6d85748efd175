import { Driven } from './driven.ts';
import { anAction, dayIn, dueDate, followUp, type Tale } from './tales.ts';
import type { FaultyWorld } from './world.ts';

/** A message that follows from one kind of thing; one that is in doubt is told to its case. */
export type MailThing = (world: FaultyWorld, name: string, isDoubtful: boolean) => Tale;

const doubt = (isDoubtful: boolean): string[] => (isDoubtful ? ['undelivered'] : []);

const ofOpening: MailThing = (world, name, isDoubtful) => {
  const id = `action/${name}-opening`;
  const driven = new Driven(world, id);
  return {
    id,
    acknowledged: driven.acknowledged,
    strikes: `${id}/1/0`,
    begin: async () => undefined,
    async strike() {
      await driven.open(anAction);
      await driven.atRest();
    },
    happens: ['opened', 'planned', ...doubt(isDoubtful), 'cancelled'],
  };
};

const ofCommand: MailThing = (world, name, isDoubtful) => {
  const id = `action/${name}-command`;
  const driven = new Driven(world, id);
  return {
    id,
    acknowledged: driven.acknowledged,
    strikes: `${id}/4/0`,
    async begin() {
      await driven.open(anAction);
      await driven.command('accept', { by: 'park' });
      await driven.atRest();
    },
    async strike() {
      await driven.command('extend', { by: 'kim', to: dayIn(60), reason: 'It takes longer' });
      await driven.atRest();
    },
    happens: ['opened', 'planned', 'accepted', 'extended', 'planned', ...doubt(isDoubtful), 'cancelled'],
  };
};

const ofDueDate: MailThing = (world, name, isDoubtful) => {
  const tale = dueDate(world, name);
  return {
    ...tale,
    strikes: `${tale.id}/complete/`,
    async strike() {
      await tale.strike();
      await new Driven(world, tale.id).atRest();
    },
    happens: ['opened', 'planned', 'accepted', 'reminded', ...doubt(isDoubtful), 'cancelled'],
  };
};

/** The coordinator hears that another mail did not arrive; of a doubt about that their superior would, had they one. */
const ofEffect: MailThing = (world, name, isDoubtful) => {
  const tale = followUp(world, name);
  return {
    ...tale,
    strikes: `${tale.id}/5/undelivered`,
    async strike() {
      await tale.strike();
      await new Driven(world, tale.id).atRest();
    },
    happens: [...tale.happens.slice(0, 5), ...doubt(isDoubtful), ...doubt(isDoubtful), ...tale.happens.slice(5)],
  };
};

export const mailThings: Readonly<Record<string, MailThing>> = {
  'an opening': ofOpening,
  'a command': ofCommand,
  'a due date': ofDueDate,
  'what came of another mail': ofEffect,
};
