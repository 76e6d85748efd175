import type { z } from 'zod';

/** One thing that is wrong with an input, and in which field. */
export interface InputFault {
  readonly path: readonly (string | number)[];
  readonly because: string;
}

/** Everything that is wrong with an input, in words for whoever typed it. */
export function faultsIn(schema: z.ZodType, input: unknown): readonly InputFault[] {
  const parsed = schema.safeParse(input, { error: inWords });
  return parsed.success ? [] : faultsOf(parsed.error, input);
}

/** The same of what was parsed in these words already. A field that is not there is missing, whatever it should look like. */
export const faultsOf = ({ issues }: z.ZodError, input: unknown): readonly InputFault[] =>
  issues.map(({ path, message }) => ({
    path: path.map((part) => (typeof part === 'number' ? part : String(part))),
    because: valueAt(input, path) === undefined && path.length > 0 ? 'is missing' : message,
  }));

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    input,
  );

/** All faults in one sentence, each with the field it is in. */
export const sentenceOfFaults = (
  faults: readonly InputFault[],
  nameOf: (path: InputFault['path']) => string = (path) => path.join('.'),
): string =>
  `${faults.map(({ path, because }) => (path.length > 0 ? `${nameOf(path)}: ${because}` : because)).join('; ')}.`;

/** Our words where a schema has none of its own. */
export const inWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${whatIs(issue.expected, fieldsOf(issue.inst))}`;
    case 'too_small':
      return issue.origin === 'array' ? `must name at least ${issue.minimum}` : `must be ${issue.minimum} or more`;
    case 'too_big':
      return issue.origin === 'array' ? `names more than ${issue.maximum}` : `must be ${issue.maximum} or less`;
    case 'unrecognized_keys':
      return `there is no field ${issue.keys.map((key) => `"${key}"`).join(', ')}; there are ${fieldsOf(issue.inst).join(', ')}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
    case 'invalid_union':
      return [...new Set(issue.errors.flat().map(({ message }) => message))]
        .join(', or ')
        .replaceAll('or must be', 'or');
    default:
      return undefined;
  }
};

const whatIs = (expected: string, fields: readonly string[]): string =>
  ({
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: `a record with the fields ${fields.join(', ')}`,
  })[expected] ?? expected;

const fieldsOf = (schema: unknown): readonly string[] =>
  Object.keys((schema as { readonly shape?: object } | undefined)?.shape ?? {});
