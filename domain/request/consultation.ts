import { z } from 'zod';
import { agency, date, text } from '../fields.ts';
import { refuse } from '../refusal.ts';
import { refuseDay } from './days.ts';
import { command, consultationOf, led, opinions } from './state.ts';

export const consult = command({
  says: 'Ask another agency for its opinion, by a day',
  by: ['owner', 'coordinator'],
  from: led,
  to: ['consulting'],
  input: {
    agency: agency.describe('the agency that is asked'),
    question: text.optional().describe('what it is asked'),
    due: date.optional().describe('the day by which it answers; the working days of the case if left out'),
  },
  decide: ({ agency, question, due }, request, { today }) => {
    const asked = consultationOf(request, agency);
    if (agency === request.lead)
      return refuse('AlreadyDone', `${agency} leads the request: its opinion is heard without being asked.`);
    if (asked?.standing === 'outstanding')
      return refuse('AlreadyDone', `${agency} has been asked already, and its opinion is still outstanding.`);
    const round = (asked?.round ?? 0) + 1;
    return (
      (due && refuseDay('The day for the opinion', due, today)) || [{ type: 'consulted', agency, round, question, due }]
    );
  },
});

export const giveOpinion = command({
  says: 'Record the opinion of an agency that was asked; one that comes late is taken until the decision',
  by: ['owing', 'coordinator'],
  from: ['consulting', 'consulted', 'onHold'],
  to: ['consulted'],
  input: {
    agency: agency.describe('the agency whose opinion it is'),
    opinion: z.enum(opinions).describe('in favour, with remarks, or against'),
    remarks: text.optional().describe('its remarks; needed unless it is in favour'),
  },
  decide: ({ agency, opinion, remarks }, request) => {
    const asked = consultationOf(request, agency);
    if (!asked)
      return refuse(
        'NotAParty',
        `${agency} was not asked for its opinion; asked were: ${[...new Set(request.consultations.map((each) => each.agency))].join(', ') || 'none'}. Ask it first (consult).`,
      );
    if (asked.standing !== 'outstanding' && asked.standing !== 'expired')
      return refuse(
        'AlreadyDone',
        `${agency} has given its opinion already; to hear it again, ask it again (consult).`,
      );
    if (opinion !== 'inFavour' && !remarks)
      return refuse('InvalidInput', 'remarks: an opinion that is not simply in favour says why.');
    return [{ type: 'opinionGiven', agency, opinion, remarks }];
  },
});
