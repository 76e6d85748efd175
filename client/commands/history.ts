import type { Command } from 'commander';
import type { Done, DoneFilter, ListedEvent } from '../../database/lists.ts';
import { counted } from '../../domain/derived.ts';
import { UsageError } from '../errors.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, say } from '../output/output.ts';
import { dayGiven, listOptions, type ListOptions, showPage } from './session.ts';

const eventColumns: readonly Column<ListedEvent>[] = [
  { title: 'no', value: ({ number }) => number },
  { title: 'when', value: ({ at }) => momentOf(at) },
  { title: 'who', value: whoDid },
  { title: 'what', value: ({ says }) => says },
];

const cameIn = {
  link: 'by the link mailed to',
  provider: 'by the provider, which knows them as',
  passkey: 'by a passkey of',
} as const;

function whoDid(event: ListedEvent): string {
  const { by, byLink, bySession, proved, provedAt } = event;
  const { onBehalfOf } = event.data as { readonly onBehalfOf?: string };
  const way = byLink ?? bySession;
  const who = onBehalfOf === undefined ? by : `${by} for ${onBehalfOf}`;
  const unproved = proved === false ? ', without proof' : '';
  if (!way) return proved ? `${who}, with the key of ${provedAt}` : who + unproved;
  const confirmed = way.codeTo ? `, confirmed by a code mailed to ${way.codeTo}` : '';
  const how = bySession ? `at the desk, signed in ${cameIn[bySession.way]}` : 'by the link in the letter to';
  return `${who}, ${how} ${way.address}${confirmed}${unproved}`;
}

const doneColumns: readonly Column<Done>[] = [
  { title: 'when', value: ({ at }) => momentOf(at) },
  { title: 'case', value: ({ caseId }) => caseId },
  { title: 'title', value: ({ title }) => title },
  { title: 'no', value: ({ number }) => number },
  { title: 'what', value: ({ says }) => says },
];

type Options = ListOptions & Partial<DoneFilter>;

/** `./entente history`: what happened to a case, or what somebody did in all of them. */
export function addHistory(program: Command): void {
  const history = program
    .command('history')
    .description('Everything that happened to a case: when, who, what and why; or what somebody did in all cases')
    .helpGroup('Lists:')
    .argument('[case]', 'its id, such as mou/kr-gr-2017; its last events, unless --after says from where');
  listOptions(history)
    .option('--by <person>', 'what this person did, in all cases, the earliest first')
    .option('--since <day>', 'with --by: from this day on, such as 2026-11-01, in their zone')
    .option('--until <day>', 'with --by: up to this day')
    .action((caseId: string | undefined, { by, since, until, ...page }: Options) => {
      if ((caseId === undefined) === (by === undefined)) throw new UsageError('Say a case, or somebody with --by.');
      if (by !== undefined)
        return showDone({ by, since: dayGiven('since', since), until: dayGiven('until', until) }, page);
      if (since ?? until) throw new UsageError('--since and --until go with --by.');
      return showHistory(caseId ?? '', page);
    });
}

const showDone = (filter: DoneFilter, page: ListOptions): Promise<void> =>
  showPage(page, doneColumns, `${filter.by} has done nothing then.`, (entente, at) => entente.done(filter, at));

/** What happened last is what people look for; `--after 0` begins with the opening. */
async function showHistory(given: string, options: ListOptions): Promise<void> {
  let before = 0;
  let caseId = given;
  await showPage(options, eventColumns, 'Nothing has happened after that.', async (entente, page) => {
    caseId = await entente.caseNamed(given);
    if (page.after !== undefined) return entente.history(caseId, page);
    const { number } = await entente.view(caseId);
    before = Math.max(0, number - (page.limit ?? number));
    return entente.history(caseId, { ...page, after: String(before) });
  });
  if (before > 0) say(`\n${counted(before, 'event')} before that: ./entente history ${caseId} --after 0`);
}
