/** Where a published fact must be found in the register once the stories have been played. */
export interface PublishedFact {
  readonly fact: string;
  readonly case: string;
  /** A fact of the case by its name; or its title, its countries, or what its events say. */
  readonly where: string;
  readonly is: RegExp;
}

type Row = readonly [fact: string, caseId: string, where: string, is: RegExp];

const listed = (rows: readonly Row[]): readonly PublishedFact[] =>
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
    'the visit: two member states of BSEC',
    request,
    'outcomes',
    /delegation to Greece and Romania, member states of the Organization of the Black Sea Economic Cooperation/,
  ],
  ['the visit: its dates', request, 'outcomes', /27 September to 2 October 2018/],
  ['the visit: its head', request, 'outcomes', /Shim Bo-kyun, Vice Minister of the Interior and Safety/],
  [
    'why: countries of the region had asked',
    request,
    'details',
    /Countries of the Black Sea region ask Korea for cooperation on e-government technology/,
  ],
  [
    'sent by MOFA and MOIS',
    romanianMou,
    'says',
    /sent by the Ministry of Foreign Affairs and the Ministry of the Interior and Safety/,
  ],
  [
    'to the Hellenic Republic and Romania',
    romanianMou,
    'says',
    /the Hellenic Republic and Romania, from 27 September to 2 October 2018/,
  ],
  [
    'eight agencies by name',
    romanianMou,
    'says',
    /\(MOFA\).*\(MOIS\).*\(NTS\).*\(PPS\).*\(KISA\).*\(NIA\).*\(KLID\).*WeGO, led by the Seoul Metropolitan City/,
  ],
  [
    'counterpart: the vice minister',
    romanianMou,
    'signatories',
    /vice minister of the Ministry of Communication and Information Society/,
  ],
  ['the MOU is on e-government cooperation', romanianMou, 'subject', /^"e-government cooperation"$/],
  ['it was concluded during the visit', romanianMou, 'signedOn', duringTheVisit],
  ['a workshop is an outcome of the request', request, 'outcomes', /workshop: Workshop on e-government cooperation/],
  [
    'it was held during the visit, on the subject of the MOU',
    romanianMou,
    'says',
    /workshop on the subject of the MOU.*was held in Romania during the visit/,
  ],
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
  [
    'aim: knowledge first',
    romanianMou,
    'says',
    /sharing knowledge first.*introduced abroad.*Korean enterprises openings/,
  ],
]);
