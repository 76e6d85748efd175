import { actionMatrix } from './action-matrix.ts';
import type { DocumentKind } from './kind.ts';
import { minutes } from './minutes.ts';

/** Every kind of document, by the name that stands in commands, file names and names of templates. */
export const documentKinds: readonly DocumentKind[] = [minutes, actionMatrix];
