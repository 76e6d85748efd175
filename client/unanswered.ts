import { UnavailableError } from './errors.ts';
import type { Runs } from './health/runs.ts';

/** What was asked, as far as it has to be said again. */
export interface Asked {
  readonly caseId: string;
  /** Absent when nothing is to be carried out. */
  readonly commandId?: string;
}

/** Why the register does not answer; undefined when it does. */
export type RegisterTrouble = () => Promise<string | undefined>;

interface Around {
  readonly runs: Runs;
  readonly registerTrouble: RegisterTrouble;
  /** How long an answer was waited for. */
  readonly waitedMs: number;
}

/** Looks for what keeps a case from answering, from the outside in: workers, the register, its own failing task. */
export async function whyUnanswered(
  cause: unknown,
  asked: Asked,
  { runs, registerTrouble, waitedMs }: Around,
): Promise<UnavailableError> {
  const { caseId } = asked;
  const within = `within ${waitedMs / 1_000} seconds`;
  const unattended = await ifKnown(runs.unattended());
  if (unattended?.includes('cases')) {
    const noWorker = `No worker has answered ${within}; start one (\`npm start\`, or \`npm run worker\`).`;
    return unavailable('worker', noWorker, asked, cause);
  }
  const trouble = await registerTrouble();
  if (trouble) return unavailable('Postgres', `${caseId} has not answered ${within}. ${trouble}`, asked, cause);
  const because = await ifKnown(runs.whyFailing(caseId));
  if (because) return unavailable('case', `${caseId} cannot go on: ${because}`, asked, cause);
  const busy = `${caseId} has not answered ${within}: a worker was up a moment ago, but none got to it. If none runs any more, start one (\`npm start\`, or \`npm run worker\`).`;
  return unavailable('worker', busy, asked, cause);
}

/** Temporal lets ten updates wait for one case at a time. */
export const tooMuchAtOnce = (cause: unknown, asked: Asked): UnavailableError => {
  const busy = `${asked.caseId} is busy: more is asked of it at once than it can answer; wait a moment.`;
  return unavailable('case', busy, asked, cause);
};

function unavailable(
  what: UnavailableError['what'],
  sentence: string,
  { commandId }: Asked,
  cause: unknown,
): UnavailableError {
  const again = commandId
    ? ` What you asked for may still be carried out; asking again with --command-id ${commandId} is safe.`
    : '';
  return new UnavailableError(what, sentence + again, { cause, ...(commandId ? { commandId } : {}) });
}

/** Where Temporal cannot say either, the next reason is looked for. */
const ifKnown = <T>(asked: Promise<T>): Promise<T | undefined> => asked.catch(() => undefined);
