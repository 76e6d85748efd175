import type { z } from 'zod';
import { faultsIn, type InputFault, sentenceOfFaults } from '../../domain/case/faults.ts';
import { type Reference, referencesIn } from '../../domain/references.ts';
import { refuse } from '../../domain/refusal.ts';
import { RefusedError } from '../errors.ts';
import { optionName } from './fields.ts';
import { withEntente } from './session.ts';

/**
 * Refuses what a command line gives for fields, in the words of the command line: all faults at once, and whoever or
 * whatever may have been meant, where a field refers to such things and the register can be asked.
 *
 * @throws {@link RefusedError}
 */
export async function refuseFaults(
  schema: z.ZodType,
  given: unknown,
  isOurs: (fault: InputFault) => boolean = () => true,
): Promise<void> {
  const faults = faultsIn(schema, given).filter(isOurs);
  if (faults.length === 0) return;
  const references = referencesIn(schema, given);
  const advised = await withSuggestions(
    faults.map((fault) => ({ fault, reference: references.find(({ path }) => path === pathOf(fault)) })),
  );
  throw new RefusedError(refuse('InvalidInput', sentenceOfFaults(advised, optionName)));
}

interface AtReference {
  readonly fault: InputFault;
  readonly reference: Reference | undefined;
}

async function withSuggestions(faults: readonly AtReference[]): Promise<readonly InputFault[]> {
  const plain = faults.map(({ fault }) => fault);
  if (!faults.some(({ reference }) => reference)) return plain;
  const advised = withEntente((entente) =>
    Promise.all(
      faults.map(async ({ fault, reference }) => {
        const suggestion = reference && (await entente.suggestion(reference.refersTo, reference.id));
        return suggestion ? { ...fault, because: `${fault.because} (${suggestion})` } : fault;
      }),
    ),
  );
  // The faults stand, whether or not the register can be asked.
  return advised.catch(() => plain);
}

/** `sides[0].agency`, as references are named. */
const pathOf = ({ path }: InputFault): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text ? `${text}.${part}` : part;
  }, '');

/** Fields within others, as the rules name them within a sentence: `right.title`. */
const withOptions = (because: string, fields: readonly string[]): string =>
  because.replaceAll(/`([a-zA-Z]+)\.([a-zA-Z]+)`/g, (named, field: string, part: string) =>
    fields.includes(field) ? optionName([field, part]) : named,
  );

/** What the rules refuse of a field, `noteNumber: …`, names the option by which it is given: `--note-number: …`. */
export async function inWordsOfOptions<T>(fields: readonly string[], act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const [named = '', name = '', within = ''] = /^([a-zA-Z]+)((?:\[\d+\]|\.[a-zA-Z]+)*):/.exec(error.because) ?? [];
    if (!fields.includes(name)) throw new RefusedError(refuse(error.code, withOptions(error.because, fields)));
    const path = [name, ...within.split(/[[\].]+/).filter(Boolean)].map((part) =>
      /^\d+$/.test(part) ? Number(part) : part,
    );
    throw new RefusedError(refuse(error.code, `${optionName(path)}:${error.because.slice(named.length)}`));
  }
}
