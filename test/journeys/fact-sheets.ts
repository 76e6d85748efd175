/** Where a published fact must be found in the register once the stories have been played. */
export interface PublishedFact {
  readonly fact: string;
  readonly case: string;
  /** A fact of the case by its name; or its title, its countries, its whole state, or what its events say. */
  readonly where: string;
  readonly is: RegExp;
}

type Row = readonly [fact: string, caseId: string, where: string, is: RegExp];

/** Rows as published facts. */
export const listed = (rows: readonly Row[]): readonly PublishedFact[] =>
  rows.map(([fact, caseId, where, is]) => ({ fact, case: caseId, where, is }));

const duringTheVisit = /2018-(09-(27|28|29|30)|10-0[12])/;
const mou = 'mou/kr-gr-2017';
const committee = 'committee/kr-gr';
const second = 'meeting/kr-gr-2';

export const greece = listed([
  ['the MOU is on the e-government system', mou, 'subject', /the e-government system/],
  ['it was concluded by Korea and Greece', mou, 'countries', /KR.*GR/],
  ['in October 2017', mou, 'signedOn', /2017-10-/],
  [
    'in the presence of both Prime Ministers',
    mou,
    'inPresenceOf',
    /Prime Minister of the Republic of Korea.*Prime Minister of the Hellenic Republic/,
  ],
  [
    'there is a committee on bilateral e-government cooperation',
    committee,
    'title',
    /bilateral e-government cooperation/,
  ],
  ['its first meeting was held before the visit', 'meeting/kr-gr-1', 'heldOn', /2018-0[1-8]-/],
  ['its second meeting', second, 'number', /^2$/],
  ['was held during the visit', second, 'heldOn', duringTheVisit],
  ['in Greece', second, 'place', /Athens/],
  ['with the head of the delegation', second, 'attended', /shim-bo-kyun/],
  [
    'in the presence of the Minister of Administrative Reconstruction',
    second,
    'inThePresenceOf',
    /Minister of Administrative Reconstruction/,
  ],
  [
    'and of the Minister of Digital Policy',
    second,
    'inThePresenceOf',
    /Minister of Digital Policy, Telecommunications and Information/,
  ],
  [
    'agenda: share and review the system and its plan',
    second,
    'items',
    /Share and review the e-government system of Greece and its plan/,
  ],
  [
    'agenda: discuss the follow-up measures',
    second,
    'items',
    /Discuss the follow-up measures for substantive cooperation/,
  ],
  ['topic: digitalising government documents', 'action/kr-gr-2-documents', 'topic', /Digitalise government documents/],
  [
    'topic: services that fit the public',
    'action/kr-gr-2-services',
    'topic',
    /services system that fits what the public needs.*Korean Government Services/,
  ],
  ['topic: the level of the system', 'action/kr-gr-2-level', 'topic', /Determine the level of the e-government system/],
  ['topic: services on new technology', 'action/kr-gr-2-technology', 'topic', /services model based on new technology/],
  ['four measures, all of the second meeting', second, 'actions', /^(?:[^"]*"action[^"]*"){4}[^"]*$/],
  [
    'the bailout ended in August 2018',
    committee,
    'says',
    /In August 2018 Greece officially declared the end of its financial bailout/,
  ],
  [
    'e-government answers the crisis',
    committee,
    'says',
    /efficient and transparent public sector, and for competitiveness/,
  ],
  [
    'documents are on paper and not standardised',
    second,
    'items',
    /largely on paper.*not standardised across agencies/,
  ],
  ['dates of the visit', committee, 'says', /27 September to 2 October 2018/],
  ['head of the delegation', committee, 'says', /headed by Vice Minister Shim Bo-kyun/],
  [
    'why the delegation came',
    committee,
    'says',
    /countries of the Black Sea region had asked Korea for cooperation on e-government technology/,
  ],
  ['eight agencies', committee, 'says', /MOFA, MOIS, NTS, PPS, KISA, NIA, KLID and WeGO/],
  [
    "Korea's indicators",
    committee,
    'says',
    /3rd in the UN E-Government Development Index 2018 and 1st in the UN E-Participation Index 2018/,
  ],
]);

const request = 'request/korea-romania-2018';
const romanianMou = 'mou/korea-romania-2018';

export const romania = listed([
  [
    'why: countries of the region had asked',
    request,
    'details',
    /Countries of the Black Sea region ask Korea for cooperation on e-government technology/,
  ],
  [
    'counterpart: the vice minister',
    romanianMou,
    'signatories',
    /vice minister of the Ministry of Communication and Information Society/,
  ],
  ['the MOU is on e-government cooperation', romanianMou, 'subject', /^"e-government cooperation"$/],
  ['it was concluded during the visit', romanianMou, 'signedOn', duringTheVisit],
  ['topic: an electronic document system', 'action/korea-romania-documents', 'topic', /electronic document system/],
  [
    'documents on paper, no common standard',
    romanianMou,
    'says',
    /largely on paper.*no common standard.*hardly share documents online/,
  ],
  ['topic: an integrated portal', 'action/korea-romania-portal', 'topic', /integrated government-wide services portal/],
  ['topic: smart-city cases', 'action/korea-romania-smart-city', 'topic', /outstanding smart-city cases/],
  ['which are the field of WeGO', 'action/korea-romania-smart-city', 'owner', /agency\/wego/],
  ['topic: hometax', 'action/korea-romania-hometax', 'topic', /national tax system, hometax/],
  ['which is the field of NTS', 'action/korea-romania-hometax', 'owner', /agency\/nts/],
  ['topic: Narajangteo', 'action/korea-romania-procurement', 'topic', /procurement system, Narajangteo/],
  ['which is the field of PPS', 'action/korea-romania-procurement', 'owner', /agency\/pps/],
  ['topic: a cyber-security workforce', 'action/korea-romania-training', 'topic', /cyber-security workforce/],
  ['which is the field of KISA', 'action/korea-romania-training', 'owner', /agency\/kisa/],
  ['UN EGDI 2018', romanianMou, 'says', /UN E-Government Development Index 2018: Korea 3rd, Romania 67th/],
  ['UN E-Participation Index 2018', romanianMou, 'says', /UN E-Participation Index 2018: Korea 1st/],
  ['network of 2017', romanianMou, 'says', /world's No\. 5 high-speed communications network in 2017/],
  ['IT experts', romanianMou, 'says', /of all EU member states the highest share of IT experts in the population/],
  [
    'national plan',
    romanianMou,
    'says',
    /"Digital Agenda 2020", about 250 million euros into e-government from 2014 to 2020/,
  ],
]);

const programme = 'programme/korea-bsec';
const seventh = 'edition/korea-bsec-7';
const activities = 'activities';

export const koreaBsec = listed([
  ['the series runs since 2011', programme, 'sinceYear', /^"2011"$/],
  ['yearly', programme, 'period', /^"P1Y"$/],
  ['the edition of 2017 is the seventh', seventh, 'number', /^7$/],
  ['of 2017', seventh, 'year', /^"2017"$/],
  ['paid for by the Government of Korea', seventh, 'funding', /the Government of the Republic of Korea/],
  ['organisers: MOFA, MOIS, KLID', seventh, 'organisers', /agency\/mofa.*agency\/mois.*agency\/klid/],
  ['in Seoul', seventh, 'cities', /^\["Seoul"\]$/],
  ['from 30 October', seventh, 'from', /2017-10-30/],
  ['to 3 November 2017', seventh, 'heldOn', /2017-11-03/],
  [
    'purpose: to share experience in developing ICT',
    seventh,
    'purpose',
    /developing ICT for communication and access to information, for high-quality services to citizens and the private sector/,
  ],
  [
    'purpose: and in developing e-government',
    seventh,
    'purpose',
    /developing e-government at national and local level/,
  ],
  [
    'for whom',
    seventh,
    'audience',
    /civil servants who develop ICT systems nationally or locally, in the ministries of BSEC member states/,
  ],
  [
    'experts came from nine member states',
    seventh,
    'participantsFrom',
    /^(?=.*AM)(?=.*AZ)(?=.*BG)(?=.*GR)(?=.*MD)(?=.*RO)(?=.*RS)(?=.*TR)(?=.*UA)\["\w\w"(,"\w\w"){8}\]$/,
  ],
  ['workshop with talks by the hosts', seventh, activities, /Talks by the hosts and presentations by the participants/],
  ['at the headquarters of KLID', seventh, 'state', /"form":"workshop"[^}]*"place":"the headquarters of KLID"/],
  ['talk on policy', seventh, 'says', /ICT Policy and Development in Korea: E-Government & Smart Nation Initiative/],
  ['talk on history', seventh, 'says', /E-Government of Korea: Development, History and Outcome/],
  ['talk on convenience', seventh, 'says', /ICT makes our E-Government convenient/],
  [
    'the participants presented their strategies',
    seventh,
    'says',
    /The participants presented the e-government strategies and policies of their countries/,
  ],
  [
    'conference',
    seventh,
    activities,
    /Global Forum on e-Government\. Present and Future\. The 50th anniversary of Korean e-Government/,
  ],
  ['organised by NIA', seventh, 'state', /"form":"conference"[^}]*"organiser":"nia"/],
  ['two panels', seventh, 'state', /"panels":\["Why do we need e-Government\?","Future of the e-Government"\]/],
  ['with whom', seventh, 'state', /"attendees":"scientists and high officials of Korea and other states"/],
  [
    'visit to the Ubiquitous Integrated Center',
    seventh,
    'state',
    /Ubiquitous Integrated Center"[^}]*"description":"Traffic management, safety and crime prevention, disaster prevention, mobile services for citizens/,
  ],
  [
    'visit to the National Computing and Information Service',
    seventh,
    'state',
    /National Computing and Information Service"[^}]*"description":"The integrated data centre, which holds about 1,500 e-government systems of about 40 central agencies/,
  ],
  [
    'visit to the Information Network Village',
    seventh,
    'state',
    /Information Network Village"[^}]*"description":"Access to information in disadvantaged rural areas/,
  ],
  ['wrap-up meeting on 3 November', seventh, activities, /Wrap-up meeting \(2017-11-03\)/],
  [
    'chaired by Dr. Kang',
    seventh,
    'state',
    /"chair":"Dr\. Sang-Baek Chris Kang, Director of the Department of Global Cooperation of KLID"/,
  ],
  [
    'the participants rated the programme highly',
    seventh,
    'outcomes',
    /rated the programme highly and thanked MOFA and KLID/,
  ],
  ['Korea is willing to go on', seventh, 'nextHow', /Korea is willing to go on/],
  ['in two or three member states in 2018', seventh, 'nextHow', /programme of 2018 .* in two or three member states/],
  ['which the next edition took along', 'edition/korea-bsec-8', 'intendedHow', /in two or three member states/],
]);
