import type { z } from 'zod';
import type { CommandDefinition, Subject } from '../lifecycle.ts';
import type { CaseState, LifecycleEvent } from './state.ts';

/** A command that cases of every kind take: it sees the whole case, not only what its lifecycle knows. */
export const seeingTheCase = <I extends z.ZodObject>(definition: CommandDefinition<CaseState, LifecycleEvent, I>) =>
  definition as unknown as CommandDefinition<Subject, LifecycleEvent>;
