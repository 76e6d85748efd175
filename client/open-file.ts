import type { FileFault } from '../database/directory.ts';
import { faultsIn } from '../domain/case/faults.ts';
import { openingSchema } from '../domain/case/opening.ts';
import { counted } from '../domain/derived.ts';
import { isKind, type Kind, kinds, lifecycles } from '../domain/kinds.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Entente, OpeningFields } from './client.ts';
import type { Foreseen } from './consequences.ts';
import { FileFaultsError, RefusedError } from './errors.ts';
import { readText } from './files.ts';
import { isRecord, readYaml } from './yaml.ts';

/** A case to be opened, and where in the file it stands. */
export interface FileOpening {
  readonly id: string;
  readonly kind: Kind;
  readonly opening: OpeningFields;
  readonly line: number;
  readonly lineOf: (field: string | number | undefined) => number;
}

export interface Opened {
  readonly case: string;
  readonly stage: string;
  readonly title: string;
}

/** @throws {@link FileFaultsError} with every fault in the file */
export async function readOpenings(file: string, as: string | undefined): Promise<readonly FileOpening[]> {
  const read = await readText(file);
  if ('fault' in read) throw new FileFaultsError('Nothing was opened', [read.fault]);
  const { documents, faults } = readYaml(file, read.text);
  const found = documents.flatMap(({ value, lineAt }) =>
    Array.isArray(value)
      ? value.map((item: unknown, index) => ({
          item,
          lineOf: (field?: string | number) => lineAt(field === undefined ? [index] : [index, field]),
        }))
      : [{ item: value, lineOf: (field?: string | number) => lineAt(field === undefined ? [] : [field]) }],
  );
  const parsed = found.map(({ item, lineOf }) => parseOpening(file, item, lineOf, as));
  const openings = parsed.flatMap(({ opening }) => opening ?? []);
  const all = [...faults, ...parsed.flatMap((each) => each.faults), ...namedTwice(file, openings)];
  if (all.length > 0) throw new FileFaultsError('Nothing was opened', all);
  return openings;
}

function parseOpening(
  file: string,
  item: unknown,
  lineOf: FileOpening['lineOf'],
  as: string | undefined,
): { opening?: FileOpening; faults: FileFault[] } {
  const line = lineOf(undefined);
  const alone = (because: string, field?: string) => ({ faults: [{ file, line: lineOf(field), because }] });
  if (!isRecord(item)) return alone('a case must have fields such as "kind: mou"');
  const { kind, ...own } = item;
  if (kind === undefined) return alone(`kind: is missing; it is one of ${kinds.join(', ')}`);
  if (typeof kind !== 'string' || !isKind(kind))
    return alone(`kind: there is no kind ${JSON.stringify(kind)}; there are ${kinds.join(', ')}`, 'kind');
  const fields = { ...(as ? { by: as } : {}), ...own };
  const faults = faultsIn(openingSchema(lifecycles[kind]), fields).map(({ path, because }) => ({
    file,
    line: lineOf(path[0]),
    because: path.length > 0 ? `${path.join('.')}: ${because}` : because,
  }));
  if (faults.length > 0) return { faults };
  const opening = fields as unknown as OpeningFields;
  return { opening: { id: `${kind}/${opening.id}`, kind, opening, line, lineOf }, faults };
}

/** Ids that stand in the file more than once. */
export function namedTwice(file: string, openings: readonly FileOpening[]): FileFault[] {
  const lines = new Map<string, number>();
  return openings.flatMap(({ id, line }) => {
    const first = lines.get(id);
    if (first === undefined) lines.set(id, line);
    return first === undefined ? [] : [{ file, line, because: `${id} stands on line ${first} already` }];
  });
}

/** What opening a case would lead to. */
export interface ForeseenOpening extends Foreseen {
  readonly case: string;
}

/**
 * Each as if those before it were open already: a file may open an MOU and then its committee.
 *
 * @param onTried is told how many have been tried
 * @returns what would follow from each that is not open already
 * @throws {@link FileFaultsError} with everything that would be refused
 */
export async function tryAll(
  entente: Entente,
  file: string,
  openings: readonly FileOpening[],
  onTried: (count: number) => void = () => undefined,
): Promise<readonly ForeseenOpening[]> {
  const foreseen: ForeseenOpening[] = [];
  const opened = new Set<string>();
  const faults: FileFault[] = [];
  for (const [index, { id, kind, opening, line, lineOf }] of openings.entries()) {
    onTried(index);
    const trial = await entente.wouldOpen(kind, opening, { opened });
    if (isRefusal(trial)) {
      const field = /^(\w+)[\w.[\]]*: /.exec(trial.because)?.[1];
      faults.push({ file, line: field ? lineOf(field) : line, because: `${id}: ${trial.because}` });
    } else if (trial.wouldRecord.length > 0) foreseen.push({ case: id, ...trial });
    opened.add(id);
  }
  if (faults.length > 0) throw new FileFaultsError('Nothing was opened', faults);
  return foreseen;
}

/** @param onOpened is told how many are open */
export async function openAll(
  entente: Entente,
  openings: readonly FileOpening[],
  onOpened: (count: number) => void = () => undefined,
  open: Pick<Entente, 'open'>['open'] = entente.open.bind(entente),
): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (const { id, kind, opening, line } of openings)
    try {
      const answer = await open(kind, opening);
      opened.push({ case: answer.case, stage: answer.stage, title: opening.title });
      onOpened(opened.length);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const because = `${id} (line ${line}): ${error.because} Of ${counted(openings.length, 'case')}, ${opened.length} ${opened.length === 1 ? 'is' : 'are'} open.`;
      throw new RefusedError({ refused: error.code, because });
    }
  return opened;
}
