import { z } from 'zod';
import { refuse } from '../domain/refusal.ts';
import { refuseCalledOff } from './called-off.ts';
import { day, group, listOf, listOfWords, number, title, words } from './fields.ts';
import { documentKind } from './kind.ts';
import { evaluationIn, evaluationShape, participantsIn, participantsShape } from './participants.ts';
import { agencyIn, personIn, personShape } from './shapes.ts';

/** What a workshop came to. */
export const wrapUpReportOfWorkshop = documentKind({
  name: 'wrap-up-report',
  template: 'wrap-up-report-workshop',
  says: 'Wrap-up report of a workshop: talks, participants, evaluation',
  of: ['workshop'],
  fields: z.object({
    title: title('workshop', 'title of the workshop'),
    subject: words('subject of the workshop'),
    purpose: words('purpose of the workshop'),
    audience: words('for whom the workshop is'),
    hosts: listOfWords('who hosts the workshop'),
    instrument: words('title of the instrument under which the workshop is held'),
    country: words('country of the workshop'),
    place: words('place of the workshop'),
    from: day('first day of the workshop'),
    to: day('last day of the workshop'),
    talks: listOf('talks of the workshop, in their order', {
      title: words('title of the talk'),
      speaker: words('who gives the talk'),
      minutes: number('how many minutes the talk takes'),
      materials: words('where the materials of the talk are'),
    }),
    ...participantsShape,
    guests: listOfWords('who attended besides the participants, with office'),
    attendees: number('how many attended in all'),
    ...evaluationShape,
    summary: words('summary of the report'),
    coordinator: group('who coordinates the workshop', personShape('the coordinator')),
  }),
  async gather(register, id) {
    const workshop = await register.find('workshop', id);
    if (!workshop) return refuse('UnknownCase', `There is no workshop ${id}.`);
    const { subject: known, title } = workshop;
    if (!known.heldOn)
      return (
        (await refuseCalledOff(register, workshop, 'wrap-up report')) ??
        refuse('NotReady', `${id} has not been held; its report can be made once that is on record (\`record-held\`).`)
      );
    const values = {
      title,
      subject: known.subject,
      purpose: known.purpose,
      audience: known.audience,
      hosts: known.hosts.map((host) => agencyIn(register, host).name),
      instrument: (await register.find('mou', known.mou))?.title,
      country: register.countryName(known.country),
      place: known.place,
      from: known.from,
      to: known.to,
      talks: known.talks.map(({ title: talk, speaker, presenter, minutes, document }) => ({
        title: talk,
        speaker: speaker ?? (presenter && register.partyName(presenter)),
        minutes,
        materials: document,
      })),
      ...participantsIn(register, known),
      guests: [...known.guests],
      attendees: known.attendees,
      ...evaluationIn(known),
      summary: known.report?.summary,
      coordinator: personIn(register, workshop.coordinator),
    };
    return [{ title: `Wrap-up report: ${title}`, countries: workshop.countries, values }];
  },
});
