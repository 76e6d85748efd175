import fc from 'fast-check';
import { it } from 'vitest';

type Arbitraries<Values extends readonly unknown[]> = { [Index in keyof Values]: fc.Arbitrary<Values[Index]> };

const declare: (name: string, test: () => Promise<void>) => void = it;

/**
 * Properties as tests: `test.prop([…], parameters)(name, holds)`. `@fast-check/vitest` gives the same, and takes nearly
 * five seconds of CPU to be imported: it makes every order in which the options of a test can be chained.
 */
export const test = {
  prop:
    <Values extends [unknown, ...unknown[]]>(arbitraries: Arbitraries<Values>, parameters?: fc.Parameters<Values>) =>
    (name: string, holds: (...values: Values) => void | Promise<void>): void =>
      declare(name, () =>
        fc.assert(
          fc.asyncProperty<Values>(...arbitraries, async (...values: Values) => holds(...values)),
          parameters,
        ),
      ),
};
