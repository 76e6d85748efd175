import { deadlinesBy } from '../deadlines.ts';
import { discussion } from './deadlines/discussion.ts';
import { signing } from './deadlines/signing.ts';
import { validity } from './deadlines/validity.ts';
import type { Mou, MouEvent } from './state.ts';

export const owed = deadlinesBy<Mou, MouEvent>({ ...discussion, ...signing, ...validity });
