import { refuseDay } from '../date-rules.ts';
import { evaluationCommands } from '../evaluation/commands.ts';
import { count, line, listOf, slug, text, pastDate } from '../fields.ts';
import { attendance } from '../nomination/commands.ts';
import { undecidedNominees } from '../nomination.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { afterwards, announced, command, type Workshop } from './state.ts';

/** Commands of the workshop itself and after it: attendance, materials, evaluation, report. */
export const session = {
  recordHeld: command({
    says: 'Record that the workshop was held, and who of the participants did not come',
    by: ['host', 'coordinator'],
    from: announced,
    to: ['held'],
    input: {
      on: pastDate.optional().describe('the day it ended; without it, its last day'),
      absent: listOf(slug).default([]).describe('the id of a participant who did not come'),
      guests: listOf(line).default([]).describe('who attended besides: name and office'),
      attendees: count.optional().describe('how many attended in all, if somebody counted'),
    },
    decide: ({ on, absent, guests, attendees }, workshop, { today }) => {
      const heldOn = on ?? workshop.to;
      const refusal =
        refuseDay('on', heldOn, today, { on: workshop.from, what: 'its first day' }) ?? refuseUndecided(workshop);
      if (refusal) return refusal;
      const attended = attendance(workshop, absent);
      if (isRefusal(attended)) return attended;
      const nominated = workshop.nominees.length > 0 ? attended : [];
      return [...nominated, { type: 'held', on: heldOn, guests, attendees }];
    },
  }),
  circulateMaterials: command({
    says: 'Circulate the materials to participants, hosts and presenters; while some are missing, with a reason',
    by: ['host', 'coordinator'],
    from: ['held'],
    to: ['materialsOut'],
    input: {
      on: pastDate.optional().describe('the day; without it, today'),
      documents: listOf(line).default([]).describe('what is circulated besides the materials of the talks'),
    },
    decide: ({ on, documents }, workshop, { today, reason }) => {
      const circulated = on ?? today;
      const missing = workshop.talks.filter(({ document, presenter }) => presenter && !document);
      if (missing.length > 0 && !reason)
        return refuse(
          'NotReady',
          `The materials of ${missing.map(({ number, title }) => `talk ${number} (${title})`).join(', ')} are missing; record them (\`receive-materials\`), or give a reason.`,
        );
      return (
        refuseDay('on', circulated, today, { on: workshop.heldOn, what: 'the workshop' }) ?? [
          { type: 'materialsCirculated', on: circulated, documents },
        ]
      );
    },
  }),
  ...evaluationCommands(['held', 'materialsOut']),
  closeEvaluation: command({
    says: 'Close the evaluation; its summary goes to the hosts. Without a single answer, with a reason',
    by: ['host', 'coordinator'],
    from: ['materialsOut'],
    to: ['evaluated'],
    decide: (_, { responses }, { reason }) =>
      responses.length === 0 && !reason
        ? refuse('NotReady', 'Nobody has answered yet; record the answers (`answer-evaluation`), or give a reason.')
        : [{ type: 'evaluated' }],
  }),
  recordReport: command({
    says: 'Record the report on the workshop',
    by: ['owing', 'host', 'coordinator'],
    from: afterwards,
    input: {
      document: line.describe('the report: a name or an address'),
      summary: text.optional().describe('what came of the workshop, in a few sentences'),
    },
    decide: ({ document, summary }, { report }) =>
      report?.document === document
        ? refuse('AlreadyDone', `${document} is on record as the report already.`)
        : [{ type: 'reported', document, summary }],
  }),
  close: command({
    says: 'Close the workshop; while a report is owed, with a reason',
    by: ['coordinator'],
    from: ['evaluated'],
    to: ['closed'],
    decide: (_, { report, reportAfter }, { reason }) =>
      !report && reportAfter !== 'none' && !reason
        ? refuse(
            'NotReady',
            'The report is missing; record it (`record-report`), or give a reason to close without one.',
          )
        : [{ type: 'closed' }],
  }),
};

function refuseUndecided(workshop: Workshop): Refusal | undefined {
  const undecided = undecidedNominees(workshop).map(({ id }) => id);
  return undecided.length > 0
    ? refuse(
        'Undecided',
        `Nothing is decided on ${undecided.slice(0, 5).join(', ')}${undecided.length > 5 ? ` and ${undecided.length - 5} more` : ''}; confirm or decline them first.`,
      )
    : undefined;
}
