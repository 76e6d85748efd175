import { nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = { handOver: { handOverCoordination: nothing } };
