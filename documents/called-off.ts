import type { CaseState } from '../domain/case/state.ts';
import { type CivilDate, dayOf } from '../domain/dates.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { day, group, words } from './fields.ts';
import type { Register } from './register.ts';

/** That a case was cancelled, for papers that are made of it all the same: they record what was. */
export const calledOffShape = group('that it was called off, where it was', {
  on: day('day on which it was called off'),
  reason: words('why it was called off'),
});

export interface CalledOff {
  readonly on: CivilDate;
  readonly reason: string | undefined;
}

export async function calledOffIn(register: Register, state: CaseState): Promise<CalledOff | undefined> {
  if (!state.cancelled) return undefined;
  const { at, reason } = (await register.cancellationOf(state.id)) ?? { at: state.lastAt, reason: null };
  return { on: dayOf(at), reason: reason ?? undefined };
}

/** What says that something will take place is not made once it was called off: readers would go by it. */
export async function refuseCalledOff(
  register: Register,
  state: CaseState,
  paper: string,
): Promise<Refusal | undefined> {
  const calledOff = await calledOffIn(register, state);
  if (!calledOff) return undefined;
  const { on, reason } = calledOff;
  return refuse(
    'NotReady',
    `${state.id} was called off on ${on}; no ${paper} can be made of it.${reason ? ` Reason: ${reason}` : ''}`,
  );
}
