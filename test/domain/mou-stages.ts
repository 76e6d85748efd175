import { aDocument } from './a-document.ts';
import { mou } from '../../domain/mou.ts';
import { given as givenCase, type Story } from './given.ts';

export const sides = ['mois', 'mindigital'];
export const threeYearsTacit = { duration: 'P3Y', renewal: 'tacit', noticeModel: 'beforeTermEnds', notice: 'P6M' };

type Body = Readonly<Record<string, unknown>>;

const proposed = (opening: Body = {}, at = '2017-05-02'): Story =>
  givenCase(mou, { subject: 'e-government', sides, ...opening }, { at });

const drafted = (opening: Body = {}): Story =>
  proposed({ ...threeYearsTacit, ...opening })
    .command('takeUp', { drafter: 'mois' })
    .command('sendDraft', { document: aDocument(), from: 'mois', replyBy: '2017-06-01' });

const accepted = (opening: Body = {}): Story => drafted(opening).command('acceptDraft', { side: 'mindigital' });

const reviewed = (opening: Body = {}): Story =>
  accepted(opening)
    .command('askOpinion', { from: 'mofa', kind: 'foreignMinistry' })
    .command('giveOpinion', { from: 'mofa', opinion: 'inFavour' });

const agreed = (opening: Body = {}): Story => reviewed(opening).command('agreeText');

const authorised = (opening: Body = {}): Story =>
  agreed(opening)
    .command('grantAuthority', { side: 'mois', grantedBy: 'the Minister' })
    .command('grantAuthority', { side: 'mindigital', grantedBy: 'the Minister' })
    .command('checkLanguages', { languages: ['ko', 'el', 'en'], prevailingLanguage: 'en' });

const arranged = (opening: Body = {}): Story =>
  authorised(opening).command('arrangeSigning', {
    date: '2017-10-20',
    place: 'Athens, Maximos Mansion',
    signatories: ['mois: Kim Boo-kyum, Minister of the Interior and Safety'],
    inPresenceOf: ['The Prime Minister of Korea', 'The Prime Minister of Greece'],
  });

/** On 20 October 2017, a Friday. */
const signed = (opening: Body = {}): Story =>
  arranged(opening)
    .passes('2017-10-20')
    .command('sign', { side: 'mois', signatory: 'Kim Boo-kyum', on: '2017-10-20' })
    .command('sign', { side: 'mindigital', signatory: 'Nikos Pappas', on: '2017-10-20' });

/** In effect since 20 October 2017: three years, tacitly renewed, notice six months before the term ends. */
const inEffect = (opening: Body = {}): Story => signed(opening).command('post', { on: '2017-10-20' });

const inEffectOn = (day: string, opening: Body = {}): Story => inEffect(opening).passes(day);

const awaitingNotifications = (): Story => signed({ effect: 'onNotifications' }).stands('signed');

export const notice = { side: 'mindigital', on: '2020-03-02', note: 'GR 12' };

const noticeGiven = (): Story => inEffectOn('2020-03-02').command('giveNotice', notice).passes('2020-06-01');

const lapsed = (): Story => inEffectOn('2020-10-26', { renewal: 'none' }).stands('lapsed');

/** From the stock of a ministry, opened in 2026: in effect since 15 June 2003. */
const imported = (said: Body = {}): Story =>
  proposed({ ...threeYearsTacit, inEffectSince: '2003-06-15', signedOn: '2003-05-20', ...said }, '2026-03-02');

/** MOUs that have come so far, as the stories about what follows need them. */
export const given = {
  proposed,
  drafted,
  accepted,
  reviewed,
  agreed,
  authorised,
  arranged,
  signed,
  awaitingNotifications,
  inEffect,
  inEffectOn,
  noticeGiven,
  lapsed,
  imported,
};
