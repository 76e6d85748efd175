import type { ActionEvent, FollowUpAction } from '../action/state.ts';
import { partyOfAgency } from '../fields.ts';
import type { Kind } from '../kinds.ts';
import type { Subject } from '../lifecycle.ts';
import { edition, programme, workshop } from './editions.ts';
import { appointment, committee, meeting, request } from './meetings.ts';
import { mou } from './mou.ts';
import type { Detail, Details } from './told.ts';
import { visit } from './visit.ts';

const ofOwner = (_: unknown, { owner }: FollowUpAction): Detail => ({ facts: { owner: partyOfAgency(owner) } });

const action: Details<FollowUpAction, ActionEvent> = {
  accepted: ofOwner,
  ownerRefused: ofOwner,
  extended: (_, { firstDue }) => ({ facts: { firstDue } }),
};

type AnyDetails = Readonly<
  Record<string, ((event: { readonly type: string }, subject: Subject) => Detail) | undefined>
>;

/** Of kinds whose events say more than their fields; each kind's own types are known to itself alone. */
const all: Readonly<Record<string, AnyDetails>> = {
  action,
  appointment,
  committee,
  edition,
  meeting,
  mou,
  programme,
  request,
  visit,
  workshop,
} satisfies Readonly<Partial<Record<Kind, unknown>>> as unknown as Readonly<Record<string, AnyDetails>>;

export const detailsOf = (kind: string): AnyDetails => all[kind] ?? {};
