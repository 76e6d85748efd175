import { kindOfAct } from '../domain/act.ts';
import { zoneOf as zoneOfAppointment } from '../domain/appointment/calendar.ts';
import { ascribedIn } from '../domain/ascribed.ts';
import { zoneOf as zoneOfMeeting } from '../domain/meeting/calendar.ts';
import { zoneOf as zoneOfSigning } from '../domain/mou/calendar.ts';
import type { Act } from '../domain/visit/state.ts';
import { participants } from '../domain/nomination.ts';
import { actionsField, rowsOf } from './actions.ts';
import { day, group, listOf, listOfWords, number, title, words, yesNo } from './fields.ts';
import type { Register } from './register.ts';
import { agencyIn, hourOf, hourShape } from './shapes.ts';
import { withArticle } from './words.ts';

/** What takes place on the legs of a visit: signings, committee meetings, workshops, talks and visits to sites. */

const instrument = {
  title: words('title of the instrument'),
  subject: words('subject of the instrument'),
  name: words('what kind of instrument it is: MOU, memorandum of cooperation …'),
  signedOn: day('day on which it was signed'),
  inThePresenceOf: listOfWords('in whose presence it was signed'),
};

export const actShape = {
  kind: words('what it is: signing, meeting, workshop, bilateral talk or site visit'),
  title: words('title of the act'),
  on: day('day of the act'),
  until: day('last day of the act'),
  place: words('place of the act'),
  begins: group('when it begins and ends, of a signing, a meeting, a talk or a visit to a site', hourShape('the act')),
  done: yesNo('whether it has taken place'),
  standing: words('how it stands, in words'),
  signing: group('of a signing: what is signed', {
    ...instrument,
    sides: listOfWords('the sides of the instrument'),
    signatories: listOfWords('who signs: side, name, office'),
    originals: number('how many originals there are'),
    languages: listOfWords('the languages of the text'),
  }),
  meeting: group('of a committee meeting: the meeting', {
    number: number('number of the meeting'),
    earlier: number('how many meetings were held before it'),
    begins: group('when it begins and ends', hourShape('the meeting')),
    committee: title('committee', 'title of the committee'),
    instrument: group('the instrument under which the committee meets', instrument),
    inThePresenceOf: listOfWords('in whose presence the meeting was held'),
    items: listOf('items of the agenda that the sides proposed', {
      title: words('title of the item'),
      outcome: words('what became of the item'),
      says: words('decision on the item, or gist of its discussion'),
    }),
  }),
  workshop: group('of a workshop: the workshop', {
    subject: words('subject of the workshop'),
    instrument: words('title of the instrument on whose subject it is held'),
    purpose: words('purpose of the workshop'),
    hosts: listOfWords('who hosts the workshop'),
    talks: listOf('talks of the workshop', { title: words('title of the talk'), speaker: words('who gives the talk') }),
    participants: number('how many participants are confirmed'),
    attendees: number('how many attended in all'),
  }),
  appointment: group('of a talk or a visit to a site: the appointment', {
    subject: words('what it is about, or what is seen'),
    counterpart: words('whom the delegation meets, with office'),
    outcome: words('what came of it'),
    promised: listOfWords('follow-ups that were promised'),
  }),
  actions: actionsField,
};

const kinds = { mou: 'signing', meeting: 'meeting', workshop: 'workshop', appointment: 'bilateral talk' } as const;

const standings: Readonly<Record<Act['standing'], string>> = {
  asked: 'not yet confirmed',
  planned: 'planned',
  done: 'held',
  cancelled: 'cancelled',
  handedOver: 'handed over',
  dropped: 'dropped',
};

export async function actIn(register: Register, act: Act) {
  const kind = kindOfAct(act.act);
  const details = {
    signing: kind === 'mou' ? await signingIn(register, act.act) : undefined,
    meeting: kind === 'meeting' ? await meetingIn(register, act.act) : undefined,
    workshop: kind === 'workshop' ? await workshopIn(register, act.act) : undefined,
    appointment: kind === 'appointment' ? await appointmentIn(register, act.act) : undefined,
  };
  const isSiteVisit = details.appointment?.form === 'siteVisit';
  const begins = details.signing?.begins ?? details.meeting?.begins ?? details.appointment?.begins;
  return {
    kind: isSiteVisit ? 'site visit' : kind && kinds[kind],
    title: act.title,
    on: act.on,
    until: act.until,
    place: act.place,
    begins,
    done: act.standing === 'done',
    standing: act.standing === 'done' && kind === 'mou' ? 'signed' : standings[act.standing],
    ...details,
    actions: await rowsOf(register, details.meeting?.actions ?? details.appointment?.actions ?? []),
  };
}

const instrumentWords: Readonly<Record<string, string>> = {
  MOU: 'MOU',
  memorandumOfCooperation: 'memorandum of cooperation',
  agreedMinutes: 'agreed minutes',
  recordOfDiscussions: 'record of discussions',
  jointActionProgramme: 'joint action programme',
  exchangeOfNotes: 'exchange of notes',
  agencyArrangement: 'agency-to-agency arrangement',
};

export async function instrumentIn(register: Register, id: string | undefined) {
  const mou = await register.find('mou', id);
  return (
    mou && {
      title: mou.title,
      subject: mou.subject.subject,
      name: instrumentWords[mou.subject.instrument],
      signedOn: mou.subject.signedOn,
      inThePresenceOf: [...mou.subject.inPresenceOf],
    }
  );
}

const languageNames = new Intl.DisplayNames('en', { type: 'language' });

async function signingIn(register: Register, id: string) {
  const mou = await register.find('mou', id);
  if (!mou) return undefined;
  const { sides, signatures, signing, languages } = mou.subject;
  return {
    ...(await instrumentIn(register, id)),
    begins: await hourOf(register, { ...signing, on: signing?.date }, zoneOfSigning(mou.subject)),
    inThePresenceOf: [...mou.subject.inPresenceOf],
    sides: sides.map((side) => agencyIn(register, side).name),
    signatories:
      signatures.length > 0
        ? signatures.map(({ side, signatory }) => `${signatory}, for ${sideIn(register, side)}`)
        : (signing?.signatories.map((each) => signatoryIn(register, each)) ?? []),
    originals: sides.length,
    languages: languages.map((language) => languageNames.of(language) ?? language),
  };
}

const sideIn = (register: Register, side: string): string => withArticle(agencyIn(register, side).name, 'en');

/** Arranged signatories are on record as `mois: name, office`. */
function signatoryIn(register: Register, words: string): string {
  const arranged = ascribedIn(words);
  return arranged ? `${arranged.words}, for ${sideIn(register, arranged.agency)}` : words;
}

async function meetingIn(register: Register, id: string) {
  const meeting = await register.find('meeting', id);
  if (!meeting) return undefined;
  const committee = await register.find('committee', meeting.subject.committee);
  const { number: nth, inThePresenceOf, items, actions } = meeting.subject;
  return {
    number: nth,
    earlier: nth - 1,
    begins: await hourOf(register, meeting.subject, zoneOfMeeting(meeting.subject)),
    committee: committee?.title,
    instrument: await instrumentIn(register, committee?.subject.mou),
    inThePresenceOf: [...inThePresenceOf],
    items: items
      .filter(({ subject }) => subject === undefined)
      .map(({ title, outcome, says }) => ({ title, outcome, says })),
    actions,
  };
}

async function workshopIn(register: Register, id: string) {
  const workshop = await register.find('workshop', id);
  if (!workshop) return undefined;
  const known = workshop.subject;
  return {
    subject: known.subject,
    instrument: (await register.find('mou', known.mou))?.title,
    purpose: known.purpose,
    hosts: known.hosts.map((host) => agencyIn(register, host).name),
    talks: known.talks.map(({ title, speaker, presenter }) => ({
      title,
      speaker: speaker ?? (presenter && register.partyName(presenter)),
    })),
    participants: known.invited.length > 0 ? participants(known).length : undefined,
    attendees: known.attendees,
  };
}

async function appointmentIn(register: Register, id: string) {
  const appointment = await register.find('appointment', id);
  if (!appointment) return undefined;
  const { form, subject, counterpart, outcome, promised, actions } = appointment.subject;
  return {
    form,
    begins: await hourOf(register, appointment.subject, zoneOfAppointment(appointment.subject)),
    subject,
    counterpart,
    outcome,
    promised: promised.filter(({ dropped }) => !dropped).map(({ what }) => what),
    actions,
  };
}
