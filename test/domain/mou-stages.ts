import { mou } from '../../domain/mou.ts';
import { given, type Story } from './given.ts';

/** MOUs that have come so far, as the stories about what follows need them. */

export const sides = ['mois', 'mindigital'];
export const threeYearsTacit = { duration: 'P3Y', renewal: 'tacit', noticeModel: 'beforeTermEnds', notice: 'P6M' };

type Body = Readonly<Record<string, unknown>>;

export const proposed = (opening: Body = {}, at = '2017-05-02'): Story =>
  given(mou, { subject: 'e-government', sides, ...opening }, { at });

export const drafted = (opening: Body = {}): Story =>
  proposed({ ...threeYearsTacit, ...opening })
    .command('takeUp', { drafter: 'mois' })
    .command('sendDraft', { from: 'mois', replyBy: '2017-06-01' });

export const accepted = (opening: Body = {}): Story => drafted(opening).command('acceptDraft', { side: 'mindigital' });

export const reviewed = (opening: Body = {}): Story =>
  accepted(opening)
    .command('askOpinion', { from: 'mofa', kind: 'foreignMinistry' })
    .command('giveOpinion', { from: 'mofa', opinion: 'inFavour' });

export const agreed = (opening: Body = {}): Story => reviewed(opening).command('agreeText');

export const authorised = (opening: Body = {}): Story =>
  agreed(opening)
    .command('grantAuthority', { side: 'mois', grantedBy: 'the Minister' })
    .command('grantAuthority', { side: 'mindigital', grantedBy: 'the Minister' })
    .command('checkLanguages', { languages: ['ko', 'el', 'en'], prevailingLanguage: 'en' });

export const arranged = (opening: Body = {}): Story =>
  authorised(opening).command('arrangeSigning', {
    date: '2017-10-20',
    place: 'Athens, Maximos Mansion',
    signatories: ['mois: Kim Boo-kyum, Minister of the Interior and Safety'],
    inPresenceOf: ['The Prime Minister of Korea', 'The Prime Minister of Greece'],
  });

/** On 20 October 2017, a Friday. */
export const signed = (opening: Body = {}): Story =>
  arranged(opening)
    .passes('2017-10-20')
    .command('sign', { side: 'mois', signatory: 'Kim Boo-kyum', on: '2017-10-20' })
    .command('sign', { side: 'mindigital', signatory: 'Nikos Pappas', on: '2017-10-20' });

/** In effect since 20 October 2017: three years, tacitly renewed, notice six months before the term ends. */
export const inEffect = (opening: Body = {}): Story => signed(opening).command('post', { on: '2017-10-20' });
