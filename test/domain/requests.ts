import { request } from '../../domain/request.ts';
import { given } from './given.ts';

const opening = {
  id: 'kr-ro-2018',
  title: 'Request of Romania for e-government cooperation',
  countries: ['KR', 'RO'],
  subject: 'e-government cooperation',
  how: 'noteVerbale',
  noteNumber: 'F.4711/18',
  dated: '2018-09-03',
  receivedOn: '2018-09-05',
  requester: 'agency/infosoc',
  requestingCountry: 'RO',
};

/** The same request at each of its first stages, on 6 September 2018. */
export const received = (part = {}) => given(request, { ...opening, ...part }, { at: '2018-09-06' });
export const acknowledged = (part = {}) => received(part).command('acknowledge');
export const assigned = () => acknowledged().command('confirmComplete').command('assign', { lead: 'mois' });
export const consulting = () => assigned().command('consult', { agency: 'mofa' }).command('consult', { agency: 'nia' });
