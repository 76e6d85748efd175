import { z } from 'zod';
import type { CaseState } from '../domain/case/state.ts';
import { nameOf } from '../domain/document.ts';
import { refuse } from '../domain/refusal.ts';
import { zoneOf } from '../domain/meeting/calendar.ts';
import type { Meeting } from '../domain/meeting/state.ts';
import { actionsField, rowsOf } from './actions.ts';
import { refuseCalledOff } from './called-off.ts';
import { day, group, listOf, listOfWords, number, title, words, yesNo } from './fields.ts';
import { documentKind } from './kind.ts';
import type { Register } from './register.ts';
import { agencyIn, agencyShape, hourOf, hourShape, personIn, personShape } from './shapes.ts';

const side = {
  ...agencyShape('the side'),
  coChair: group('its co-chair', personShape('the co-chair')),
  secretary: group('its secretary', personShape('the secretary')),
  delegation: listOf('who attended for it, the co-chair first', personShape('a member of the delegation')),
  signedOn: day('day on which its co-chair signed the minutes'),
};

const fields = z.object({
  agreed: yesNo('whether the minutes are agreed; before that, this is a draft'),
  draft: number('number of the draft'),
  number: number('number of the meeting'),
  committee: title('committee', 'title of the committee'),
  instrument: group('the instrument under which the committee meets', {
    title: words('title of the instrument'),
    signedOn: day('day on which it was signed'),
  }),
  place: words('place of the meeting'),
  on: day('day of the meeting'),
  begins: group(
    'when it began and ended, if it was held on the day for which its hours were set',
    hourShape('the meeting'),
  ),
  host: group('the side that hosted it', agencyShape('the host')),
  sides: listOf('the sides, the one whose original this is first', side),
  original: group('the side whose original this is: it is named first and signs first', side),
  originals: number('how many originals there are, one for each side'),
  excused: listOf('who was excused', personShape('somebody who was excused')),
  others: listOf('who attended and belongs to no side', personShape('somebody who attended')),
  guests: listOfWords('others who attended, with their office'),
  inThePresenceOf: listOfWords('in whose presence it was held: name and office'),
  papers: listOfWords('the papers that were before the meeting'),
  items: listOf('the items of the agenda', {
    number: number('number of the item'),
    title: title('item', 'title of the item'),
    proposedBy: words('side that proposed the item'),
    outcome: words('what became of the item: decided, discussed or deferred'),
    says: words('decision on the item, gist of its discussion, or what is printed of its deferral'),
  }),
  actions: actionsField,
  previous: group('the meeting before', { number: number('its number'), on: day('its day') }),
  agreedOn: day('day on which the minutes were agreed'),
  signedOn: day('day on which the last co-chair signed'),
});

/** The agreed minutes of a meeting: after the alternat, one original for each side, in which it is named and signs first. */
export const minutes = documentKind({
  name: 'minutes',
  says: 'Agreed minutes of a meeting, one original for each side',
  of: ['meeting'],
  fields,
  async gather(register, id) {
    const meeting = await register.find('meeting', id);
    if (!meeting) return refuse('UnknownCase', `There is no meeting ${id}.`);
    if (!meeting.subject.heldOn)
      return (
        (await refuseCalledOff(register, meeting, 'minutes')) ??
        refuse('NotReady', `${id} has not been held; its minutes can be made once that is on record (\`record-held\`).`)
      );
    const committee = await register.find('committee', meeting.subject.committee);
    const mou = await register.find('mou', committee?.subject.mou);
    const shared = {
      ...ofMeeting(register, meeting),
      begins: wasHeldOnItsDay(meeting.subject)
        ? await hourOf(register, meeting.subject, zoneOf(meeting.subject))
        : undefined,
      committee: committee?.title,
      instrument: mou && { title: mou.title, signedOn: mou.subject.signedOn },
      actions: await rowsOf(register, meeting.subject.actions),
      previous: await previousOf(register, meeting.subject),
    };
    const { sides } = meeting.subject;
    return sides.map((own) => {
      const ordered = [own, ...sides.filter((each) => each !== own)].map((each) =>
        sideIn(register, meeting.subject, each),
      );
      return {
        suffix: own,
        title: `Minutes of ${meeting.title}`,
        languages: mou?.subject.languages,
        countries: meeting.countries,
        values: { ...shared, sides: ordered, original: ordered[0] },
      };
    });
  },
});

const wasHeldOnItsDay = ({ heldOn, on }: Meeting): boolean => heldOn === on;

async function previousOf(register: Register, { previous }: Meeting) {
  const before = await register.find('meeting', previous);
  return before && { number: before.subject.number, on: before.subject.heldOn };
}

const agreedAt = ['minutesAgreed', 'minutesSigned', 'closed'];

function ofMeeting(register: Register, { subject: known }: CaseState<Meeting>) {
  const ofNoSide = known.attended.filter((id) => !known.sides.includes(sideOf(register, known, id)));
  return {
    agreed: agreedAt.includes(known.stage),
    draft: known.draft || undefined,
    number: known.number,
    place: known.place,
    on: known.heldOn,
    host: agencyIn(register, known.host),
    originals: known.sides.length,
    excused: known.excused.map((person) => personIn(register, person)),
    others: ofNoSide.map((person) => personIn(register, person)),
    guests: [...known.guests],
    inThePresenceOf: [...known.inThePresenceOf],
    papers: known.papers.map(nameOf),
    items: known.items.map(({ number: nth, title, proposedBy, outcome, says }) => ({
      number: nth,
      title,
      proposedBy: proposedBy && agencyIn(register, proposedBy).name,
      outcome,
      says,
    })),
    agreedOn: known.agreedOn,
    signedOn: known.signedOn,
  };
}

/** Whoever is no side's own belongs to the side of their country, if it has one side. */
function sideOf(register: Register, { sides }: Meeting, person: string): string {
  const agency = register.person(person)?.agency ?? '';
  if (sides.includes(agency)) return agency;
  const country = register.agency(agency)?.country;
  const [only, another] = sides.filter((each) => register.agency(each)?.country === country);
  return only && !another ? only : '';
}

function sideIn(register: Register, known: Meeting, agency: string) {
  const at = known.sides.indexOf(agency);
  const [coChair, secretary] = [known.coChairs[at], known.secretaries[at]];
  const here = known.attended.filter((person) => sideOf(register, known, person) === agency);
  const inOrder = [...here.filter((person) => person === coChair), ...here.filter((person) => person !== coChair)];
  return {
    ...agencyIn(register, agency),
    coChair: coChair ? personIn(register, coChair) : undefined,
    secretary: secretary ? personIn(register, secretary) : undefined,
    delegation: inOrder.map((person) => personIn(register, person)),
    signedOn: known.signatures[agency],
  };
}
