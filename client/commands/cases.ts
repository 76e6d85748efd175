import { type Command, Option } from 'commander';
import type { CaseFilter, Listed, ListedCase } from '../../database/lists.ts';
import { kebab } from '../../domain/case/label.ts';
import { stageInWords } from '../../domain/case/stage-words.ts';
import type { Waiting } from '../../domain/case/view.ts';
import { partyNamed } from '../../domain/fields.ts';
import { isRefusal, refuse } from '../../domain/refusal.ts';
import { stageMeant } from '../../domain/stages.ts';
import { searchedWords } from '../../domain/search.ts';
import { RefusedError } from '../errors.ts';
import type { ListedView } from '../told.ts';
import { momentOf } from '../output/moment.ts';
import { type Cell, type Column, type Format, print, printList } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { caseText, waitingText } from './case-text.ts';
import { seenText } from './seen-text.ts';
import { listOptions, type ListOptions, outputOption, sayNext, showPage, withWarning } from './session.ts';
import { addHistory } from './history.ts';

export interface FilterOptions {
  readonly kind?: string;
  readonly stage?: string;
  readonly country?: string;
  readonly owner?: string;
  readonly coordinator?: string;
  readonly late?: boolean;
  readonly search?: string;
  readonly closed?: boolean;
  readonly all?: boolean;
}

export const searchOption = (): Option =>
  new Option(
    '--search <words>',
    'only those that have each of these words: title, subject, people, agencies, what has happened',
  ).argParser((words: string) => {
    const found = searchedWords(words);
    if (isRefusal(found)) throw new RefusedError(refuse(found.refused, found.because.replace(/^search:/, '--search:')));
    return words;
  });

export const filterOf = ({ owner, closed, all, ...rest }: FilterOptions): CaseFilter => ({
  kind: rest.kind,
  stage: rest.stage && (stageMeant(rest.stage, rest.kind) ?? rest.stage),
  country: rest.country,
  coordinator: rest.coordinator,
  search: rest.search,
  late: rest.late,
  owner: owner && partyNamed(owner),
  standing: all ? 'all' : closed ? 'closed' : 'open',
});

const filters = (command: Command, kinds: readonly string[]): Command =>
  filtersOfCoordinator(command, kinds).option('--coordinator <person>', 'only those that this person coordinates');

/** The same among what one person coordinates. */
export const filtersOfCoordinator = (command: Command, kinds: readonly string[]): Command =>
  command
    .addOption(new Option('--kind <kind>', 'only this kind').choices([...kinds]))
    .option('--stage <stage>', 'only those at this stage, such as "in effect"')
    .option('--country <code>', 'only those that concern this country, such as GR')
    .option('--owner <agency>', 'only those of this agency, or of agency/ID or person/ID')
    .option('--late', 'only those that are late')
    .addOption(searchOption());

const columns: readonly Column<ListedCase>[] = [
  { title: 'case', value: ({ id }) => id },
  { title: 'title', value: ({ title }) => title },
  { title: 'stage', value: ({ stage }) => stageInWords(stage) },
  { title: 'countries', value: ({ countries }) => countries },
  { title: 'owner', value: ({ owner }) => owner },
  { title: 'next due date passes', value: ({ nextDue }) => momentOf(nextDue) },
  { title: 'late', value: ({ late }) => late },
];

export function addCases(program: Command, kinds: readonly string[]): void {
  const list = program.command('list').description('Cases, open ones unless said otherwise').helpGroup('Lists:');
  filters(listOptions(list), kinds)
    .addOption(new Option('--open', 'only open ones (this is what happens anyway)'))
    .addOption(new Option('--closed', 'only those that are over').conflicts(['open', 'all']))
    .addOption(new Option('--all', 'those that are over too').conflicts(['open']))
    .action((options: FilterOptions & ListOptions) =>
      showPage(
        options,
        columns,
        'There is no such case.',
        (entente, page) => entente.cases(filterOf(options), page),
        withWarning,
      ),
    );
  addShow(program.command('show').helpGroup('Lists:').argument('<case>', 'its id, such as mou/kr-gr-2017'));
  addNext(program, kinds);
  addHistory(program);
}

/** `show`, also below each kind, where people look for it. */
export function addShow(show: Command, idOf = (given: string): string => given): void {
  show
    .description('One case: where it stands, what it waits for, what it would accept, what has happened')
    .addOption(new Option('--live', 'ask the running case itself (needs Temporal), not the register').conflicts('as'))
    .option('--as <person>', 'what this person would see of it on its page')
    .addOption(outputOption(['table', 'json']))
    .action(async (given: string, { live, as, output }: { live?: boolean; as?: string; output: Format }) => {
      if (as !== undefined) return showAs(given, as, output);
      const view = await withWarning(async (entente) => {
        const caseId = await entente.caseNamed(idOf(given));
        return live ? entente.liveView(caseId) : entente.view(caseId);
      });
      print(output === 'json' ? jsonOf(view) : caseText(view));
    });
}

async function showAs(given: string, person: string, output: Format): Promise<void> {
  const seen = await withWarning(async (entente) => entente.desks.seenBy(person, await entente.caseNamed(given)));
  print(output === 'json' ? jsonOf(seen) : seenText(seen));
}

/** Of a case that waits for several things, each is a row. */
interface WaitingRow {
  readonly view: ListedView;
  readonly waiting?: Waiting;
}

const waitingColumns: readonly Column<WaitingRow>[] = [
  { title: 'case', value: ({ view }) => view.id },
  { title: 'stage', value: ({ view }) => stageInWords(view.stage) },
  { title: 'waits for', value: ({ waiting }) => waiting?.says },
  { title: 'owed by', value: ({ waiting }) => waiting && (waiting.owedBy ?? 'by itself') },
  { title: 'since', value: ({ waiting }) => waiting?.since },
  { title: 'until', value: ({ waiting }) => waiting?.due },
  { title: 'zone', value: ({ waiting }) => waiting?.zone },
  { title: 'late', value: ({ waiting }) => waiting?.late },
  { title: 'deadline', value: ({ waiting }) => waiting?.deadline },
  { title: 'accepts', value: ({ view }): Cell => view.accepts.map(kebab) },
];

function addNext(program: Command, kinds: readonly string[]): void {
  const next = program
    .command('next')
    .description('What each open case waits for, since when, until when, from whom, and which commands it would accept')
    .helpGroup('Lists:')
    .argument('[case]', 'only this case');
  filters(listOptions(next), kinds).action(async (caseId: string | undefined, options: FilterOptions & ListOptions) => {
    const { after, limit } = options;
    const listed: Listed<ListedView> = await withWarning(async (entente) =>
      caseId
        ? { rows: [await entente.view(await entente.caseNamed(caseId))] }
        : entente.waiting(filterOf(options), { after, limit }),
    );
    printWaiting(listed.rows, options.output);
    sayNext(listed.next);
  });
}

function printWaiting(views: readonly ListedView[], format: Format): void {
  if (format === 'table' && views.length > 0) return print(views.map(waitingText).join('\n\n'));
  if (format === 'json')
    return print(
      jsonOf(
        views.map(({ id, title, stage, late, waitsFor, next, accepts }) => ({
          id,
          title,
          stage,
          late,
          waitsFor,
          next,
          accepts,
        })),
      ),
    );
  const rows = views.flatMap((view): WaitingRow[] =>
    view.waitsFor.length > 0 ? view.waitsFor.map((waiting) => ({ view, waiting })) : [{ view }],
  );
  printList(rows, waitingColumns, format, 'No open case is like that.');
}
