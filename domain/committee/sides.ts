import { partyOfPerson } from '../fields.ts';
import type { Holder } from '../lifecycle.ts';
import { namesOf } from '../parts.ts';
import { firstTwice, type Refusal, refuse, refuseTwice } from '../refusal.ts';

/** The sides of a committee with those who speak for them, one per side in the same order. */
export interface Sides {
  readonly sides: readonly string[];
  readonly coChairs: readonly string[];
  readonly secretaries: readonly string[];
}

/** Those who speak for the sides, each office in a word. */
const offices = { coChairs: 'co-chair', secretaries: 'secretary' } as const;

type Office = keyof typeof offices;

/** Somebody else speaks for a side from now on. */
export interface Successor {
  readonly side: string;
  readonly person: string;
}

export function refuseSides({ sides, ...speaking }: Sides): Refusal | undefined {
  const twice = refuseTwice('sides', sides);
  if (twice) return twice;
  for (const role of namesOf(offices)) {
    const people = speaking[role];
    if (people.length !== sides.length)
      return refuse(
        'InvalidInput',
        `${role}: ${people.length} named for ${sides.length} sides; name one per side, in the order of the sides.`,
      );
    const person = firstTwice(people);
    if (person) return refuse('SamePerson', `${role}: ${person} cannot stand for two sides.`);
  }
  return undefined;
}

export const refuseOtherThan = (sides: readonly string[], side: string): Refusal | undefined =>
  sides.includes(side)
    ? undefined
    : refuse('NotAParty', `${side} is not a side here; the sides are ${sides.join(', ')}.`);

/** Who stands for a side; the lists are in the order of the sides. */
export const standingFor = (sides: readonly string[], people: readonly string[], side: string): string =>
  people[sides.indexOf(side)] ?? '';

/** Why `person` cannot take a role for `side`, when others hold it for theirs. */
export function refuseSuccessor(
  office: Office,
  { sides, [office]: people }: Sides,
  side: string,
  person: string,
): Refusal | undefined {
  const role = offices[office];
  const notASide = refuseOtherThan(sides, side);
  if (notASide) return notASide;
  if (standingFor(sides, people, side) === person)
    return refuse('AlreadyDone', `${person} is ${role} of ${side} already.`);
  return people.includes(person)
    ? refuse('SamePerson', `${person} is ${role} of another side and cannot stand for two.`)
    : undefined;
}

export const succeededIn =
  (office: Office) =>
  <S extends Sides>(known: S, { side, person }: Successor): S => ({
    ...known,
    [office]: known[office].map((each, index) => (known.sides[index] === side ? person : each)),
  });

/** Those who speak for the sides, each until another is named. */
export const rolesOfSides = ({ coChairs, secretaries }: Pick<Sides, 'coChairs' | 'secretaries'>): readonly Holder[] => [
  ...coChairs.map((person): Holder => ({ role: 'coChair', who: partyOfPerson(person), by: 'changeCoChair' })),
  ...secretaries.map((person): Holder => ({ role: 'secretary', who: partyOfPerson(person), by: 'changeSecretary' })),
];
