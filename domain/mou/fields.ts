import { z } from 'zod';
import { plus } from '../dates.ts';
import { period, pastDate } from '../fields.ts';
import { noticeModels, renewals } from './terms.ts';

const isPeriod = (value: string): boolean =>
  period.safeParse(value).success && plus('2001-01-01', value) > '2001-01-01';

/** A period of at least a day. */
export const span = z.string().refine(isPeriod, 'must be a period of at least a day, such as P30D, P6M or P3Y');
const duration = z
  .string()
  .refine(
    (value) => value === 'indefinite' || isPeriod(value),
    'must be a period of at least a day, such as P3Y, or "indefinite"',
  );

/** What a text says of its validity; each field may become known at another time. */
export const validityFields = {
  duration: duration.optional().describe('how long it is valid from its effect: a period such as P3Y, or "indefinite"'),
  renewal: z
    .enum(renewals)
    .optional()
    .describe(
      'whether it is renewed: not at all (unless said otherwise), expressly, or tacitly unless notice is given',
    ),
  renewalFor: span.optional().describe('the length of a renewed term, where it differs from the first'),
  noticeModel: z
    .enum(noticeModels)
    .optional()
    .describe('anyTime: it ends so long after a notice (unless said otherwise); beforeTermEnds: notice so long before'),
  notice: span.optional().describe('the period of notice, such as P6M'),
};

export const day = (what: string) => pastDate.optional().describe(`${what}; today unless said otherwise`);
