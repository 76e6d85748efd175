import type { EventRules } from '../lifecycle.ts';
import { actEvents } from './events/acts.ts';
import { delegationEvents } from './events/delegation.ts';
import { journeyEvents } from './events/journey.ts';
import { legEvents } from './events/legs.ts';
import { preparationEvents } from './events/preparation.ts';
import type { Visit, VisitEvent } from './state.ts';

export const events: EventRules<Visit, VisitEvent> = {
  ...delegationEvents,
  ...legEvents,
  ...actEvents,
  ...preparationEvents,
  ...journeyEvents,
};
