import type { CaseFilter, ListedCase } from '../database/lists.ts';
import { isRefusal, refuse } from '../domain/refusal.ts';
import type { Entente } from './client.ts';
import { RefusedError } from './errors.ts';
import type { WouldGive } from './forecast/previews.ts';

/** What is handed over to another coordinator. */
export interface Reassignment {
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly reason?: string | undefined;
}

/** One letter names them all. */
const mostAtOnce = 500;

/** The open cases that somebody coordinates, of those that the filter leaves. */
export async function coordinatedBy(entente: Entente, from: string, filter: CaseFilter): Promise<ListedCase[]> {
  const found: ListedCase[] = [];
  for (let after: string | undefined; ; ) {
    const { rows, next } = await entente.cases(
      { ...filter, coordinator: from, standing: 'open' },
      { after, limit: 500 },
    );
    found.push(...rows);
    if (found.length > mostAtOnce)
      throw new RefusedError(
        refuse(
          'TooLarge',
          `${from} coordinates more than ${mostAtOnce} such cases; narrow them with --kind or --country.`,
        ),
      );
    if (next === undefined) return found;
    after = next;
  }
}

/** @throws {@link RefusedError} if one of the cases would not be handed over; nothing has happened */
export async function refuseReassigning(
  entente: Entente,
  cases: readonly ListedCase[],
  asked: Reassignment,
): Promise<void> {
  if (asked.from === asked.to)
    throw new RefusedError(refuse('AlreadyDone', `--to: ${asked.to} is whom they are taken from.`));
  for (const { id } of cases) {
    const found = await entente.wouldAccept(id, 'changeCoordinator', bodyOf(asked));
    if (isRefusal(found))
      throw new RefusedError({
        ...found,
        because: found.because.includes(id) ? found.because : `${id}: ${found.because}`,
      });
  }
}

/**
 * Hands the cases over, one after the other; the first of them tells both coordinators of all. If it is stopped halfway,
 * the same again does the rest, and tells of that.
 */
export async function reassign(entente: Entente, cases: readonly ListedCase[], asked: Reassignment): Promise<void> {
  for (const { case: id, name, body } of handedOver(cases, asked)) await entente.command(id, name, body);
}

/** What each of the cases is told. */
export function handedOver(cases: readonly ListedCase[], asked: Reassignment): readonly WouldGive[] {
  const together = cases.map(({ id }) => id);
  const [teller] = together;
  return together.map((id) => {
    const told = id === teller ? { together } : { toldBy: teller };
    return { case: id, name: 'changeCoordinator', body: { ...bodyOf(asked), ...told } };
  });
}

const bodyOf = ({ from, to, by, reason }: Reassignment) => ({
  by,
  from,
  coordinator: to,
  ...(reason ? { reason } : {}),
});
