import type { Command } from 'commander';
import { stageInWords } from '../../domain/case/stage-words.ts';
import type {
  ActionFilter,
  CommitteeDate,
  DueDeadline,
  MatrixAction,
  MouFilter,
  OpenRequest,
  PlaceFilter,
  RegisteredMou,
} from '../../database/lists.ts';
import { counted } from '../../domain/derived.ts';
import { caseNamed, partyNamed } from '../../domain/fields.ts';
import { momentOf } from '../output/moment.ts';
import { type Column } from '../output/output.ts';
import { searchOption } from './cases.ts';
import { listOptions, type ListOptions, showPage, wholeNumber, withWarning } from './session.ts';

const placeOptions = (command: Command): Command =>
  command
    .option('--country <code>', 'only what concerns this country, such as GR')
    .option('--coordinator <person>', 'only what this person coordinates')
    .addOption(searchOption());

export const placeOf = ({ country, coordinator, search }: PlaceFilter): PlaceFilter => ({
  country,
  coordinator,
  search,
});

export const listCommand = (program: Command, name: string, description: string): Command =>
  placeOptions(listOptions(program.command(name).description(description).helpGroup('Lists:')));

const requestColumns: readonly Column<OpenRequest>[] = [
  { title: 'request', value: ({ id }) => id },
  { title: 'received', value: ({ receivedOn }) => receivedOn },
  {
    title: 'from',
    value: ({ requester, requestingCountry }) => [requester, requestingCountry].filter((x) => x !== null),
  },
  { title: 'subject', value: ({ subject, title }) => subject ?? title },
  { title: 'stage', value: ({ stage }) => stageInWords(stage) },
  { title: 'lead', value: ({ lead }) => lead },
  { title: 'next due date passes', value: ({ nextDue }) => momentOf(nextDue) },
  { title: 'late', value: ({ late }) => late },
];

export const mouColumns: readonly Column<RegisteredMou>[] = [
  { title: 'mou', value: ({ id }) => id },
  { title: 'title', value: ({ title }) => title },
  { title: 'stage', value: ({ stage }) => stageInWords(stage) },
  { title: 'in effect since', value: ({ inEffectSince }) => inEffectSince },
  { title: 'term', value: ({ term }) => term },
  { title: 'term ends', value: ({ termEnds }) => termEnds },
  { title: 'renewal', value: ({ renewal }) => renewal },
  { title: 'decide by', value: ({ decideBy }) => decideBy },
];

const committeeColumns: readonly Column<CommitteeDate>[] = [
  { title: 'committee', value: ({ id }) => id },
  { title: 'title', value: ({ title }) => title },
  { title: 'meeting no', value: ({ number }) => number },
  { title: 'day', value: ({ day, convened }) => (day === null ? null : convened ? day : `by ${day}, not convened`) },
  { title: 'host', value: ({ host }) => host },
  { title: 'place', value: ({ place }) => place },
  { title: 'last held', value: ({ lastMeetingOn }) => lastMeetingOn },
];

export const actionColumns: readonly Column<MatrixAction>[] = [
  { title: 'action', value: ({ id }) => id },
  { title: 'topic', value: ({ topic }) => topic },
  { title: 'owner', value: ({ owner }) => owner },
  { title: 'due', value: ({ due }) => due },
  { title: 'first due', value: ({ firstDue }) => firstDue },
  { title: 'stage', value: ({ stage }) => stageInWords(stage) },
  { title: 'late', value: ({ late, wasLate }) => (late ? 'now' : wasLate ? 'was' : 'no') },
  { title: 'from', value: ({ meeting }) => meeting },
];

export const dueColumns: readonly Column<DueDeadline>[] = [
  { title: 'due', value: ({ due, zone }) => `${due} ${zone}` },
  { title: 'late', value: ({ late }) => late },
  { title: 'owed by', value: ({ owedBy }) => owedBy ?? 'by itself' },
  { title: 'what', value: ({ says }) => says },
  { title: 'since', value: ({ since }) => since },
  { title: 'case', value: ({ caseId }) => caseId },
];

export function addRegisters(program: Command): void {
  addDue(program);
  listCommand(program, 'requests', 'Cooperation requests that are not settled yet, the oldest first').action(
    (options: PlaceFilter & ListOptions) =>
      showPage(options, requestColumns, 'No request is open.', (entente, page) =>
        entente.openRequests(placeOf(options), page),
      ),
  );
  listCommand(program, 'mous', 'The MOU register: terms, and the last working day to decide on the current one')
    .option('--in-effect', 'only those that have come into effect')
    .option('--all', 'those that are over too')
    .action(({ all, inEffect, ...options }: MouFilter & ListOptions) =>
      showPage(options, mouColumns, 'No MOU is like that.', (entente, page) =>
        entente.mous({ ...placeOf(options), all, inEffect }, page),
      ),
    );
  listCommand(
    program,
    'committees',
    'The committee calendar: when each joint committee meets next, and who hosts',
  ).action((options: PlaceFilter & ListOptions) =>
    showPage(options, committeeColumns, 'There is no joint committee like that.', (entente, page) =>
      entente.committees(placeOf(options), page),
    ),
  );
  addMatrix(program);
}

function addDue(program: Command): void {
  const due = program
    .command('due')
    .description('What is overdue or falls due in the next days, and who owes it')
    .helpGroup('Lists:');
  listOptions(due)
    .option('--days <n>', 'how many days ahead', wholeNumber(0, 36_500), 30)
    .option('--agency <agency>', 'only what this agency owes, or one of its people')
    .option('--country <code>', 'only what concerns this country, such as GR')
    .action(({ days, agency, country, ...page }: { days: number; agency?: string; country?: string } & ListOptions) =>
      showPage(
        page,
        dueColumns,
        `Nothing is overdue or falls due within ${counted(days, 'day')}.`,
        (entente, at) => entente.due({ days, agency: agency?.replace(/^agency\//, ''), country }, at),
        withWarning,
      ),
    );
}

function addMatrix(program: Command): void {
  listCommand(program, 'matrix', 'The action matrix over all meetings: owner, due, first due, state, lateness')
    .option('--owner <agency>', 'only those of this agency')
    .option('--meeting <case>', 'only those of this meeting')
    .option('--committee <case>', 'only those of this joint committee')
    .option('--late', 'only those that are late now')
    .option('--all', 'those that are closed or dropped too')
    .action(({ owner, meeting, committee, late, all, ...rest }: ActionFilter & ListOptions) =>
      showPage(rest, actionColumns, 'There is no follow-up action like that.', (entente, page) =>
        entente.actions(
          {
            ...placeOf(rest),
            owner: owner && partyNamed(owner),
            meeting: meeting && caseNamed('meeting', meeting),
            committee: committee && caseNamed('committee', committee),
            late,
            all,
          },
          page,
        ),
      ),
    );
}
